import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type BackLevel, backLevels, type ThreadState } from '#envelopes'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendReferral, threadNow, threadOf } from '../../test/world/referrals.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'
import type { ThreadAt } from './act.actions.ts'
import {
  askQuestion,
  decide,
  endThread,
  recordIntroduction,
  recordMet,
  reopenThread,
} from './decide.actions.ts'
import { openThreadFile } from './file.actions.ts'
import { writeSession } from './session.actions.ts'
import { takeIntoRecord } from './take.actions.ts'
import { undo } from './undo.actions.ts'

let world: TestWorld
let served: Served
let sender: Person
let recipient: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  sender = await world.found('Harbour Advocacy', 'domestic-abuse')
  recipient = await world.found('Hill Clinic', 'mental-health')
  await world.pair(sender, recipient)
})
afterAll(() => world.close())

const person = { name: 'Canary Kim', phone: '01632 960200', cover: '' }

/** What the recipient can do, each with the word by which a page would give it away. */
const acts = {
  look: (db: Tx, actor: Actor, at: ThreadAt) => openThreadFile(db, actor, at.threadId),
  question: (db: Tx, actor: Actor, at: ThreadAt) =>
    askQuestion(db, actor, at, { text: 'canary-question', ringBack: person }),
  accept: (db: Tx, actor: Actor, at: ThreadAt) =>
    decide(db, actor, at, {
      about: 'accepted',
      startsOn: '2026-12-01',
      person,
      first: null,
      note: 'canary-decision',
    }),
  wait: (db: Tx, actor: Actor, at: ThreadAt) =>
    decide(db, actor, at, {
      about: 'waiting',
      place: 77,
      expectedOn: '2026-12-24',
      person,
      note: 'canary-decision',
    }),
  decline: (db: Tx, actor: Actor, at: ThreadAt) =>
    decide(db, actor, at, {
      about: 'declined',
      reason: 'area',
      sentence: 'canary-decision',
      next: [{ serviceId: '', name: 'Our advice line', phone: '' }],
      person,
    }),
  introduce: (db: Tx, actor: Actor, at: ThreadAt) =>
    recordIntroduction(db, actor, at, {
      at: '2026-12-05T10:00:00Z',
      where: 'canary-contact',
      whoGoesAlong: '',
    }),
  met: (db: Tx, actor: Actor, at: ThreadAt) =>
    recordMet(db, actor, at, { on: '2026-12-05', words: 'canary-contact' }),
  end: (db: Tx, actor: Actor, at: ThreadAt) =>
    endThread(db, actor, at, { outcome: 'helped', words: 'canary-outcome' }),
  reopen: (db: Tx, actor: Actor, at: ThreadAt) => reopenThread(db, actor, at, 'canary-decision'),
  session: (db: Tx, actor: Actor, at: ThreadAt) =>
    writeSession(db, actor, at, {
      went: 'attended',
      on: '2026-12-05',
      movedTo: '2026-12-12',
      barriers: ['transport'],
      words: 'canary-outcome',
      tell: true,
    }),
  undo: (db: Tx, actor: Actor, at: ThreadAt) => undo(db, actor, at),
  take: (db: Tx, actor: Actor, at: ThreadAt) => takeIntoRecord(db, actor, at, [0]),
} as const
type Act = keyof typeof acts

/** What each level lets through, on top of what lies below it. */
const lets: Readonly<
  Record<
    BackLevel,
    { readonly states: readonly ThreadState[]; readonly kinds: readonly string[]; readonly canary: string }
  >
> = {
  nothing: { states: ['sent'], kinds: [], canary: '' },
  received: { states: ['received', 'question'], kinds: ['question'], canary: 'canary-question' },
  'decision-and-place': {
    states: ['waiting', 'accepted', 'declined'],
    kinds: ['decision', 'reopening'],
    canary: 'canary-decision',
  },
  'first-contact': { states: ['started', 'met'], kinds: ['introduction'], canary: 'canary-contact' },
  outcome: { states: ['ended'], kinds: ['outcome', 'session'], canary: 'canary-outcome' },
}

test.each(backLevels)(
  'with %s, no sequence of acts shows the sender more: not in a row, not on a page',
  async (level) => {
    const order = fc.array(fc.constantFrom(...(Object.keys(acts) as Act[])), { minLength: 4, maxLength: 9 })
    const runs = process.env['ANYDOOR_PROVE'] ? 60 : 5
    await fc.assert(
      fc.asyncProperty(order, async (sequence) => {
        const { threadId } = await sendReferral(sender, recipient, level)
        for (const act of sequence) {
          const at = await threadNow(recipient, threadId)
          await recipient.act<unknown>((db, actor) => acts[act](db, actor, at))
          await senderSeesAtMost(level, threadId)
        }
        const page = await (await served.get(`/referrals/${threadId}`, sender)).text()
        expect(page).toContain('Ash')
        for (const [other, { canary }] of Object.entries(lets))
          if (backLevels.indexOf(other as BackLevel) > backLevels.indexOf(level))
            expect(page).not.toContain(canary)
      }),
      { seed: 8, numRuns: runs, endOnFailure: true },
    )
  },
)

async function senderSeesAtMost(level: BackLevel, threadId: string): Promise<void> {
  const upTo = backLevels.slice(0, backLevels.indexOf(level) + 1)
  const row = await threadOf(sender, threadId)
  expect(upTo.flatMap((each) => lets[each].states)).toContain(row?.state)
  const hearsDecisions = upTo.includes('decision-and-place')
  if (!hearsDecisions) expect([row?.place, row?.expected_at]).toEqual([null, null])
  const seen = await sender.act(async (db) => ({
    kinds: await db
      .selectFrom('envelopes.incoming')
      .select('kind')
      .where('thread_id', '=', threadId)
      .execute(),
    events: await db
      .selectFrom('referrals.event')
      .select(['kind', 'actor_id'])
      .where('thread_id', '=', threadId)
      .execute(),
  }))
  const kinds = upTo.flatMap((each) => lets[each].kinds)
  for (const { kind } of seen.kinds) expect(kinds).toContain(kind)
  const told = seen.events.filter((event) => event.actor_id === null).map((event) => event.kind)
  for (const kind of told)
    expect([...kinds, ...(level === 'nothing' ? [] : ['received', 'undone'])]).toContain(kind)
}
