import { serviceByCode, type ServiceDetail, suggest, suggestAsWorker, type SuggestionForm } from '#directory'
import { asPublic } from '#platform/access'
import type { Tx } from '#platform/db'

import type { MakingParts } from './make.ts'
import type { Hand } from './staff.actions.ts'
import suggestions from './suggestions.json' with { type: 'json' }

/** What somebody said is wrong with an entry, through the same acts as the pages': it waits for whoever looks after the entry. */
export async function makeSuggestions(at: MakingParts, hands: ReadonlyMap<string, Hand>): Promise<void> {
  for (const { service, by, about, words } of suggestions) {
    const form = { about: about as SuggestionForm['about'], words }
    const hand = by === null ? null : hands.get(by)
    // In a smaller world only whoever is there says something.
    if (hand === undefined) continue
    const done =
      hand === null
        ? await asPublic(at.pools, async (db) => suggest(db, await listed(db, service), form))
        : await hand.act(async (db, actor) => suggestAsWorker(db, actor, await listed(db, service), form))
    if ('refused' in done) throw new Error(`The demo's suggestion about ${service}: ${done.refused}`)
  }
}

async function listed(db: Tx, code: string): Promise<ServiceDetail> {
  const service = await serviceByCode(db, code)
  if (service === null) throw new Error(`The demo's directory has no ${code}.`)
  return service
}
