import { z } from 'zod'

import { Court } from './court.ts'
import { Danger } from './danger.ts'
import { Glass } from './glass.ts'
import { Injury } from './injury.ts'
import { Report } from './report.ts'

/** Everything that is kept of a ground, sealed under the case's key. */
export const GroundBody = z.discriminatedUnion('kind', [Court, Danger, Report, Injury, Glass])
export type GroundBody = Readonly<z.infer<typeof GroundBody>>
export type GroundKind = GroundBody['kind']

/** A ground as its agency reads it: the clear row, and what is sealed. */
export interface StoredGround {
  readonly id: string
  readonly caseId: string
  readonly madeBy: string
  readonly confirmedBy: string | null
  readonly endsAt: Date | null
  readonly version: number
  readonly body: GroundBody
}

/** Where a page read it: the second of two who save is told. */
export interface GroundAt {
  readonly caseId: string
  readonly id: string
  readonly version: number
}

/** What keeps a step from being taken, with the rule that says so. */
export type GroundRefusal =
  | { readonly refused: 'missing' }
  | { readonly refused: 'changed-meanwhile' }
  /** The other agency's keys have to be compared first. */
  | { readonly refused: 'not-sent' }
  | { readonly refused: 'rule'; readonly rule: string }
