export {
  checkInvariant,
  combinationsWith,
  decide,
  idleRows,
  loadTable,
  type Invariant,
  type LoadedTable,
  type RuleTable,
  type TableRow,
  type Verdict,
} from './table.ts'
