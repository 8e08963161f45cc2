export { load, reportOf, type CheckOptions, type Loaded } from './check.ts'
export type { DeadEndReport, DoorReport, GapReport, NeedReport, RemedyReport, Report } from './report.ts'
