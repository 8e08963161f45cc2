export { applyChange, type Change, type Changed, type Remedy } from './change.ts'
export { planRemedies, rankRemedies, type Ranked } from './remedies.ts'
