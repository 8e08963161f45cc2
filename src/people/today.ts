import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import type { DenseItem } from '#platform/ui'

/** One thing that needs the worker today: when, and what to do about it. */
export interface TodayItem {
  /** When it is due, or came; earlier stands first. */
  readonly at: Date
  readonly item: DenseItem
}

/** What one room has for today: the first of it, how much in all, and where the rest is. */
export interface TodayPart {
  readonly items: readonly TodayItem[]
  readonly total: number
  readonly rest: { readonly href: string; readonly text: string }
}

/** The day that is asked about, and whose work: one's own, and that of whom one covers. */
export interface TodayAsked {
  readonly now: Date
  /** The first moment after this day. */
  readonly tomorrow: Date
  readonly owners: readonly string[]
  readonly names: ReadonlyMap<string, string>
  readonly limit: number
}

/** A room's answer to *what needs me today*. */
export type TodaySource = (db: Tx, actor: Actor, t: Words, asked: TodayAsked) => Promise<TodayPart>

/** Whose work a worker looks after today besides their own. */
export type Covered = (db: Tx, actor: Actor, t: Words) => Promise<readonly string[]>
