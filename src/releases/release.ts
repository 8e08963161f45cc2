import { z } from 'zod'
import kindsData from './item-kinds.json' with { type: 'json' }
import { comesBackIds, packIds, recordIds, roleIds, sectorIds } from './sharing.ts'
import type { RecordId, RoleId } from './sharing.ts'

/** Every kind of thing that a release can name; there is no kind that means everything. */
export const itemKindIds = [
  'name-to-use',
  'safe-contact',
  'what-they-want',
  'matching-detail',
  'access-needs',
  'own-words',
  'short-summary',
  'people-not-safe',
  'children-names-and-ages',
  'attendance',
  'helper-pointer',
  'abuse-pattern',
  'safety-plan-part',
  'protection-order',
  'worker-letter',
  'clinical-summary',
  'abuse-detail-in-record',
  'diagnosis',
  'substance-use',
  'child-health',
  'education-record',
  'area',
  'therapy-notes',
  'counselling-notes',
] as const
export type ItemKindId = (typeof itemKindIds)[number]

/** The form that was signed: some records need a form of their own. */
export const formIds = [
  'general',
  'care',
  'therapy-notes',
  'counselling-notes',
  'proceedings',
  'after-death',
] as const
export type FormId = (typeof formIds)[number]

const itemKind = z.strictObject({
  id: z.enum(itemKindIds),
  /** chosen: preselected in "enough to say hello"; offered: shown unticked; on-request: shown when asked for. */
  start: z.enum(['chosen', 'offered', 'on-request']),
  record: z.enum(recordIds),
  recordAt: z.partialRecord(z.enum(roleIds), z.enum(recordIds)).default({}),
  facts: z.array(z.string()).default([]),
  needsReason: z.boolean().default(false),
  /** A court may order it and both sides may read it: said beside the item before it is ticked. */
  inCourt: z.boolean().default(false),
  many: z.boolean().default(false),
  form: z.enum(formIds).optional(),
})

/** What one kind of item is: its kind of record by who holds it, and how it is offered. */
export type ItemKind = Readonly<z.infer<typeof itemKind>>

/** Every item kind by its id. */
export const itemKinds: ReadonlyMap<ItemKindId, ItemKind> = new Map(
  z
    .array(itemKind)
    .parse(kindsData)
    .map((kind) => [kind.id, kind]),
)

/** The definition of one kind; throws where the data file lacks it. */
export function itemKindOf(id: ItemKindId): ItemKind {
  const kind = itemKinds.get(id)
  if (!kind) throw new Error(`No item kind ${id}`)
  return kind
}

/** Which kind of record an item is in the hands of this role: the same words are R8 at a substance use service. */
export function recordOf(id: ItemKindId, holder: RoleId): RecordId {
  const kind = itemKindOf(id)
  return kind.recordAt[holder] ?? kind.record
}

const line = z.string().trim().max(200)
const text = z.string().trim().max(4000)
const moment = z.iso.datetime({ offset: true })

const agencySide = z.strictObject({
  partyId: z.uuid(),
  agency: line,
  /** Inside a large body the unit counts: another unit is another recipient. */
  unit: line.nullable(),
  sector: z.enum(sectorIds),
})

/** One named thing: `ref` picks the need, detail or part inside the case; `title` is what the person read. */
export const ReleaseItem = z.strictObject({
  kind: z.enum(itemKindIds),
  ref: z
    .string()
    .max(100)
    .regex(/^[\w:.-]+$/)
    .nullable(),
  title: line,
  reason: text.nullable(),
})
export type ReleaseItem = Readonly<z.infer<typeof ReleaseItem>>

const signature = z.strictObject({
  as: z.enum(['self', 'minor', 'guardian', 'representative']),
  /** The person in the case who signs; `subject` for the person the release is about. */
  personRef: z.string().min(1).max(100),
  typedName: line,
  at: moment,
  /** What lets a guardian or representative sign. */
  authority: line.nullable(),
})

/** How the worker knows who is signing. */
export const identities = ['known-to-us', 'code-word', 'document', 'other'] as const

/**
 * One person's permission: one discloser, one recipient, listed items, a purpose, an end. A draft may have
 * empty texts and no signature; `releaseProblems` says what it still lacks.
 */
export const Release = z.strictObject({
  pack: z.enum(packIds),
  state: line.nullable(),
  /** Version of the rule table by which it was made. */
  rulesVersion: line,
  subject: z.strictObject({
    caseId: z.uuid(),
    nameToUse: line,
    kind: z.enum(['adult', 'child']),
    /** A child too young to understand and sign. */
    tooYoung: z.boolean(),
    /** The law of the place lets this young person agree alone. */
    agreesAlone: z.boolean(),
  }),
  discloser: agencySide,
  recipient: agencySide.extend({ person: line.nullable() }),
  form: z.enum(formIds),
  work: z.enum(['hand-over', 'joint-work', 'emergency-contact']),
  items: z.array(ReleaseItem).max(100),
  excluded: z.array(z.enum(itemKindIds)).max(itemKindIds.length),
  /** In the person's words. */
  purpose: text,
  how: z.enum(['through-anydoor', 'in-person', 'by-telephone']),
  talked: z.strictObject({ risksAndBenefits: z.boolean(), otherWays: z.boolean(), note: text }),
  startsAt: moment,
  endsAt: moment,
  times: z.enum(['one-time', 'repeat']),
  shown: z.strictObject({
    notACondition: z.boolean(),
    mayWithdraw: z.boolean(),
    redisclosure: z.boolean(),
    dutyToReport: z.boolean(),
    notAWaiver: z.boolean(),
    refusalConsequences: z.boolean(),
  }),
  signatures: z.array(signature).max(4),
  /** Who was in the room, by role or name. */
  present: z.array(line).max(10),
  identity: z.enum(identities),
  /** The worker who says that no signer is the person causing harm. */
  signerSafe: z.strictObject({ attestedBy: line }).nullable(),
  interpreter: z.strictObject({ name: line, familyOrFriend: z.boolean() }).nullable(),
  language: z.string().min(2).max(35),
  reading: z.enum(['read-themself', 'read-aloud', 'read-with-support']),
  copy: z.enum(['given', 'kept-here', 'no-copy-for-safety']).nullable(),
  worker: z.strictObject({ userId: z.uuid(), name: line }),
  witness: line.nullable(),
  mayComeBack: z.enum(comesBackIds),
  /** Warnings shown and steps taken that a rule asks for, each with who says so. */
  steps: z.array(z.strictObject({ step: z.string().regex(/^[a-z0-9-]+$/), by: line })).max(100),
  attachments: z.array(z.enum(['part2-notice', 'consent-copy'])).max(2),
})
export type Release = Readonly<z.infer<typeof Release>>

/** The times by which a release lives; they lie in clear columns beside the sealed release. */
export interface ReleaseMarks {
  readonly startsAt: Date
  readonly endsAt: Date
  /** When it was signed or last confirmed after danger changed. */
  readonly confirmedAt: Date
  readonly withdrawnAt: Date | null
  /** The latest time at which anybody judged or touched it; a clock set back cannot go before it. */
  readonly lastSeenAt: Date | null
}

/** Where a release stands; for a recipient the last three look the same. */
export type ReleaseState = 'active' | 'not-yet' | 'withdrawn' | 'expired' | 'suspended'

/** One thing that keeps a release from being saved: the field, the rule, the key of its sentence. */
export interface ReleaseProblem {
  readonly field: string
  readonly rule: string
  readonly key: string
  readonly values?: Readonly<Record<string, string | number>>
}
