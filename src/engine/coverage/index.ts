export { circularWaits, type CircularWait } from './circular.ts'
export { conditionsOf, solve, takesNow, type Conditions, type Cover } from './cover.ts'
