export { cast, type CastAgency, type CastPerson } from './cast.ts'
export { demoLeftHalfMade, type DemoStanding, standDemo, standings } from './stand.actions.ts'
