export { checkStoredLedger } from './check.ts'
export { headText, parseHeadText, type SignedHead } from './head.ts'
export {
  type LedgerCase,
  type LedgerKind,
  ledgerKinds,
  type LedgerLine,
  type LedgerWriter,
  lineFor,
  record,
  recordToBox,
} from './record.ts'
export { type LedgerReader, type LinesAsked, readLines, type ReadLine } from './read.ts'
export { resealLines } from './reseal.ts'
export { newestHead, sealLedger } from './sealer.ts'
export { type LedgerReport } from './verify.ts'
export { witnessHead } from './witness.ts'
