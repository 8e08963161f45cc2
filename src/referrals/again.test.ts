import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type BackLevel, openIncoming } from '#envelopes'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendAsk, sendReferral, threadNow, threadOf } from '../../test/world/referrals.ts'
import { askQuestion, decide, endThread, giveAnswer, recordMet, reopenThread } from './decide.actions.ts'
import { openThreadFile } from './file.actions.ts'
import type { Decision } from './letter.ts'
import { eventsOf } from './thread.store.ts'
import { undo } from './undo.actions.ts'
import { withdrawUnder } from './withdraw.actions.ts'

let world: TestWorld
let sender: Person
let recipient: Person

beforeAll(async () => {
  world = await testWorld()
  sender = await world.found('Harbour Advocacy', 'domestic-abuse')
  recipient = await world.found('Hill Clinic', 'mental-health')
  await world.pair(sender, recipient)
})
afterAll(() => world.close())

const person = { name: 'Kim', phone: '01632 960200', cover: '' }
const yes: Decision = { about: 'accepted', startsOn: '2026-12-01', person, first: null, note: '' }
const wait: Decision = { about: 'waiting', place: 4, expectedOn: '2026-12-24', person, note: '' }
const no: Decision = {
  about: 'declined',
  reason: 'area',
  sentence: 'Another area.',
  next: [{ serviceId: '', name: 'Our advice line', phone: '' }],
  person,
}

type Does<T> = (at: { threadId: string; version: number }) => Promise<T>

async function step<T>(who: Person, threadId: string, does: Does<T>): Promise<T> {
  return does(await threadNow(who, threadId))
}

const decides = (who: Person, threadId: string, decision: Decision) =>
  step(who, threadId, (at) => who.act((db, actor) => decide(db, actor, at, decision)))
const undoes = (who: Person, threadId: string) =>
  step(who, threadId, (at) => who.act((db, actor) => undo(db, actor, at)))
const reopens = (who: Person, threadId: string, why = 'A place is free after all.') =>
  step(who, threadId, (at) => who.act((db, actor) => reopenThread(db, actor, at, why)))
const ends = (who: Person, threadId: string) =>
  step(who, threadId, (at) =>
    who.act((db, actor) => endThread(db, actor, at, { outcome: 'partly', words: '' })),
  )
const kinds = async (who: Person, threadId: string) =>
  (await who.act((db) => eventsOf(db, who.partyId, threadId))).map((event) => event.kind)
const state = async (who: Person, threadId: string) => (await threadOf(who, threadId))?.state
const reads = (who: Person, threadId: string) => who.act((db, actor) => openThreadFile(db, actor, threadId))

describe('undoing what was done a moment ago', () => {
  test('nobody read it: both stand where they stood, with date and place, and both keep that it happened', async () => {
    const { threadId } = await sendReferral(sender, recipient)
    await decides(recipient, threadId, wait)
    const [mine, theirs] = [await threadOf(recipient, threadId), await threadOf(sender, threadId)]
    await decides(recipient, threadId, no)
    expect(await undoes(recipient, threadId)).toMatchObject({ state: 'waiting' })
    for (const [who, before] of [
      [recipient, mine],
      [sender, theirs],
    ] as const) {
      const now = await threadOf(who, threadId)
      expect(now).toMatchObject({
        state: 'waiting',
        place: 4,
        expected_at: before?.expected_at,
        due_at: before?.due_at,
      })
      expect(await kinds(who, threadId)).toEqual(['request', 'decision', 'decision', 'undone'])
    }
    const sent = await sender.act((db) =>
      db
        .selectFrom('envelopes.incoming')
        .select(['id', 'state'])
        .where('thread_id', '=', threadId)
        .orderBy('id')
        .execute(),
    )
    expect(sent.map((row) => row.state)).toEqual(['waiting', 'ended'])
    const gone = await sender.act((db, actor) => openIncoming(db, actor, sent.at(-1)?.id ?? ''))
    expect(gone).toEqual({ refused: 'no-longer-shared' })
    // Once: what was before was done before.
    expect(await undoes(recipient, threadId)).toEqual({ refused: 'nothing-to-undo' })
    expect(await decides(recipient, threadId, yes)).toMatchObject({ state: 'accepted' })
    expect(await state(sender, threadId)).toBe('accepted')
  })

  test('read, answered, too late or another’s: nothing is changed', async () => {
    const { threadId } = await sendReferral(sender, recipient)
    const colleague = await world.join(recipient, 'Cora', ['worker'])
    await decides(recipient, threadId, no)
    expect(await undoes(colleague, threadId)).toEqual({ refused: 'nothing-to-undo' })
    expect(await undoes(sender, threadId)).toEqual({ refused: 'nothing-to-undo' })
    await reads(sender, threadId)
    expect(await undoes(recipient, threadId)).toEqual({ refused: 'undo-was-read' })
    expect(await state(sender, threadId)).toBe('declined')
    const second = await sendReferral(sender, recipient)
    await step(recipient, second.threadId, (at) =>
      recipient.act((db, actor) => askQuestion(db, actor, at, { text: 'When?', ringBack: person })),
    )
    await step(sender, second.threadId, (at) =>
      sender.act((db, actor) => giveAnswer(db, actor, at, 'At ten.')),
    )
    expect(await undoes(recipient, second.threadId)).toEqual({ refused: 'nothing-to-undo' })
    const third = await sendReferral(sender, recipient)
    await decides(recipient, third.threadId, yes)
    await world.owner
      .updateTable('referrals.event')
      .set({ at: sql<Date>`at - interval '16 minutes'` })
      .where('thread_id', '=', third.threadId)
      .execute()
    expect(await undoes(recipient, third.threadId)).toEqual({ refused: 'undo-too-late' })
    expect(await state(recipient, third.threadId)).toBe('accepted')
  })

  test.each(['nothing', 'received'] as const)(
    'with %s coming back, undoing tells the sender no more than the release lets',
    async (level: BackLevel) => {
      const { threadId } = await sendReferral(sender, recipient, level)
      await step(sender, threadId, (at) =>
        sender.act((db, actor) => recordMet(db, actor, at, { on: '2026-12-01', words: '' })),
      )
      await reads(recipient, threadId)
      const refused = level === 'nothing' ? 'undo-untold' : 'undo-was-read'
      expect(await undoes(sender, threadId)).toEqual({ refused })
      // What is kept on the side that was asked is undone there alone.
      const other = await sendReferral(sender, recipient, level)
      await decides(recipient, other.threadId, yes)
      const before = await kinds(sender, other.threadId)
      expect(await undoes(recipient, other.threadId)).toMatchObject({ state: 'received' })
      expect(await kinds(sender, other.threadId)).toEqual(before)
    },
  )
})

describe('opening again', () => {
  test('after a no, from either side: received again on both, with why', async () => {
    for (const who of [sender, recipient]) {
      const { threadId } = await sendReferral(sender, recipient)
      await decides(recipient, threadId, no)
      expect(await reopens(who, threadId)).toMatchObject({ state: 'received', reached: 'delivered' })
      for (const each of [sender, recipient]) expect(await state(each, threadId)).toBe('received')
      const other = who === sender ? recipient : sender
      const file = await reads(other, threadId)
      expect(file?.pieces.at(-1)?.letter).toEqual({ about: 'reopened', why: 'A place is free after all.' })
      expect(await decides(recipient, threadId, yes)).toMatchObject({ state: 'accepted' })
    }
  })

  test('after an end, and of a question without a name', async () => {
    const { threadId } = await sendReferral(sender, recipient)
    await decides(recipient, threadId, yes)
    await ends(recipient, threadId)
    expect(await reopens(sender, threadId)).toMatchObject({ state: 'received' })
    expect(await state(recipient, threadId)).toBe('received')
    const asked = await sendAsk(sender, recipient)
    await decides(recipient, asked.threadId, no)
    expect(await reopens(recipient, asked.threadId)).toMatchObject({ reached: 'delivered' })
    expect(await state(sender, asked.threadId)).toBe('received')
  })

  test('an end that was never told is not given away by opening again', async () => {
    const { threadId } = await sendReferral(sender, recipient, 'decision-and-place')
    await decides(recipient, threadId, yes)
    await ends(recipient, threadId)
    const before = await kinds(sender, threadId)
    expect(await reopens(recipient, threadId)).toMatchObject({ state: 'received', reached: 'kept' })
    expect(await state(sender, threadId)).toBe('accepted')
    expect(await kinds(sender, threadId)).toEqual(before)
  })

  test('what the person took back is never opened again', async () => {
    const { threadId, releaseId, key } = await sendReferral(sender, recipient)
    await decides(recipient, threadId, no)
    await sender.act((db, actor) => withdrawUnder(db, actor, { id: releaseId, of: key }, 'spoken'))
    expect(await reopens(sender, threadId)).toEqual({ refused: 'not-now', state: 'withdrawn' })
    expect(await reopens(recipient, threadId)).toEqual({ refused: 'no-longer-shared' })
  })
})
