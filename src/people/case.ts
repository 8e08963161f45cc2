import type { CaseKey } from '#platform/access'
import type { PartialSituation } from '#engine/space'

import type { AccessNeeds } from './access-needs.ts'
import type { Card } from './card.ts'
import type { Chosen } from './chosen.ts'
import type { Danger } from './danger.ts'
import type { Helper } from './who-helps.ts'
import type { Need } from './need.ts'
import type { SafeContact } from './safe-contact.ts'
import type { Sheet, SheetKind } from './sheet.ts'
import type { Answers } from './situation.ts'
import type { Story } from './story.ts'
import type { Urgency } from './urgency.ts'
import type { Wishes } from './wish.ts'

/** The clear part of a case: what lists and jobs may know. */
export interface CaseRow {
  readonly id: string
  readonly keyVersion: number
  readonly sort: 'open' | 'closed'
  readonly state: 'active' | 'ended'
  readonly ownerId: string
  readonly openedAt: Date
  readonly updatedAt: Date
  readonly dueAt: Date | null
  readonly version: number
}

/** A stretch of time in which something is due; `undated` asks for what has no time. */
export interface DueWithin {
  readonly from: Date | null
  readonly until: Date | null
  readonly undated: boolean
}

/** A case as somebody who may see it reads it, for one request. */
export interface CaseFile {
  readonly key: CaseKey
  readonly caseId: string
  readonly sort: 'open' | 'closed'
  readonly state: 'active' | 'ended'
  readonly ownerId: string
  readonly openedAt: Date
  readonly dueAt: Date | null
  readonly cards: readonly Card[]
  readonly survivor: Card | null
  readonly personsCausingHarm: readonly Card[]
  readonly contact: SafeContact | null
  readonly needs: readonly Need[]
  /** What is known, facet by facet: what the matching reads. */
  readonly situation: PartialSituation
  /** Every answer, *unknown* and *not now* too, each with the day it was asked. */
  readonly answers: Answers
  readonly wishes: Wishes
  readonly danger: Danger | null
  /** The worker they chose as the way to them; read through `chosenWorker`, which knows who is not safe. */
  readonly chosen: Chosen | null
  /** What the person needs to take part; null while nobody asked. */
  readonly accessNeeds: AccessNeeds | null
  readonly urgency: Urgency | null
  /** Who helps, as the person has it. */
  readonly helpers: readonly Helper[]
  /** Strengths, the abuse and what it does, how each need is now. */
  readonly story: Story
  readonly version: number
  /** Version and last change of each page of the case, as a saving must name them. */
  readonly sheets: Readonly<Record<SheetKind, Pick<Sheet<unknown>, 'version' | 'updatedAt' | 'updatedBy'>>>
}

/** A line of a list of cases. `name` is empty while nobody has said one. */
export interface CaseLine {
  readonly caseId: string
  readonly name: string
  /** Somebody in it is named as causing harm. */
  readonly namesHarm: boolean
  readonly sort: 'open' | 'closed'
  readonly state: 'active' | 'ended'
  readonly ownerId: string
  readonly openedAt: Date
  readonly updatedAt: Date
  readonly dueAt: Date | null
}
