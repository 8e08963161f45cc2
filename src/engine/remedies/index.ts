export { applyChange, type Change, type Changed, type Remedy } from './change.ts'
export { loadSolved, whatIf, type Loaded } from './loaded.ts'
export { planRemedies, rankRemedies, type Ranked } from './remedies.ts'
