export { cast, type CastAgency, type CastPerson } from './cast.ts'
export { makeDemo } from './make.actions.ts'
export { demoLeftHalfMade, type DemoStanding, standDemo } from './stand.actions.ts'
