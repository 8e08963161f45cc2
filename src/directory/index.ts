export { addressCleaner, leftOut } from './confidential.rules.ts'
export { dayIn } from './day.rules.ts'
export {
  facetById,
  facets,
  facetWords,
  type FacetWords,
  needByCode,
  needs,
  type Need,
  type Pack,
} from './facet.ts'
export type { WhereAbouts } from './find.ts'
export { staleAfter } from './freshness.ts'
export { applyForbiddingRules } from './forbidden.actions.ts'
export { importTerms } from './term.actions.ts'
export { type ChangedField } from './change.ts'
export { FieldChanges } from './change.view.tsx'
export { type Difference, type Reading, type Weighed } from './staging.ts'
export { beginRun, bringBatch, endRun, openReading, weighBatch, withdraw } from './staging.actions.ts'
export { type JsonShape, jsonShapeOf, looksLikeRecord, recordsOf, recordsOfItem } from './hsds-file.rules.ts'
export { type UndoBy, undoneDetail, undoRun } from './import-run.actions.ts'
export { listRuns } from './import-run.store.ts'
export {
  type ImportRun,
  type Left,
  type LeftEntry,
  leftInAll,
  type UndoRefused,
  type Undone,
} from './import-run.ts'
export { importDirectory, type ImportOptions, importRecords, type ImportRefused } from './import.actions.ts'
export type {
  ImportReport,
  Outcome,
  Problem,
  RawRecord,
  ReadRecord,
  RecordReport,
  RecordSource,
} from './import.ts'
export { type Kept, type KeptJson, type KeptObject, type KeptPart, partKey } from './kept.ts'
export {
  type Capacity,
  type CapacityState,
  capacityStates,
  isListed,
  type Kind,
  kinds,
  type Phone,
  type Wishes,
} from './listing.ts'
export { servicesForMatching } from './matching.store.ts'
export type { NamedContact } from './offer.ts'
export { contactsFor, havingPartnerDetail } from './offer.store.ts'
export { linkParty, listOrganizations, type Organization, organizationOfParty } from './organization.store.ts'
export type { NeedMoved } from './look.ts'
export { needsMoved } from './moved.rules.ts'
export { importPathways } from './pathway.actions.ts'
export { paths as directoryPaths } from './paths.ts'
export { PlaceForm } from './place-edit.ts'
export { setPlace } from './place-edit.actions.ts'
export { isRegion } from './place-edit.rules.ts'
export { bringPostcodes } from './postcode-import.command.ts'
export { areaMiddles, cellsAround } from './place.rules.ts'
export { whereAbouts } from './place.store.ts'
export { accessFeatures, billed } from './practical.ts'
export { listServices, searchDirectory, serviceByCode, serviceById, servicesByIds } from './service.store.ts'
export type {
  ListFilter,
  Place,
  ServiceDetail,
  ServicePage,
  ServiceSummary,
  StoredThreshold,
} from './service.ts'
export { capacityText, codeText, oldText, serviceNeeds } from './service.view.ts'
export { suggest, suggestAsWorker } from './suggestion.actions.ts'
export type { SuggestionForm } from './suggestion.ts'
export { systemFile } from './system-file.ts'
export { ownTermLabel } from './term.ts'
export { ownTerms } from './term.ts'
export type { Threshold } from './threshold.ts'
export { conditionHolds, conditionInWords, constraintInWords, forbiddenSentence } from './threshold.rules.ts'
export { traitsOf } from './traits.rules.ts'
export { directoryWords } from './words.ts'
export { askOwners } from './upkeep.actions.ts'
export { ageBand, shownFrom, type UnmetNeed } from './unmet.ts'
export { countNeed, monthNow, unmetNeeds } from './unmet.store.ts'
