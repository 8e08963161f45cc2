export { refusedRules } from './alerts.page.tsx'
export {
  discloserText,
  FrameAgreed,
  InCourt,
  ItemsAgreed,
  recipientText,
  RecipientWarning,
  rightsSaid,
  warningSentences,
} from './agreed.view.tsx'
export { changeDraft, type DraftRefusal, dropDraft, startDraft } from './draft.actions.ts'
export {
  blankRelease,
  draftContext,
  type DraftContext,
  endFor,
  isAboutAChild,
  itemOf,
  itemVerdicts,
  listedVerdicts,
  namedProblem,
  problemsOf,
  withItems,
} from './draft.rules.ts'
export {
  type DecisionAt,
  decisionToSend,
  endDecision,
  makeDecision,
  markSent,
  secondDecision,
  tellPerson,
} from './decision.actions.ts'
export { mayDecide } from './decision.rules.ts'
export { decisionOf, decisionsOf } from './decision.store.ts'
export { DecisionRecord, type DecisionRefusal, type StoredDecision } from './decision.ts'
export { decisionsWaiting } from './decision-waiting.view.ts'
export { DecisionRead, decisionRows } from './decision.view.tsx'
export { DecisionTag, decisionTitle } from './decisions.page.tsx'
export { CaseFrame, errorsOf, type Screen, sentenceOf } from './frame.view.tsx'
export { type HeldItem, heldItems, nameToUse } from './held-items.view.ts'
export { helperItems, safeHelpers } from './who-helps.view.ts'
export {
  itemKey,
  itemWords,
  type KeptRelease,
  type SaidHow,
  saidHow,
  type StoredRelease,
} from './kept-release.ts'
export { excludedParties, flaggedByName, namedIn, type NamedPeople } from './named.rules.ts'
export { checkLawPack, type PackChecked } from './law-check.rules.ts'
export { type LawFieldId, lawFieldIds, lawFields, LawPack, type LawValue } from './law-pack.ts'
export {
  countryOf,
  fieldsFor,
  mayAgreeAlone,
  type PackFault,
  packFaults,
  type PackField,
  packField,
} from './law-pack.rules.ts'
export { privilegeText } from './law.view.tsx'
export { privilegeOf } from './privilege.rules.ts'
export { lawPackOf, lawPacks, loadLawPacks, packAt } from './law-packs.ts'
export { paths as releasePaths, releasePath } from './paths.ts'
export { releaseRecord } from './one.page.tsx'
export { databaseNow, leaveRelease, releaseOf, releasesOf } from './release.store.ts'
export { releaseSection, runningReleases } from './section.view.tsx'
export { type NotSigned, putInForce, recordRefusal, takeSignature } from './signing.actions.ts'
export { keepDeath, markWithdrawn, releaseCells, suspendAll } from './standing.actions.ts'
export { standingOf, stoppedByName, verdictsNow, waitsForDeath } from './standing.rules.ts'
export { scriptOf } from './script.view.ts'
export { spokenAllowed } from './spoken.rules.ts'
export { StandingTag, standingText } from './standing.view.tsx'
export { type DraftGiven, draftRelease, unfinished } from './release-draft.rules.ts'
export {
  asKind,
  inEmergency,
  kindOfRelease,
  kindsFor,
  type ReleaseKindId,
  releaseKindIds,
} from './release-kinds.rules.ts'
export { type RecipientWarnings, warningKeys, warningsAbout } from './recipients.ts'
export {
  enoughToSayHello,
  evaluateRelease,
  type HelloCase,
  isConfirmable,
  type ItemChoice,
  type ItemVerdict,
  type JudgingContext,
  usuallyExcluded,
  verdictProblems,
} from './release-items.rules.ts'
export {
  askAgainDays,
  type DangerChange,
  type Duration,
  latestTime,
  mayComeBack,
  releaseState,
  type SuggestedEnd,
  suggestEnd,
  usualComesBack,
} from './release-times.rules.ts'
export {
  basisOf,
  durationOfRelease,
  part2Notice,
  releaseProblems,
  type SigningContext,
} from './release.rules.ts'
export {
  type FormId,
  identities,
  type ItemKind,
  type ItemKindId,
  itemKindIds,
  itemKindOf,
  recordOf,
  Release,
  ReleaseItem,
  type ReleaseMarks,
  type ReleaseProblem,
  type ReleaseState,
} from './release.ts'
export { checkTable, type Combination, type TableChecked } from './rule-check.rules.ts'
export { judge, rulesFor, type RulesInForce, rulesInForce, ruleTables } from './rule-packs.ts'
export { RuleRow, RuleTable } from './rule-table.ts'
export { leaveVisit } from './visit.actions.ts'
export { evaluate, needKey, ruleKey } from './sharing.rules.ts'
export {
  type BasisId,
  type ComesBack,
  comesBackIds,
  type FactId,
  type Missing,
  type Outcome,
  type PackId,
  type Question,
  type RecordId,
  recordIds,
  type RoleId,
  roleIds,
  roleOf,
  type RuleId,
  type Verdict,
} from './sharing.ts'
