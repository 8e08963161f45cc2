import { createHash, randomUUID } from 'node:crypto'
import type { Installation } from '#platform/crypto'
import { inSavepoint, type Pools, type Tx } from '#platform/db'
import { adapters } from './adapter.ts'
import { applyStaged } from './apply.actions.ts'
import type { ArrivalState } from './arrival.ts'
import { addArrival, arrivalById, endOlder } from './arrival.store.ts'
import { lookAtCsv } from './csv-file.ts'
import type { Reach } from '#platform/reach'
import { feedAddress } from './feed-address.rules.ts'
import type { Limits, Trouble } from './feed-get.ts'
import { feedLimits, readFeed, type Taken } from './feed-read.ts'
import { mostChanged, nextLookMs, troubleIn } from './feed.rules.ts'
import { asImport, claimFeed, type ClaimedFeed, endFeed, holdFeed, keepValidators } from './feed.store.ts'
import { beginningOf, type GivenFile } from './given-file.ts'
import { columnsOf } from './mapping-form.rules.ts'
import { Mapping } from './mapping.ts'
import { keepPiece, pieceBytes } from './pieces.actions.ts'
import { keepSeen, keptOf, seenOf } from './seen.store.ts'
import { type SaidNow, stageSource, stageWhatIsGone } from './stage.actions.ts'
import { differenceCounts } from './staged.store.ts'

/** What following needs of the installation. */
export interface Follower {
  readonly pools: Pools
  /** For what nobody has read yet: it waits sealed. */
  readonly installation: Pick<Installation, 'pepper'>
  readonly reach: Reach
  readonly limits?: Limits
  /** How a feed is read; the demo hands over what its own server will say. */
  readonly read?: typeof readFeed
}

const mostAtOnce = 20

/** The job: looks at every feed that is due, one after the other, each at one server only. How many were looked at. */
export async function followFeeds(at: Follower): Promise<number> {
  for (let looked = 0; looked < mostAtOnce; looked += 1) {
    const feed = await claimFeed(at.pools)
    if (feed === null) return looked
    await lookAt(at, feed)
  }
  return mostAtOnce
}

async function lookAt(at: Follower, feed: ClaimedFeed): Promise<void> {
  const end = (trouble: Trouble | null, waitSeconds = 0) =>
    endFeed(
      at.pools,
      feed.lease,
      trouble,
      nextLookMs(feed.pace, trouble === null ? 0 : feed.failures + 1, waitSeconds),
    )
  try {
    const taken = await fetched(at, feed)
    if (!taken.ok) return await end(taken.trouble, taken.waitSeconds)
    if (taken.unchanged || isSame(feed, taken.bytes)) return await end(null)
    const came = await takeIn(at, feed, taken)
    // Asked again every day: what waits for its columns to be named is kept no longer than that.
    if (came === 'asks-columns') return await endFeed(at.pools, feed.lease, null, nextLookMs('daily', 0))
    return await end(came)
  } catch (error) {
    await end('fault')
    throw error
  }
}

async function fetched(at: Follower, feed: ClaimedFeed): Promise<Taken> {
  const address = feedAddress(feed.address, at.reach)
  if (!address.ok) return { ok: false, trouble: 'refused-address' }
  return (at.read ?? readFeed)(
    address.url,
    { etag: feed.etag, modified: feed.modified },
    {
      reach: at.reach,
      limits: at.limits ?? feedLimits,
      stillOurs: () => holdFeed(at.pools, feed.lease),
    },
  )
}

function isSame(feed: ClaimedFeed, bytes: Buffer): boolean {
  return feed.sha256 !== null && Buffer.compare(feed.sha256, shaOf(bytes)) === 0
}

/** Keeps the whole state beside what stands, in one transaction; what does not look right changes nothing and is named. */
async function takeIn(
  at: Follower,
  feed: ClaimedFeed,
  taken: Extract<Taken, { unchanged: false }>,
): Promise<Trouble | 'asks-columns' | null> {
  const file: GivenFile = { kind: 'bytes', name: taken.name, bytes: taken.bytes }
  const beginning = await beginningOf(file)
  const adapter = adapters.find((each) => each.recognises(beginning))
  const columns = adapter?.format === 'csv' ? await columnsFor(feed, file) : { mapping: null }
  if ('trouble' in columns) return columns.trouble
  if ('asks' in columns) return askForColumns(at, feed, taken.bytes)
  const opened = await adapter?.open(file, columns)
  // Why not half a state: what is missing from it would count as gone.
  if (opened === undefined || !opened.ok || opened.endsEarly === true) return 'not-the-format'
  const done = await asImport(at.pools, feed.lease, (db) =>
    inSavepoint(db, async () => {
      const memory = { feedId: feed.id, seen: await seenOf(db, feed.id), kept: await keptOf(db, feed.id) }
      const arrivalId = randomUUID()
      await addArrival(db, { ...arrivalOf(feed, taken.bytes), id: arrivalId, format: opened.source.format })
      const staging = { partyId: feed.partyId, arrivalId, format: opened.source.format, memory }
      const said = await stageSource(db, staging, opened.source)
      const before = new Set([...memory.seen.values()].filter((each) => !each.gone).map((each) => each.key))
      const trouble = feed.trusted ? null : troubleIn(before, new Set(said.map((each) => each.key)))
      if (trouble !== null) return { keep: false, trouble }
      await remember(db, feed, said, taken)
      await stageWhatIsGone(db, staging)
      await endOlder(db, feed.id, arrivalId)
      if (feed.byItself) await applySafe(db, arrivalId, said.length)
      return { keep: true, trouble: null }
    }),
  )
  // A lease that ran out meanwhile is somebody else's now, who will take the same state in.
  return done === null ? 'too-slow' : done.trouble
}

/** With which columns a table is read; a person is asked once, and again when one of them is missing. */
async function columnsFor(
  feed: ClaimedFeed,
  file: GivenFile,
): Promise<{ readonly mapping: Mapping } | { readonly trouble: Trouble } | { readonly asks: true }> {
  const { header, rows } = await lookAtCsv(file)
  // An error page has commas too.
  if (header.length < 2 || rows.length === 0 || header[0]?.startsWith('<') === true)
    return { trouble: 'not-the-format' }
  const read = Mapping.safeParse(feed.mapping)
  if (!read.success) return feed.sha256 === null ? { asks: true } : { trouble: 'not-the-format' }
  const whole = columnsOf(read.data).every((column) => header.includes(column))
  return whole ? { mapping: read.data } : { trouble: 'columns-changed' }
}

/** Keeps the beginning of a table, sealed, until somebody has said which column is which. */
async function askForColumns(
  at: Follower,
  feed: ClaimedFeed,
  bytes: Buffer,
): Promise<Trouble | 'asks-columns'> {
  const done = await asImport(at.pools, feed.lease, async (db) => {
    const arrivalId = randomUUID()
    await addArrival(db, { ...arrivalOf(feed, bytes), id: arrivalId, format: 'csv', state: 'mapping' })
    await keepPiece(db, at.installation, { partyId: feed.partyId, arrivalId, nth: 0 }, firstRows(bytes))
    await endOlder(db, feed.id, arrivalId)
    return true
  })
  return done === null ? 'too-slow' : 'asks-columns'
}

/** As many whole lines as one piece holds. */
function firstRows(bytes: Buffer): Buffer {
  if (bytes.length <= pieceBytes) return bytes
  const end = bytes.lastIndexOf(0x0a, pieceBytes)
  return bytes.subarray(0, end < 0 ? pieceBytes : end)
}

async function remember(
  db: Tx,
  feed: ClaimedFeed,
  said: readonly SaidNow[],
  taken: Extract<Taken, { unchanged: false }>,
): Promise<void> {
  await keepSeen(db, { partyId: feed.partyId, feedId: feed.id }, said)
  await keepValidators(db, feed.id, {
    ...taken.validators,
    sha256: shaOf(taken.bytes),
    records: said.length,
  })
}

/** Safe changes go in by themselves while they are few; many at once are a person's to look at. */
async function applySafe(db: Tx, arrivalId: string, records: number): Promise<void> {
  const { waiting } = await differenceCounts(db, arrivalId)
  if (waiting.changed + waiting.new > Math.max(1, records * mostChanged)) return
  const arrival = await arrivalById(db, arrivalId)
  if (arrival !== null) await applyStaged(db, arrival, null, { safe: true })
}

function arrivalOf(feed: ClaimedFeed, bytes: Buffer) {
  return {
    partyId: feed.partyId,
    feedId: feed.id,
    byAccount: null,
    name: null,
    keyVersion: null,
    size: bytes.length,
    sha256: shaOf(bytes),
    state: 'reading' as ArrivalState,
  }
}

function shaOf(bytes: Buffer): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}
