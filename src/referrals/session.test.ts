import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { backLevels, ownCopyCells } from '#envelopes'
import { closeForTeam } from '#people'
import { releaseCells } from '#releases'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendReferral, threadNow, threadOf } from '../../test/world/referrals.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'
import { decide } from './decide.actions.ts'
import { openThreadFile } from './file.actions.ts'
import { askedAfter, sessionsFor, writeSession } from './session.actions.ts'
import { SessionBody } from './session.ts'
import { takeIntoRecord } from './take.actions.ts'
import { threadCells } from './thread-cells.actions.ts'
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

const person = { name: 'Kim', phone: '01632 960200', cover: '' }
const missed = SessionBody.parse({
  went: 'not-attended',
  on: '2026-11-20',
  barriers: ['interference'],
  words: 'canary words',
})

async function accepted(level: (typeof backLevels)[number] = 'outcome') {
  const sent = await sendReferral(sender, recipient, level)
  const at = await threadNow(recipient, sent.threadId)
  await recipient.act((db, actor) =>
    decide(db, actor, at, { about: 'accepted', startsOn: '2026-12-01', person, first: null, note: '' }),
  )
  return sent.threadId
}

const writes = async (threadId: string, session: SessionBody) => {
  const at = await threadNow(recipient, threadId)
  return recipient.act((db, actor) => writeSession(db, actor, at, session))
}
const kept = async (who: Person, threadId: string) => {
  const row = await threadOf(who, threadId)
  return who.act((db, actor) => sessionsFor(db, actor, { id: threadId, caseId: row?.case_id ?? null }))
}

describe('a session', () => {
  test('that took place begins what was agreed; one that did not changes nothing and ends nothing', async () => {
    const threadId = await accepted()
    expect(await writes(threadId, { ...missed, barriers: [] })).toEqual({ refused: 'barriers-missing' })
    expect(await writes(threadId, missed)).toMatchObject({ state: 'accepted' })
    expect(await writes(threadId, { ...missed, went: 'attended', barriers: [] })).toMatchObject({
      state: 'started',
    })
    for (const who of [sender, recipient]) expect((await threadOf(who, threadId))?.state).toBe('started')
    expect((await kept(recipient, threadId)).map((each) => each.went)).toEqual(['attended', 'not-attended'])
    expect(await kept(sender, threadId)).toEqual([])
  })

  test.each(backLevels)('with %s coming back, the sender hears of it as far as that lets', async (level) => {
    const threadId = await accepted(level)
    await writes(threadId, missed)
    await writes(threadId, { ...missed, barriers: ['transport'], words: 'Buses stop at six.', tell: true })
    const file = await sender.act((db, actor) => openThreadFile(db, actor, threadId))
    const told = (file?.pieces ?? []).filter((piece) => piece.kind === 'session').map((each) => each.letter)
    const page = await (await served.get(`/referrals/${threadId}`, sender)).text()
    expect(page).not.toContain('canary words')
    expect(told).toEqual(
      level === 'outcome'
        ? [
            {
              about: 'session',
              went: 'not-attended',
              on: '2026-11-20',
              movedTo: null,
              barriers: [],
              words: '',
            },
            {
              about: 'session',
              went: 'not-attended',
              on: '2026-11-20',
              movedTo: null,
              barriers: ['transport'],
              words: 'Buses stop at six.',
            },
          ]
        : [],
    )
    expect(page.includes('Buses stop at six.')).toBe(level === 'outcome')
  })

  test('nobody asked yet: the page says so, and what is said later is kept over the version that was read', async () => {
    const threadId = await accepted()
    await writes(threadId, { ...missed, barriers: ['not-asked-yet'], words: '' })
    const page = await (await served.get(`/referrals/${threadId}`, recipient)).text()
    expect(page).toContain('Nobody could ask yet what got in the way. Ask at a safe time')
    const [session] = await kept(recipient, threadId)
    if (session === undefined) throw new Error('no session')
    const at = { threadId, id: session.id, version: session.version }
    const says = (barriers: SessionBody['barriers']) =>
      recipient.act((db, actor) => askedAfter(db, actor, at, { barriers, words: '' }))
    expect(await says([])).toEqual({ refused: 'barriers-missing' })
    expect(await says(['not-safe-then'])).toEqual({ done: true })
    expect(await says(['money'])).toEqual({ refused: 'session-changed' })
    const after = await (await served.get(`/referrals/${threadId}`, recipient)).text()
    expect(after).toContain('This can be the abuse, not the person’s will.')
    expect(after).not.toContain('Nobody could ask yet what got in the way.')
  })

  test('follows the thread into the record and under a new key, and goes when it is undone', async () => {
    const threadId = await accepted()
    await writes(threadId, missed)
    const taken = await recipient.act(async (db, actor) =>
      takeIntoRecord(db, actor, await threadNow(recipient, threadId), [0]),
    )
    if ('refused' in taken) throw new Error(taken.refused)
    expect(await kept(recipient, threadId)).toMatchObject([missed])
    await world.join(recipient, 'Piers', ['privacy-lead'])
    const closed = await recipient.act((db, actor) =>
      closeForTeam(db, actor, taken.caseId, { cells: [threadCells, ownCopyCells, releaseCells] }),
    )
    expect(closed).not.toHaveProperty('refused')
    expect(await kept(recipient, threadId)).toMatchObject([missed])
    await writes(threadId, { ...missed, on: '2026-11-21' })
    expect(await kept(recipient, threadId)).toHaveLength(2)
    const at = await threadNow(recipient, threadId)
    expect(await recipient.act((db, actor) => undo(db, actor, at))).toMatchObject({ state: 'accepted' })
    expect(await kept(recipient, threadId)).toMatchObject([missed])
  })
})
