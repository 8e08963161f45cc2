import type { CaseFile, Note } from '#people'
import type { SafetyPlan } from '#plans'
import type { Words } from '#platform/i18n'
import {
  heldItems,
  type ItemKindId,
  judge,
  recordOf,
  type RecordId,
  type RoleId,
  roleOf,
  type RulesInForce,
  type Verdict,
} from '#releases'

/** One thing a case holds that a judge can name: what it is, what it says, what kind of record it is here. */
export interface CaseItem {
  readonly key: string
  readonly title: string
  readonly text: string
  readonly record: RecordId
}

/** Everything a case holds, thing by thing: there is no item that means the whole file. */
export function caseItems(
  t: Words,
  file: CaseFile,
  notes: readonly Note[],
  sector: string,
  safetyPlan: SafetyPlan | null = null,
): readonly CaseItem[] {
  const role = roleOf(sector)
  const held = heldItems(t, file, new Set(), safetyPlan).map((item) => ({
    key: item.key,
    title: item.title,
    text: item.text,
    record: recordOf(item.kind, role),
  }))
  const written = notes.map((note) => ({
    key: `note~${note.id}`,
    title: t('grounds.item.note', { date: t.dateTime(note.writtenAt) }),
    text: note.words,
    record: recordOf(kindOfNote[note.noteClass ?? 'ordinary'], role),
  }))
  return [...held, ...written]
}

/** The kind of record that each class of note is, as releases know it. */
const kindOfNote = {
  ordinary: 'worker-letter',
  'advocate-privilege': 'worker-letter',
  'third-party': 'worker-letter',
  'therapy-notes': 'therapy-notes',
  'counselling-notes': 'counselling-notes',
} as const satisfies Readonly<Record<NonNullable<Note['noteClass']>, ItemKindId>>

/** Whether the rule table lets one item go by a judge's order as things stand, and by which rules. */
export function verdictByOrder(
  rules: RulesInForce,
  about: { readonly sector: string; readonly to: RoleId; readonly facts: readonly string[] },
  record: RecordId,
): Verdict {
  return judge(rules, { from: roleOf(about.sector), to: about.to, record, basis: 'ORD', facts: about.facts })
}

const usual: Readonly<Partial<Record<RoleId, RecordId>>> = { DVA: 'R5', MHC: 'R6', SUD: 'R8' }

/** The rule that answers a lawyer's paper by itself, for the records this agency mostly keeps. */
export function ruleOfPaper(rules: RulesInForce, sector: string): Verdict {
  const from = roleOf(sector)
  return judge(rules, { from, to: 'LEG', record: usual[from] ?? 'R1', basis: 'SUBP', facts: [] })
}
