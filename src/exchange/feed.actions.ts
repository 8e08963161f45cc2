import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import type { Reach } from '#platform/reach'
import { feedAddress, type FeedAddress } from './feed-address.rules.ts'
import type { Feed, FeedForm } from './feed.ts'
import { addFeed, changeFeed, feedById, follows, lookSoon, setColumns, setFollowing } from './feed.store.ts'

/** Why a feed is not followed: what is wrong with its address, or that it is followed already. */
export type FeedRefusal = {
  readonly refused: Extract<FeedAddress, { ok: false }>['refused'] | 'followed'
}

/** Begins to follow a feed. The first look comes within a minute. */
export async function followFeed(
  db: Tx,
  actor: Actor,
  form: FeedForm,
  reach: Reach,
): Promise<{ readonly id: string } | FeedRefusal> {
  const read = feedAddress(form.address, reach)
  if (!read.ok) return { refused: read.refused }
  const address = read.url.href
  if (await follows(db, address)) return { refused: 'followed' }
  const id = await addFeed(db, actor, { ...form, address })
  await line(db, actor, id, 'feed-followed')
  return { id }
}

/** Changes how a feed is followed. */
export async function setFeed(
  db: Tx,
  actor: Actor,
  id: string,
  form: Omit<FeedForm, 'address'>,
): Promise<Feed | null> {
  const feed = await feedById(db, id)
  if (feed === null) return null
  await changeFeed(db, feed.id, form)
  await line(db, actor, feed.id, 'feed-changed', { byItself: form.byItself === 'yes', pace: form.pace })
  return feed
}

/** Stops or goes on, looks soon, or lets a state pass that shrank: the acts on a feed's page. */
export async function actOnFeed(
  db: Tx,
  actor: Actor,
  id: string,
  act: 'stop' | 'go-on' | 'look' | 'trust' | 'columns',
): Promise<Feed | null> {
  const feed = await feedById(db, id)
  if (feed === null) return null
  if (act === 'stop' || act === 'go-on') {
    await setFollowing(db, feed.id, act === 'stop' ? 'stopped' : 'following')
    await line(db, actor, feed.id, act === 'stop' ? 'feed-stopped' : 'feed-goes-on')
  } else if (act === 'columns') {
    await setColumns(db, feed.id, null)
    await line(db, actor, feed.id, 'feed-columns-asked')
  } else {
    await lookSoon(db, feed.id, act === 'trust')
    if (act === 'trust') await line(db, actor, feed.id, 'feed-trusted')
  }
  return feed
}

async function line(
  db: Tx,
  actor: Actor,
  feed: string,
  what: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await record(db, actor, { kind: 'directory.changed', detail: { what, feed, ...more } })
}
