export { type Advice, adviceFor, type Hint, hintsIn, tableFor, usualSeverity } from './hint.rules.ts'
export { ownRows } from './own-row.rules.ts'
export { placesFirst } from './paths.ts'
export { type Country, parts, type Part, patternsOf, type Row, rows, saidOf } from './table.ts'
