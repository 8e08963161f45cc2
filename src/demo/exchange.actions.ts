import { bringGiven, followFeed, followFeeds, lookAgain } from '#exchange'

import { councilFeed, ownFile } from './council.ts'
import type { MakingParts } from './make.ts'
import { paths } from './paths.ts'
import type { Hand } from './staff.actions.ts'

const keeper = 'hannah'

/** One file that is in already, and a feed whose differences wait: through the same acts as the pages'. */
export async function makeExchange(
  at: MakingParts,
  hands: ReadonlyMap<string, Hand>,
  publicUrl: string,
): Promise<void> {
  const hand = hands.get(keeper)
  if (hand === undefined) return
  const day = at.now.toZonedDateTimeISO('UTC').toPlainDate().toString()
  await hand.act(async (db, actor) =>
    bringGiven(db, actor, at.installation, 'our-entries.json', await ownFile(day)),
  )
  const followed = await hand.act((db, actor) =>
    followFeed(
      db,
      actor,
      {
        name: 'Northmere Borough Council',
        address: `${publicUrl}${paths.council}`,
        pace: 'daily',
        keeper: actor.accountId,
        byItself: 'no',
      },
      { loopback: true },
    ),
  )
  if ('refused' in followed) throw new Error(`The demo's feed: ${followed.refused}`)
  for (const when of ['at-first', 'now'] as const) {
    const bytes = Buffer.from(await councilFeed(day, when))
    await hand.act((db) => lookAgain(db, followed.id))
    // The server does not listen yet: what it will say is handed over.
    await followFeeds({
      pools: at.pools,
      installation: at.installation,
      reach: { loopback: true },
      read: async () => ({
        ok: true,
        unchanged: false,
        name: 'services',
        bytes,
        validators: { etag: null, modified: null },
      }),
    })
  }
}
