export { type Card, CardBody, type CardRole, cardRoles, type RoleSource, roleSources } from './card.ts'
export { removeCard, saveCard } from './card.actions.ts'
export { causingHarm, subjectOf, survivorOf } from './card.rules.ts'
export { saveDanger } from './careful.actions.ts'
export type { CaseFile, CaseLine } from './case.ts'
export { assignCase, endCase, setDue, startCase } from './case.actions.ts'
export { type CaseCells, type Closed, closeForTeam, declareConflict } from './close.actions.ts'
export type { Colleague } from './colleague.ts'
export { colleaguesOf, excludedFrom } from './colleague.store.ts'
export { Danger } from './danger.ts'
export { eraseCase } from './erase.actions.ts'
export { type NameFound, type NamesFound, searchNames } from './name-search.actions.ts'
export type { Block, Menu, MenuAsked, MenuEntry, MenuReason } from './menu.ts'
export { menuFor } from './menu.actions.ts'
export { Need, Needs } from './need.ts'
export type { Note } from './note.ts'
export { addNote, notesOf } from './note.actions.ts'
export { type CasesAsked, casesOf, openFile, openForWork, readFile } from './open.actions.ts'
export { cardPath, casePath, paths, referPath } from './paths.ts'
export { isFresh, mayContact, nextSafeTime } from './safe-contact.rules.ts'
export {
  type ContactAct,
  type ContactAnswer,
  type ContactHow,
  type ContactWay,
  SafeContact,
} from './safe-contact.ts'
export type { ChangedMeanwhile, NoCase, Saved } from './sheet.ts'
export { saveContact, saveNeeds, saveSituation, saveWishes, type SheetAt } from './sheet.actions.ts'
export { Answer, Answers } from './situation.ts'
export { Wish, Wishes } from './wish.ts'
