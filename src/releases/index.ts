export { type DraftGiven, draftRelease, unfinished } from './release-draft.rules.ts'
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
export { basisOf, durationOfRelease, releaseProblems, type SigningContext } from './release.rules.ts'
export {
  type FormId,
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
export { judge, type RulesInForce, rulesInForce, ruleTables } from './rule-packs.ts'
export { RuleRow, RuleTable } from './rule-table.ts'
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
  type RoleId,
  roleOf,
  type RuleId,
  type Verdict,
} from './sharing.ts'
