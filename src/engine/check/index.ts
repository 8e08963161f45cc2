export { STEPS, load, reportOf, type CheckOptions } from './check.ts'
export { figuresOf, type Figures } from './figures.ts'
export type { DeadEndReport, DoorReport, GapReport, NeedReport, RemedyReport, Report } from './report.ts'
export { changeInWords, facetName, regionWords, reportInWords, serviceName } from './words.ts'
