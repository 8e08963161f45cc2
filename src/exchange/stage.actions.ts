import { openReading, type ReadRecord, type RecordSource, type Weighed, weighBatch } from '#directory'
import type { Tx } from '#platform/db'
import { dropPieces, setArrival, setCounts } from './arrival.store.ts'
import { outcomeNames } from './outcome-names.ts'
import type { Seen } from './seen.store.ts'
import { stageGone, stageRecords, type ToStage } from './staged.store.ts'
import { digestOf, isSafe, keyOf, sinceOf } from './staging.rules.ts'

const perBatch = 250
/** What is gone stands after everything that the feed says. */
const afterAll = 1_000_000

/** What the feed said before, and what was left as it is. */
export interface FeedMemory {
  readonly feedId: string
  readonly seen: ReadonlyMap<string, Seen>
  readonly kept: ReadonlyMap<string, Uint8Array>
}

/** What a state says, by its key. */
export interface SaidNow {
  readonly key: string
  readonly name: string
  readonly digest: Uint8Array
}

export interface Staging {
  readonly partyId: string
  readonly arrivalId: string
  readonly format: string
  readonly memory: FeedMemory | null
  readonly progress?: ((done: number) => Promise<void>) | undefined
}

/** Reads a file, keeps each record with what it would change, and forgets the file itself. Changes nothing in the directory. */
export async function stageSource(db: Tx, at: Staging, source: RecordSource): Promise<readonly SaidNow[]> {
  const reading = await openReading(db, at.partyId, source)
  const counts = { imported: 0, importedWithWarnings: 0, held: 0, rejected: 0 }
  const said: SaidNow[] = []
  let batch: ReadRecord[] = []
  let nth = 0
  const flush = async () => {
    const weighed = await weighBatch(db, at, batch)
    const rows = weighed.map((each, index) => staged(at.memory, each, nth + index))
    await stageRecords(db, at, rows)
    for (const { record } of weighed) counts[outcomeNames[record.outcome]] += 1
    for (const { weighed: each, digest } of rows)
      if (each.record.outcome !== 'rejected')
        said.push({ key: keyOf(each.record), name: nameOf(each.record), digest })
    nth += batch.length
    batch = []
    await at.progress?.(nth)
  }
  for await (const record of reading.records) {
    batch.push(record)
    if (batch.length === perBatch) await flush()
  }
  if (batch.length > 0) await flush()
  await setCounts(db, at.arrivalId, counts)
  await setArrival(db, at.arrivalId, { state: 'ready', format: at.format, hides: reading.hides })
  await dropPieces(db, at.arrivalId)
  return said
}

/** Adds what is gone from a feed, once what it says now is kept. */
export async function stageWhatIsGone(db: Tx, at: Staging): Promise<void> {
  if (at.memory === null) return
  await stageGone(db, { ...at, feedId: at.memory.feedId }, afterAll)
}

function staged(memory: FeedMemory | null, weighed: Weighed, nth: number): ToStage {
  const digest = digestOf(weighed.record)
  const key = keyOf(weighed.record)
  const kept = memory?.kept.get(key)
  return {
    nth,
    weighed,
    digest,
    safe: isSafe(weighed),
    decision: kept !== undefined && Buffer.compare(kept, digest) === 0 ? 'kept' : 'waiting',
    since: sinceOf(memory?.seen.get(key), digest),
  }
}

function nameOf({ service, organization }: ReadRecord): string {
  return (service?.name ?? organization?.name ?? '').slice(0, 300)
}
