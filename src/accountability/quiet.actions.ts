import { type CaseLine, casesOf } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { Entry } from './entry.ts'
import { entriesIn } from './entry.store.ts'
import { allLinks } from './link.store.ts'
import { type Quiet, quietOf, type Worked } from './quiet.rules.ts'
import { quietDays } from './setting.store.ts'
import { threadsOf } from './thread.store.ts'
import type { Thread } from './thread.ts'

/** A family in which nobody does anything about the person causing harm, as far as the reader may see. */
export interface QuietFamily extends CaseLine {
  readonly why: Quiet
}

export interface QuietReport {
  readonly days: number
  readonly families: readonly QuietFamily[]
  /** Families in which somebody is named as causing harm. */
  readonly named: number
  /** Families in which nobody is. */
  readonly unnamed: number
}

const mostRead = 20_000

/** For a lead: every family they may see in which somebody is named as causing harm and nobody does anything about it. */
export async function quietFamilies(db: Tx, actor: Actor, now: Date): Promise<QuietReport> {
  const days = await quietDays(db, actor.partyId)
  const { lines } = await casesOf(db, actor, { whose: 'everyone', limit: mostRead })
  const links = await allLinks(db, actor)
  const worked = await workedFiles(db, actor, await threadsOf(db, actor))
  const families = lines.flatMap((line) => {
    if (!line.namesHarm) return []
    const files = (links.get(line.caseId) ?? []).flatMap((id) => worked.get(id) ?? [])
    const why = quietOf(files, days, now)
    return why === null ? [] : [{ ...line, why }]
  })
  const named = lines.filter((line) => line.namesHarm).length
  return { days, families, named, unnamed: lines.length - named }
}

/** Files with their entries, by id; for a list only those that are open are opened. */
export async function workedFiles(
  db: Tx,
  actor: Actor,
  threads: readonly Thread[],
  which: 'all' | 'open' = 'all',
): Promise<ReadonlyMap<string, Worked>> {
  const keys = new Map(threads.map((thread) => [thread.id, thread.key]))
  const entries = await entriesIn(db, actor.partyId, keys, which)
  const none: readonly Entry[] = []
  return new Map(threads.map((thread) => [thread.id, { thread, entries: entries.get(thread.id) ?? none }]))
}
