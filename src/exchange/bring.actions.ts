import type { RecordSource } from '#directory'
import { asJob } from '#platform/access'
import type { Installation } from '#platform/crypto'
import type { Pools, Tx } from '#platform/db'
import { type Adapter, adapters } from './adapter.ts'
import { applyStaged } from './apply.actions.ts'
import type { Arrival } from './arrival.ts'
import { arrivalById, claimArrival, noteProgress, setArrival, forgetOld } from './arrival.store.ts'
import { asImport } from './feed.store.ts'
import { beginningOf, type GivenFile } from './given-file.ts'
import { Mapping } from './mapping.ts'
import { fileOf } from './pieces.actions.ts'
import { stageSource } from './stage.actions.ts'
import { waitingOf } from './staged.store.ts'

type Progress = (done: number) => Promise<void>

/** The adapter that knows a file by its beginning, or null. */
export async function adapterOf(file: GivenFile): Promise<Adapter | null> {
  const beginning = await beginningOf(file)
  return adapters.find((each) => each.recognises(beginning)) ?? null
}

/** Reads a file that lies here into records with their differences; one that cannot be read says why on its page. */
export async function readArrival(
  db: Tx,
  at: Pick<Installation, 'pepper'>,
  arrival: Arrival,
  progress?: Progress,
): Promise<void> {
  const file = await fileOf(db, at, arrival.id, nameFor(arrival.format))
  // Pieces are in no backup and outlive no crash of the database.
  if (file.kind === 'bytes' && file.bytes.length !== arrival.size) {
    await setArrival(db, arrival.id, { state: 'refused', refused: 'lost' })
    return
  }
  const source = await sourceOf(arrival, file)
  if ('refused' in source) {
    await setArrival(db, arrival.id, { state: 'refused', refused: source.refused })
    return
  }
  const { partyId, id: arrivalId } = arrival
  await stageSource(db, { partyId, arrivalId, format: source.format, memory: null, progress }, source)
}

async function sourceOf(
  arrival: Arrival,
  file: GivenFile,
): Promise<RecordSource | { readonly refused: string }> {
  const adapter = adapters.find((each) => each.format === arrival.format) ?? (await adapterOf(file))
  if (adapter === null) return { refused: 'unknown' }
  const mapping = Mapping.safeParse(arrival.mapping)
  const opened = await adapter.open(file, { mapping: mapping.success ? mapping.data : null })
  return opened.ok ? opened.source : { refused: opened.refused }
}

/** What a file without its name is called, so that an adapter that looks at the end of a name still knows it. */
function nameFor(format: string | null): string {
  return format === 'csv' ? 'file.csv' : 'file'
}

/** The job: reads and applies the large files that wait. How many steps were done. */
export async function bringFiles(pools: Pools, at: Pick<Installation, 'pepper'>): Promise<number> {
  await asJob(pools, forgetOld)
  for (let done = 0; ; done += 1) {
    const claimed = await claimArrival(pools)
    if (claimed === null) return done
    await asImport(pools, claimed.lease, async (db) => {
      const arrival = await arrivalById(db, claimed.id)
      if (arrival === null) return
      const total = claimed.state === 'applying' ? await waitingOf(db, arrival.id) : null
      const progress: Progress = (so) => noteProgress(pools, claimed.lease, so, total)
      if (claimed.state === 'reading') await readArrival(db, at, arrival, progress)
      else await applyLarge(db, arrival, progress)
    })
  }
}

async function applyLarge(db: Tx, arrival: Arrival, progress: Progress): Promise<void> {
  const by = arrival.askedBy === null ? null : { accountId: arrival.askedBy }
  await applyStaged(db, arrival, by, { progress })
  await setArrival(db, arrival.id, { state: 'ready' })
}
