export { isLoopbackAddress, isOpenAddress } from './reach.rules.ts'
export { ClosedAddress, type Reach, requestOnce } from './request.ts'
