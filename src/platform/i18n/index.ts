export type { Pack } from '#platform/config'

export { type DateWords, dateWords, type When } from './dates.ts'
export {
  aboutTerm,
  meaningOf,
  type Reading,
  readingName,
  readingOf,
  readings,
  readingsFor,
  recordLine,
  type Term,
  termName,
  terms,
  wordFor,
} from './terms.ts'
export {
  type Catalogue,
  createWords,
  type Reader,
  type RoomWords,
  type WordOptions,
  type Words,
  type WordsFor,
  type WordVars,
} from './words.ts'
