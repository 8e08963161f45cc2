import type { ThreadState } from '#envelopes'
import type { Letter, ThreadFile } from '#referrals'

/** Where a thread stood, since when, and the code of a no where it was one. */
export interface Station {
  readonly state: ThreadState
  readonly at: Date
  readonly why: string | null
}

/** A part of a thread that is one Task: from a beginning to what makes another Task of it. */
export interface Stretch {
  readonly stations: readonly Station[]
  readonly closes: 'undone' | 'reopened' | 'renewed' | null
}

/**
 * The Tasks that a thread is made of. A Task never comes back from an end, so what is opened again, what is taken back and what goes on
 * under a new permission after the old one ended is a new Task on the same ServiceRequest. The cuts hang on lines of the timeline
 * alone, which never change, so a Task keeps its number when a letter closes.
 */
export function stretchesOf(file: ThreadFile): readonly Stretch[] {
  const letters = new Map(file.pieces.map((piece) => [piece.envelopeId, piece.letter]))
  const moved = file.events.filter((event) => event.was !== null)
  const undone = new Set(file.events.map((event) => event.undoes))
  const done: Stretch[] = []
  let stations: Station[] = [
    { state: moved[0]?.was ?? file.thread.state, at: file.thread.startedAt, why: null },
  ]
  let no: string | null = null
  const cut = (closes: Stretch['closes'], first: Station) => {
    done.push({ stations, closes })
    stations = [first]
  }
  for (const event of file.events) {
    const letter = letters.get(event.envelopeId ?? '') ?? null
    const { at, was } = event
    if (renews(file, event)) cut('renewed', { state: stations.at(-1)?.state ?? 'sent', at, why: null })
    if (was === null) continue
    const after = moved[moved.indexOf(event) + 1]?.was ?? file.thread.state
    const why = letter?.about === 'declined' ? letter.reason : null
    const back = { state: was, at, why: was === 'declined' ? no : null }
    if (undone.has(event.id)) {
      if (!movesTask(event.kind, was)) continue
      if (reopens.has(event.kind)) cut('reopened', { state: 'received', at, why: null })
      const state = newsOf(letter)
      if (state !== null) stations.push({ state, at, why })
      cut('undone', back)
    } else if (reopens.has(event.kind)) cut('reopened', { state: after, at, why: null })
    else {
      if (after === 'declined') no = why ?? no
      stations.push({ state: after, at, why })
    }
  }
  const state = file.thread.state
  if (stations.at(-1)?.state !== state) stations.push({ state, at: lastAt(file), why: null })
  return [...done, { stations, closes: null }]
}

/** When something last happened in a thread. */
export function lastAt(file: ThreadFile): Date {
  return file.events.at(-1)?.at ?? file.thread.startedAt
}

const undecided: ReadonlySet<string> = new Set(['sent', 'received', 'question'])
const begun: ReadonlySet<string> = new Set(['started', 'met'])

/** Whether taking a line back takes a Task to where no arrow leads. Decided by what stays readable for ever. */
function movesTask(kind: string, was: ThreadState): boolean {
  switch (kind) {
    case 'question':
    case 'answer':
    case 'correction':
    case 'helpers':
    case 'take':
      return false
    case 'unreached':
      return !undecided.has(was)
    case 'outcome':
    case 'end':
      return was !== 'declined'
    case 'session':
    case 'introduction':
    case 'introduce':
    case 'met':
      return !begun.has(was)
    default:
      return true
  }
}

const reopens: ReadonlySet<string> = new Set(['reopening', 'reopen'])

/** A letter under a new permission, after the letter before it had ended. */
function renews(file: ThreadFile, event: ThreadFile['events'][number]): boolean {
  if (event.kind !== 'request') return false
  const requests = file.pieces.filter((piece) => piece.kind === 'request')
  const here = requests.findIndex((piece) => piece.envelopeId === event.envelopeId)
  const before = requests[here - 1]?.endsAt ?? null
  return here > 0 && before !== null && before.getTime() <= event.at.getTime()
}

/** Where a letter that was taken back had taken the thread; null: it moved no Task, or can no longer be read. */
function newsOf(letter: Letter | null): ThreadState | null {
  switch (letter?.about) {
    case 'declined':
    case 'accepted':
    case 'waiting':
    case 'met':
    case 'ended':
    case 'unreached':
      return letter.about
    case 'introduction':
      return 'started'
    default:
      return null
  }
}
