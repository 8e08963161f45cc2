import { z } from 'zod'
import { itemKindIds } from './release.ts'
import { sectorIds } from './sharing.ts'

const line = z.string().trim().max(200)
const text = z.string().trim().max(4000)
const moment = z.iso.datetime({ offset: true })

/** Who else could be harmed. */
export const atRiskIds = ['child', 'other-adult', 'staff', 'public', 'nobody-else'] as const

/**
 * What a worker records before something is shared without agreement (uk-domain 1.5). Three things that sound alike stay apart:
 * whether the person wants a service (`service`), whether they agree that this is shared (`agreement`, the duty of confidence),
 * and consent under data protection law, which is never what this rests on and so has no field.
 */
export const DecisionRecord = z.strictObject({
  decision: z.enum(['share', 'not-share']),
  items: z
    .array(
      z.strictObject({
        kind: z.enum(itemKindIds),
        ref: z.string().max(100).nullable(),
        title: line,
        text,
        data: z.unknown().optional(),
      }),
    )
    .max(60),
  withheld: text,
  purpose: text,
  service: z.enum(['wants', 'does-not-want', 'not-asked']),
  agreement: z.enum(['agrees', 'refuses', 'not-asked']),
  agreementWhy: text,
  wishes: text,
  capacity: text,
  told: z.enum(['yes', 'not-yet']),
  toldWhy: text,
  riskOfSharing: text,
  riskOfNot: text,
  atRisk: z.array(z.enum(atRiskIds)).max(atRiskIds.length),
  childWishes: text,
  careNeeds: z.boolean(),
  power: line,
  powerWords: text,
  article6: line,
  statedNeed: text,
  /** Whether anything that goes is about health, sexuality, ethnicity or belief. */
  special: z.enum(['yes', 'no', '']),
  article9: line,
  /** Whether anything that goes is about offences, bail or allegations. */
  offenceData: z.enum(['yes', 'no', '']),
  offence: line,
  confidence: line,
  rights: text,
  proportionate: z.boolean(),
  /** Steps a rule asks for that the worker says were taken. */
  steps: z.array(z.string().regex(/^[a-z0-9-]+$/)).max(10),
  adviser: line,
  adviserRole: line,
  days: z.int().min(1).max(30),
})
export type DecisionRecord = Readonly<z.infer<typeof DecisionRecord>>

const someone = z.strictObject({ accountId: z.uuid(), name: line, at: moment })

/** The sealed body: the record, under which rules, who decided, who was second, and what happened then. */
export const KeptDecision = z.strictObject({
  law: line,
  rulesVersion: line,
  recipient: z.strictObject({ partyId: z.uuid(), agency: line, sector: z.enum(sectorIds) }),
  record: DecisionRecord,
  by: someone,
  secondWanted: z.boolean(),
  second: someone.extend({ agrees: z.boolean(), why: text }).nullable(),
  /** When the person was told, if it was later, and how. */
  toldLater: someone.extend({ how: text }).nullable(),
  sent: someone.extend({ envelopeId: z.uuid(), threadId: z.uuid() }).nullable(),
  ended: someone.extend({ why: text }).nullable(),
})
export type KeptDecision = Readonly<z.infer<typeof KeptDecision>>

export type DecisionState = 'waiting' | 'agreed' | 'sent' | 'kept' | 'ended'

/** A decision as its agency reads it. */
export interface StoredDecision {
  readonly id: string
  readonly caseId: string
  readonly recipientId: string
  readonly state: DecisionState
  readonly madeAt: Date
  readonly endsAt: Date
  readonly version: number
  readonly kept: KeptDecision
}

/** Why an act on a decision was refused. */
export interface DecisionRefusal {
  readonly refused: 'no-decision' | 'changed-meanwhile' | 'not-now' | 'same-person' | 'over'
}
