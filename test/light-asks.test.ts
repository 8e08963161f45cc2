import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { importDirectory } from '#directory'
import { writeOffice } from '#parties'
import { openThreadFile } from '#referrals'

import { callOff } from '../src/referrals/call-off.actions.ts'
import { noReasons } from '../src/referrals/no-reasons.actions.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { atOffice, linkOf, madeLink, say, serviceOf, waysIn } from './world/light.ts'
import { sendAsk, threadOf } from './world/referrals.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let school: Person
let office: { readonly partyId: string }
const always = { since: new Date('2000-01-01'), until: new Date('2100-01-01') }

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  const text = readFileSync(new URL('../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  await world.owner.transaction().execute((db) => importDirectory(db, text))
  school = await world.found('Hill School', 'education', ['agency-administrator', 'worker', 'lead'])
  const { organizationId } = await serviceOf(world, 'Harbour Voices')
  const written = await school.act((db, actor) =>
    writeOffice(db, actor, organizationId, 'office@harbour.example'),
  )
  if (written === null) throw new Error('Harbour Voices has an account.')
  office = { partyId: written.officeId }
})
afterAll(() => world?.close())

test('a no from an office without an account is counted where it was asked, and nowhere else', async () => {
  const { threadId } = await sendAsk(school, office)
  const browser = await atOffice(served, await madeLink(world, served, school, threadId))
  const no = { reason: 'no-room', next: 'nowhere', who: 'Our advice line', name: 'Robin Marsh', sentence: '' }
  expect((await say(browser, 'no', no)).status).toBe(200)
  expect((await threadOf(school, threadId))?.state).toBe('declined')
  const { counts } = await school.act((db, actor) => noReasons(db, actor, { side: 'from', ...always }))
  expect(counts).toEqual([{ reason: 'no-room', count: 1 }])
  // An office has nobody who counts.
  const rows = await world.owner.selectFrom('referrals.answer_count').select('party_id').execute()
  expect(rows).toEqual([{ party_id: school.partyId }])
})

test('a question to an office is called off like any other, and its link with it', async () => {
  const { threadId } = await sendAsk(school, office)
  const browser = await atOffice(served, await madeLink(world, served, school, threadId))
  expect((await browser.get('/letter')).status).toBe(200)
  expect(await school.act((db, actor) => callOff(db, actor, [threadId]))).toBe(1)
  const states = await world.owner
    .selectFrom('referrals.thread')
    .select('state')
    .where('id', '=', threadId)
    .execute()
  expect(states).toEqual([{ state: 'ended' }, { state: 'ended' }])
  const file = await school.act((db, actor) => openThreadFile(db, actor, threadId))
  expect(file?.pieces.at(-1)?.letter).toEqual({ about: 'not-needed' })
  expect([(await linkOf(school, threadId)).state, await waysIn(world, threadId)]).toEqual([
    'ended',
    { wraps: 0, bearers: 0 },
  ])
  expect((await browser.get('/letter')).status).toBe(410)
  // Said twice, nothing more goes.
  expect(await school.act((db, actor) => callOff(db, actor, [threadId]))).toBe(0)
})
