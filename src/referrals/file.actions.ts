import {
  type EnvelopeKind,
  envelopesOfThread,
  groundOf,
  type NotOpen,
  openIncoming,
  openOutgoing,
} from '#envelopes'
import { agencyOf, type PinRefusal } from '#parties'
import { openForWork } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'

import { Letter, type Request } from './letter.ts'
import { openThread } from './thread-seal.ts'
import { acknowledge, eventsOf, type SealedThread, threadRow } from './thread.store.ts'
import type { Thread, ThreadEvent } from './thread.ts'

/** One envelope as its reader finds it: open, or no longer shared. */
export interface Piece {
  readonly envelopeId: string
  readonly kind: EnvelopeKind
  readonly way: 'in' | 'out'
  readonly at: Date
  readonly endsAt: Date | null
  /** Null: withdrawn, expired or suspended, which look the same. */
  readonly letter: Letter | null
  /** Sealed under keys of the other side that an administrator has not accepted: why, else null. */
  readonly unopened: PinRefusal['refused'] | null
  /** Undone a moment after it was sent: it was read by nobody, and counts for nothing. */
  readonly undone: boolean
}

/** A thread with everything in it that this side may read. */
export interface ThreadFile {
  readonly thread: Thread
  readonly events: readonly ThreadEvent[]
  readonly pieces: readonly Piece[]
  /** What began it, as it stands now: the newest request, or the ask. */
  readonly first: Piece | null
  /** False once what began it opens no more. */
  readonly shared: boolean
  /** The permission that it rests on, on the side that gave it; null for an ask and on the other side. */
  readonly releaseId: string | null
}

/** Opens a thread with its envelopes; each look at what arrived is a line of the ledger. Null: missing or not the actor's. */
export async function openThreadFile(db: Tx, actor: Actor, id: string): Promise<ThreadFile | null> {
  const found = await heldThread(db, actor, id)
  if (found === null) return null
  const undone = undoneIn(await eventsOf(db, actor.partyId, id))
  const pieces: Piece[] = []
  for (const one of await envelopesOfThread(db, actor.partyId, id)) {
    const opened =
      one.way === 'in' ? await openIncoming(db, actor, one.id) : await openOutgoing(db, actor, one.id)
    pieces.push({
      envelopeId: one.id,
      kind: one.kind,
      way: one.way,
      at: one.at,
      endsAt: one.ends_at,
      letter: 'refused' in opened ? null : letterOf(opened.body),
      unopened: 'refused' in opened ? waitingFor(opened.refused) : null,
      undone: undone.has(one.id),
    })
  }
  // After the opening: told is only what was truly opened, and no row is waited for that a withdrawal holds.
  if (found.thread.side === 'to' && pieces.some((piece) => piece.way === 'in' && piece.letter !== null))
    await acknowledge(db, id)
  const ground = found.thread.side === 'from' ? await groundOf(db, actor.partyId, id) : null
  const first = pieces.findLast((piece) => piece.kind === 'request' || piece.kind === 'ask') ?? null
  return {
    thread: found.thread,
    // Where somebody else is taken off the list of who helps, nothing there may tell that one is missing.
    events: (await eventsOf(db, actor.partyId, id)).filter(
      ({ kind }) => found.thread.side === 'from' || kind !== 'helpers',
    ),
    pieces,
    first,
    shared:
      found.thread.side === 'to'
        ? first !== null && (first.letter !== null || first.unopened !== null)
        : (ground?.holds ?? true),
    releaseId: ground?.releaseId ?? null,
  }
}

/** A thread without what is in its envelopes; null: missing or not the actor's. */
export async function threadOf(db: Tx, actor: Actor, id: string): Promise<Thread | null> {
  return (await heldThread(db, actor, id))?.thread ?? null
}

async function heldThread(
  db: Tx,
  actor: Actor,
  id: string,
): Promise<{ readonly thread: Thread; readonly of: CaseKey | null } | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return null
  const row = await threadRow(db, actor.partyId, id)
  if (row === null) return null
  const opened = row.caseId === null ? null : await openForWork(db, actor, row.caseId, 'reading')
  if (row.caseId !== null && opened === null) return null
  const other = await agencyOf(db, row.otherParty)
  return { thread: threadFrom(actor, opened?.key ?? null, row, other), of: opened?.key ?? null }
}

function threadFrom(
  actor: Actor,
  of: CaseKey | null,
  row: SealedThread,
  other: { readonly name: string; readonly publicPhone: string } | null,
): Thread {
  const { keyVersion: _key, body: _sealed, ...rest } = row
  return {
    ...rest,
    otherName: other?.name ?? '',
    otherPhone: other?.publicPhone ?? '',
    body: openThread(actor, of, row),
  }
}

function waitingFor(refused: NotOpen['refused']): Piece['unopened'] {
  return refused === 'missing' || refused === 'no-longer-shared' ? null : refused
}

/** The letter of an opened envelope; one that this version cannot read counts as not open. */
function letterOf(body: unknown): Letter | null {
  const read = Letter.safeParse(body)
  return read.success ? read.data : null
}

/** The envelopes of the lines that were undone. */
export function undoneIn(events: readonly ThreadEvent[]): ReadonlySet<string> {
  const back = new Set(events.map((event) => event.undoes))
  return new Set(events.flatMap((event) => (back.has(event.id) ? (event.envelopeId ?? []) : [])))
}

/** What is known of the person from what was shared: facets by id, need codes in their order. */
export function pictureOf(letter: Letter | null): {
  readonly facets: Readonly<Record<string, string | number>>
  readonly needs: readonly string[]
} {
  if (letter?.about === 'ask') return { facets: letter.facets, needs: letter.needs }
  if (letter?.about === 'request') return pictureOfItems(letter)
  return { facets: {}, needs: [] }
}

function pictureOfItems(request: Request) {
  const facets: Record<string, string | number> = {}
  const needs: string[] = []
  for (const item of request.items) {
    const data = item.data
    if (typeof data !== 'object' || data === null) continue
    if (item.kind === 'matching-detail' && 'facet' in data && 'value' in data) {
      const { facet, value } = data
      if (typeof facet === 'string' && (typeof value === 'string' || typeof value === 'number'))
        facets[facet] = value
    }
    if (item.kind === 'what-they-want' && 'code' in data && typeof data.code === 'string' && data.code !== '')
      needs.push(data.code)
  }
  return { facets, needs }
}
