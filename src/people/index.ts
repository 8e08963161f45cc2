export { AccessNeeds } from './access-needs.ts'
export { accessSentences } from './access-needs.view.ts'
export { urgencySentence } from './urgency.view.ts'
export { type Card, CardBody, type CardRole, cardRoles, type RoleSource, roleSources } from './card.ts'
export { removeCard, saveCard } from './card.actions.ts'
export { folded } from './name-search.rules.ts'
export { causingHarm, namesOn, subjectOf, survivorOf } from './card.rules.ts'
export { type OnNamed, saveDanger } from './careful.actions.ts'
export type { CaseFile, CaseLine } from './case.ts'
export type { CaseSection } from './case.page.tsx'
export { type CaseLoad, caseLoads, touchCase } from './case.store.ts'
export { assignCase, endCase, setDue, startCase } from './case.actions.ts'
export { bringCells, type CaseCells, everyCell } from './case-cells.ts'
export { type Closed, closeForTeam, declareConflict } from './close.actions.ts'
export { tryConflicts } from './conflict.actions.ts'
export { saveKnown } from './known.actions.ts'
export { namesTyped, whoAnswers } from './known.rules.ts'
export { calledSo, whoKnows } from './must-not-see.ts'
export { closedTeam } from './close.rules.ts'
export type { Colleague } from './colleague.ts'
export {
  caseworkersOf,
  colleaguesOf,
  excludedFrom,
  holdersOf,
  isCaseworker,
  rolesOf,
} from './colleague.store.ts'
export { chosenWorker } from './chosen.rules.ts'
export { saveChosen } from './chosen.actions.ts'
export { chosenSentences, ThroughNote, throughSentence } from './chosen.view.tsx'
export { Danger } from './danger.ts'
export { type BeforeErasing, eraseCase, proveErased, takeBackCase } from './erase.actions.ts'
export { type ErasureReason, erasureReasons } from './erasure.ts'
export { eraseSheet } from './erase-part.actions.ts'
export { eraseRows, partOfPage } from './erasure.store.ts'
export { countUnmet } from './unmet.actions.ts'
export { casesOnHold, onHold } from './legal-hold.store.ts'
export { Helper, helperSources } from './who-helps.ts'
export { placeHold, liftHold } from './legal-hold.actions.ts'
export type { LoosePaper, LoosePapers } from './loose-papers.ts'
export { SaveButtons } from './save.view.tsx'
export { fileOf } from './task.ts'

export {
  type NameFound,
  type NamesFound,
  namesHere,
  personNamed,
  searchNames,
} from './name-search.actions.ts'
export type { Block, Menu, MenuAsked, MenuEntry, MenuReason } from './menu.ts'
export { safeWays } from './contact-apart.rules.ts'
export { menuFor } from './menu.actions.ts'
export { bringsTogether, mustStayApart } from './menu.rules.ts'
export { MenuPart, type MenuReader } from './menu.view.tsx'
export { Need, Needs } from './need.ts'
export { progressStates } from './need-progress.ts'
export type { Note } from './note.ts'
export { noteClassOf, staysOutOfFile } from './note-class.rules.ts'
export { addNote, notesOf } from './note.actions.ts'
export {
  type CasesAsked,
  casesOf,
  type Glimpse,
  glimpsesOf,
  namesToUse,
  openFile,
  openForWork,
  type OpenedCase,
  readFile,
} from './open.actions.ts'
export type { CaseLock, CaseLocked } from './print.page.tsx'
export { cardPath, casePath, erasurePath, ofPath, paths, referPath } from './paths.ts'
export { OwnWords, toldHows } from './own-words.ts'
export {
  type CounterReview,
  type Relationship,
  type RelationshipRole,
  relationshipRoles,
  type Relationships,
  type ReviewOutcome,
  reviewOutcomes,
} from './relationship.ts'
export {
  isFresh,
  mayContact,
  meetingTime,
  type MeetingTime,
  nextSafeTime,
  paperAnswer,
} from './safe-contact.rules.ts'
export { actOf, gateNow } from './contact-now.actions.ts'
export { mustGoThrough } from './chosen.rules.ts'
export {
  channelIds,
  type ContactAct,
  type ContactAnswer,
  type ContactHow,
  type ContactWay,
  SafeContact,
} from './safe-contact.ts'
export type { ChangedMeanwhile, NoCase, Saved } from './sheet.ts'
export { countRepeats } from './repeat.store.ts'
export type { Told, ToldFrom, ToldSource } from './told.ts'
export { type UrgencyId, urgencyIds } from './urgency.ts'
export { setUrgency, writeFirstContact } from './urgency.actions.ts'
export {
  everySheet,
  readSheet,
  saveAccessNeeds,
  saveContact,
  saveNeeds,
  saveSheet,
  saveSituation,
  saveStory,
  saveWishes,
  type SheetAt,
} from './sheet.actions.ts'
export { answerText, facetLabel, facetQuestion, valueText } from './answer.view.ts'
export { emptyStory, type Story } from './story.ts'
export {
  abuseLines,
  coercionLines,
  entryText,
  progressText,
  strengthLines,
  threadsOf,
  threadText,
} from './story.view.ts'
export { mayStandInChildFile } from './pattern.rules.ts'
export { FacetFields } from './facet.view.tsx'
export { answerFrom, type FacetTyped, nextToAsk } from './situation.rules.ts'
export { Answer, Answers } from './situation.ts'
export { cardLine, needText, summaryRows } from './summary.view.tsx'
export { contactSentences, waySentences } from './contact.view.tsx'
export { Wish, Wishes } from './wish.ts'
export { languageName, wishText } from './wish.view.ts'
export { Support, supportKinds, Supports } from './support.ts'
export { Together, workKinds, WorkStep, workStates } from './together.ts'
export type { WorkLink, WorkSection } from './work.page.tsx'
export type { TodayAsked, TodayItem, TodayPart, TodaySource } from './today.ts'
export { nameOf, Refused, savedText, type Screen, TaskFrame, WorkFrame } from './frame.view.tsx'
