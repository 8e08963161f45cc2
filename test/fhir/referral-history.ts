import type { ReferralSeen } from '#fhir'
import type { BackLevel, EnvelopeKind, ThreadState } from '#envelopes'
import type { Letter, Request, ThreadAct, ThreadEvent, ThreadFile } from '#referrals'
import { actsOpen, stateAfter } from '#referrals'

export const threadId = '0199c0de-0000-7000-8000-000000000001'
const caseId = '0199c0de-0000-7000-8000-000000000002'
export const us = { partyId: '0199c0de-0000-7000-8000-00000000000a', name: 'Northmere Advocates' }
export const other = { partyId: '0199c0de-0000-7000-8000-00000000000b', name: 'Talking Room' }
const robin = { name: 'Robin', phone: '01632 960123', cover: '' }
const start = Date.parse('2026-11-20T09:00:00Z')
const hour = 3_600_000

/** A request with the items a hello has. */
export const request: Request = {
  about: 'request',
  service: { id: '0199c0de-0000-7000-8000-00000000000c', name: 'Talking about it' },
  items: [
    {
      kind: 'name-to-use',
      ref: null,
      title: 'The name to use',
      text: 'Ash',
      data: { name: 'Ash', pronoun: 'they' },
    },
    {
      kind: 'safe-contact',
      ref: null,
      title: 'Safe contact',
      text: 'Text only\nWeekdays until three',
      data: { nothingAtAll: false, ways: [{ channel: 'text', value: '07700 900321' }] },
    },
    {
      kind: 'what-they-want',
      ref: 'n1',
      title: 'Wants',
      text: 'Somebody to talk to: at night',
      data: { id: 'n1', code: 'talk', words: 'at night' },
    },
    { kind: 'short-summary', ref: null, title: 'A short summary', text: 'A hard spring.' },
    { kind: 'people-not-safe', ref: null, title: 'Who is not safe', text: 'Canary Dane Vale' },
  ],
  purpose: 'So that I do not have to tell it again.',
  safeContact: ['Text only', 'Weekdays until three'],
  comesBack: 'outcome',
  handling: [],
  ask: null,
  answerTo: robin,
  amends: false,
}

/** The letter of an act, and what kind of envelope carries it. */
const letters: Readonly<Partial<Record<ThreadAct, readonly [EnvelopeKind, Letter]>>> = {
  question: ['question', { about: 'question', text: 'Which days?', ringBack: robin }],
  answer: ['answer', { about: 'answer', text: 'Any but Monday.' }],
  accept: [
    'decision',
    { about: 'accepted', startsOn: '2026-12-01', person: robin, first: null, note: 'Ring the bell.' },
  ],
  wait: ['decision', { about: 'waiting', place: 3, expectedOn: '2027-01-10', person: robin, note: '' }],
  decline: [
    'decision',
    {
      about: 'declined',
      reason: 'no-room',
      sentence: 'Nobody is free until spring.',
      next: [{ serviceId: 'x', name: 'The other room', phone: '01632 960124' }],
      person: robin,
    },
  ],
  introduce: ['introduction', { about: 'introduction', meeting: { at: null, where: '', whoGoesAlong: '' } }],
  met: ['introduction', { about: 'met', on: '2026-12-02', personSaysSo: true, cameAlong: '', words: '' }],
  end: ['outcome', { about: 'ended', outcome: 'helped', words: 'It was enough.' }],
  reopen: ['reopening', { about: 'reopened', why: 'It began again.' }],
  unreached: ['unreached', { about: 'unreached', tries: 3, helps: ['another-time'] }],
  session: [
    'session',
    { about: 'session', went: 'attended', on: '2026-12-03', movedTo: null, barriers: [], words: '' },
  ],
}

/** The thread of these acts as the side `side` has it, each an hour after the one before; `undo` takes the last one back. */
export function historyOf(
  acts: readonly ThreadAct[],
  more: {
    readonly side?: 'from' | 'to'
    readonly comesBack?: BackLevel
    readonly letters?: Partial<Record<ThreadAct, readonly [EnvelopeKind, Letter]>>
  } = {},
): ThreadFile {
  const side = more.side ?? 'to'
  let state: ThreadState = side === 'to' ? 'received' : 'sent'
  const events: ThreadEvent[] = []
  const pieces: ThreadFile['pieces'][number][] = []
  const send = (kind: EnvelopeKind, letter: Letter, was: ThreadState | null) => {
    const at = new Date(start + events.length * hour)
    const envelopeId = `e${pieces.length}`
    pieces.push({ envelopeId, kind, way: 'in', at, endsAt: null, letter, unopened: null, undone: false })
    events.push(lineOf(events.length, kind, at, { envelopeId, was }))
  }
  send('request', request, null)
  for (const act of acts) {
    const was = state
    if (act === 'undo') {
      const last = events.at(-1)
      state = last?.was ?? state
      const at = new Date(start + events.length * hour)
      events.push(lineOf(events.length, 'undone', at, { undoes: last?.id ?? null }))
      const gone = pieces.findIndex((piece) => piece.envelopeId === last?.envelopeId)
      if (pieces[gone] !== undefined) pieces[gone] = { ...pieces[gone], undone: true }
      continue
    }
    state = stateAfter(state, act)
    const letter = more.letters?.[act] ?? letters[act]
    if (letter === undefined)
      events.push(lineOf(events.length, act, new Date(start + events.length * hour), { was }))
    else send(letter[0], letter[1], was)
  }
  return {
    thread: {
      id: threadId,
      caseId: side === 'from' ? caseId : null,
      side,
      otherParty: other.partyId,
      kind: 'referral',
      state,
      comesBack: more.comesBack ?? 'outcome',
      startedAt: new Date(start),
      dueAt: null,
      expectedAt: null,
      askAt: null,
      place: null,
      assigneeId: null,
      version: events.length,
      otherName: other.name,
      otherPhone: '',
      body: null,
    },
    events,
    pieces,
    first: pieces[0] ?? null,
    shared: state !== 'withdrawn',
    releaseId: null,
  }
}

function lineOf(
  number: number,
  kind: string,
  at: Date,
  more: { readonly envelopeId?: string; readonly was?: ThreadState | null; readonly undoes?: string | null },
): ThreadEvent {
  const { envelopeId = null, was = null, undoes = null } = more
  return { id: `v${number}`, kind, at, actorId: null, envelopeId, undoes, undoable: was !== null, was }
}

/** The referral of these acts as its side sees it. */
export function seenAfter(
  acts: readonly ThreadAct[],
  more: Parameters<typeof historyOf>[1] & Partial<Omit<ReferralSeen, 'file'>> = {},
): ReferralSeen {
  const file = historyOf(acts, more)
  return {
    file,
    us,
    other,
    light: false,
    permission: {
      holds: file.shared,
      startsAt: new Date(start),
      endsAt: new Date(start + 9000 * hour),
      signedAt: new Date(start),
      items: request.items.map(({ kind }) => kind),
      excluded: file.thread.side === 'from' ? ['therapy-notes'] : [],
      by: 'person',
    },
    ground: null,
    demo: true,
    now: new Date(start + 100 * hour),
    ...more,
  }
}

/** Every order of acts that the rules allow, from either side, up to so many. */
export function* everyHistory(side: 'from' | 'to', length: number): Generator<readonly ThreadAct[]> {
  const begin: readonly ThreadAct[] = []
  let row: readonly (readonly ThreadAct[])[] = [begin]
  yield begin
  for (let at = 0; at < length; at++) {
    const longer: (readonly ThreadAct[])[] = []
    for (const acts of row) {
      for (const act of openAfter(acts, side)) longer.push([...acts, act])
    }
    yield* longer
    row = longer
  }
}

/** What either side may do now: the thread moves by what is told as well as by what is done. */
function openAfter(acts: readonly ThreadAct[], side: 'from' | 'to'): readonly ThreadAct[] {
  const { thread } = historyOf(acts, { side })
  const state = thread.state === 'sent' ? 'received' : thread.state
  const open = (['from', 'to'] as const).flatMap((end) =>
    actsOpen({ side: end, kind: 'referral', state, comesBack: 'outcome' }),
  )
  return [...new Set(open)].filter((act) => {
    if (act === 'take') return false
    return act !== 'undo' || (acts.length > 0 && !['undo', 'withdraw'].includes(acts.at(-1) ?? 'undo'))
  })
}
