export { cast, type CastAgency, type CastPerson } from './cast.ts'
