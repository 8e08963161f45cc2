import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'
import { addNote, openFile, placeHold, liftHold, closeForTeam } from '#people'

import { asksOf } from '../src/asks/ask.store.ts'
import { askCells } from '../src/asks/ask.actions.ts'
import { endCaseOf } from './world/closing.ts'
import { caseWith, send, walkToSend } from './world/sending.ts'
import { newest, type SendingWorld, sendingWorld } from './world/sending-world.ts'

let at: SendingWorld
let caseId: string
let survivor: string
let harm: string
let draft: string

const cases = (id: string, rest: string) => `/cases/${id}/${rest}`
const last = (answer: Response) => answer.headers.get('location')?.split('/').at(-1) ?? ''

beforeAll(async () => {
  at = await sendingWorld()
  ;({ caseId, survivor, harm } = await caseWith(at.advocate))
  ;({ draft } = await walkToSend(at.served, at.advocate, caseId, at.talking))
  await send(at.served, at.advocate, caseId, draft)
  await at.advocate.act((db, actor) => addNote(db, actor, caseId, 'Rowan rang, all is calm.'))
  await at.advocate.act((db, actor) => addNote(db, actor, caseId, 'Ivy told the teacher about the door.'))
})
afterAll(() => at?.world.close())

async function post(path: string, fields: Readonly<Record<string, string | readonly string[]>>) {
  const answer = await at.served.post(path, fields, at.advocate)
  return { answer, status: answer.status, text: await answer.clone().text() }
}

describe('what was shared and who looked', () => {
  const ask = (fields: Readonly<Record<string, string>>) => post(cases(caseId, 'asks/account'), fields)

  test('us-T42: nothing is shown before the question whether it is safe, nor after a no', async () => {
    const before = await (await at.served.get(cases(caseId, 'asks/account'), at.advocate)).text()
    expect(before).not.toContain('Hill Clinic')
    const no = await ask({ safe: 'no', how: 'show' })
    expect(no.text).not.toContain('Hill Clinic')
    expect(no.text).toContain('Nothing was shown')
    expect((await ask({})).status).toBe(422)
  })

  test('it names agencies, things, grounds and roles, and no worker', async () => {
    const { text, status } = await ask({ safe: 'alone', how: 'show' })
    expect(status).toBe(200)
    expect(text).toContain('Hill Clinic')
    expect(text).toContain('So that I do not have to tell it all again')
    expect(text).toContain('Privacy lead')
    expect(text).not.toContain('Person 1')
    expect(text).toContain('They can open it until')
    expect(text).not.toContain('Dane')
  })

  test('paper is asked for twice, and refused where safe contact says no', async () => {
    expect((await ask({ safe: 'alone', how: 'print' })).text).toContain('Ask once more')
    expect((await ask({ safe: 'alone', how: 'print', sure: 'yes' })).text).toContain('Hill Clinic')
    const other = await caseWith(at.advocate, { name: 'Kim Ash' })
    await sql`delete from people.sheet where case_id = ${other.caseId} and kind = 'contact'`.execute(
      at.world.owner,
    )
    const refused = await post(cases(other.caseId, 'asks/account'), {
      safe: 'alone',
      how: 'print',
      sure: 'yes',
    })
    expect(refused.status).toBe(409)
  })

  test('us-U8, us-U29: the page’s title tells nothing', async () => {
    const { text } = await ask({ safe: 'alone', how: 'print', sure: 'yes' })
    const title = /<title>([^<]*)</.exec(text)?.[1] ?? ''
    expect(title).not.toMatch(/shared|looked|Anydoor|abuse/i)
  })
})

describe('a file', () => {
  test('us-68: never for whoever is named as causing harm, also when the form is made by hand', async () => {
    const page = await (await at.served.get(cases(caseId, 'asks/file'), at.advocate)).text()
    expect(page).toContain(survivor)
    expect(page).not.toContain(harm)
    const said = await post(cases(caseId, 'asks/file'), { who: harm, how: 'spoken' })
    expect(said.status).toBe(422)
    expect(said.text).toContain('rule 68')
  })

  test('others are out until there is a reason; what belongs to whoever causes harm stays out', async () => {
    const made = await post(cases(caseId, 'asks/file'), { who: survivor, how: 'spoken' })
    expect(made.status).toBe(303)
    const id = last(made.answer)
    const picks = await (await at.served.get(cases(caseId, `asks/file/${id}`), at.advocate)).text()
    expect(picks).toContain('one month from the day it was asked. That is a setting of this program.')
    expect(picks).toContain('(rule uk-access-month)')
    const give = cases(caseId, `asks/file/${id}/give`)
    const first = await post(give, { safe: 'alone', how: 'show' })
    expect(first.text).toContain('all is calm')
    expect(first.text).not.toContain('Ivy')
    expect(first.text).not.toContain('Dane')
    expect(first.text).toContain('it tells of somebody else')
    const ivy = /name="in-(note~[0-9a-f-]{36})"/.exec(picks)?.[1] ?? ''
    const harmful = { [`in-card~${harm}`]: 'Because', key: [ivy, `card~${harm}`, 'needs'] }
    const decided = await post(cases(caseId, `asks/file/${id}`), {
      ...harmful,
      [`in-${ivy}`]: 'Ivy is with the person and agrees.',
      'out-needs': 'privilege',
    })
    expect(decided.status).toBe(303)
    const second = await post(give, { safe: 'alone', how: 'show' })
    expect(second.text).toContain('Ivy told the teacher')
    expect(second.text).not.toContain('Dane')
    expect(second.text).not.toContain('Sleep through the night</p>')
    expect(second.text).toContain('it is protected by legal privilege')
    const data = await post(cases(caseId, `asks/file/${id}/data`), { safe: 'alone' })
    const file = JSON.parse(data.text) as { entries: { text: string }[]; leftOut: { ground: string }[] }
    expect(file.entries.some((entry) => entry.text.includes('all is calm'))).toBe(true)
    expect(data.text).not.toContain('Dane')
    expect(file.leftOut.map((each) => each.ground)).toContain('it is protected by legal privilege')
  })
})

describe('a correction', () => {
  async function corrected(answer: 'agreed' | 'refused') {
    const wrong = { part: 'needs', says: 'Sleep through the night', should: 'Sleep late', how: 'spoken' }
    const made = await post(cases(caseId, 'asks/correction'), wrong)
    const id = last(made.answer)
    const page = cases(caseId, `asks/correction/${id}`)
    await post(page, { answer, reason: 'We heard it so.', statement: 'I never said night.' })
    return { id, page }
  }

  test('stands beside the answer and is told by an envelope of its own', async () => {
    const { page } = await corrected('refused')
    const before = await newest(at.clinician)
    const waits = await (await at.served.get(page, at.advocate)).text()
    expect(waits).toContain('I never said night.')
    expect(waits).toContain(draft)
    await post(`${page}/tell`, { tell: caseId })
    expect(await newest(at.clinician)).toBe(before)
    expect((await post(`${page}/tell`, { tell: draft })).status).toBe(303)
    const arrived = await newest(at.clinician)
    expect(arrived).not.toBe(before)
    expect(await at.clinician.act((db, actor) => openIncoming(db, actor, arrived))).toMatchObject({
      kind: 'correction',
      body: { about: 'correction', changed: false, statement: 'I never said night.' },
    })
    const told = await (await at.served.get(page, at.advocate)).text()
    expect(told).toContain('Hill Clinic was told')
    expect(told).not.toContain(draft)
  })

  test('about what the release does not list tells nobody, also when the form is made by hand (rule 6)', async () => {
    const wrong = { part: 'other', says: 'Something', should: 'Something else', how: 'spoken' }
    const made = await post(cases(caseId, 'asks/correction'), wrong)
    const page = cases(caseId, `asks/correction/${last(made.answer)}`)
    await post(page, { answer: 'agreed', reason: 'Yes.', statement: '' })
    const before = await newest(at.clinician)
    await post(`${page}/tell`, { tell: draft })
    expect(await newest(at.clinician)).toBe(before)
  })

  test('after the permission is taken back nobody is told', async () => {
    const { page } = await corrected('agreed')
    const taken = await post(cases(caseId, `releases/${draft}/withdraw`), { how: 'spoken-here' })
    expect(taken.status).toBe(303)
    expect(await (await at.served.get(page, at.advocate)).text()).toContain('Nobody else is to be told')
  })
})

describe('what is due to go', () => {
  async function ended(months: number) {
    const made = await caseWith(at.advocate, { name: 'Robin Fell' })
    await endCaseOf(at.advocate, made.caseId)
    await sql`update people."case" set updated_at = now() - make_interval(months => ${months}) where id = ${made.caseId}`.execute(
      at.world.owner,
    )
    return made.caseId
  }
  const decide = (id: string, decision: string) =>
    post(cases(id, 'retention'), {
      field: 'contact',
      'decision-contact': decision,
      'reason-contact': 'Looked at together.',
    })

  test('waits for a person; a part is destroyed, the rest stays', async () => {
    const id = await ended(4)
    expect(await (await at.served.get('/retention', at.advocate)).text()).toContain(id)
    expect((await decide(id, 'destroy')).status).toBe(303)
    const file = await at.advocate.act((db, actor) => openFile(db, actor, id))
    expect(file).toMatchObject({
      contact: null,
      situation: expect.anything(),
      danger: expect.anything(),
      survivor: { name: 'Robin Fell' },
    })
    expect(await (await at.served.get('/retention', at.advocate)).text()).not.toContain(id)
  })

  test('not before its time, and not while a hold is in force', async () => {
    expect((await decide(await ended(2), 'destroy')).status).toBe(409)
    const id = await ended(5)
    const why = { ground: 'court', reason: 'An order is pending.' } as const
    await at.advocate.act((db, actor) => placeHold(db, actor, id, why))
    await sql`update people."case" set updated_at = now() - interval '5 months' where id = ${id}`.execute(
      at.world.owner,
    )
    expect((await decide(id, 'destroy')).status).toBe(409)
    expect(await at.advocate.act((db, actor) => openFile(db, actor, id))).toMatchObject({
      contact: { printing: 'ok' },
    })
    await at.advocate.act((db, actor) => liftHold(db, actor, id, 'Over.'))
  })

  test('what is kept longer by decision is due again later', async () => {
    const id = await ended(4)
    expect((await decide(id, 'keep')).status).toBe(303)
    expect(await (await at.served.get('/retention', at.advocate)).text()).not.toContain(id)
    await sql`update asks.retention set keep_until = now() - interval '1 day' where case_id = ${id}`.execute(
      at.world.owner,
    )
    expect(await (await at.served.get('/retention', at.advocate)).text()).toContain(id)
  })
})

test('what was asked follows a case that closes under a new key', async () => {
  const cells = [askCells]
  const made = await caseWith(at.advocate, { name: 'Wren Hill' })
  const wrong = { part: 'needs', says: 'A', should: 'B', how: 'spoken' }
  await post(cases(made.caseId, 'asks/correction'), wrong)
  await at.advocate.act((db, actor) =>
    closeForTeam(db, actor, made.caseId, { team: [actor.accountId], cells }),
  )
  const asks = await at.advocate.act(async (db, actor) => {
    const file = await openFile(db, actor, made.caseId)
    return file === null ? [] : asksOf(db, file.key)
  })
  expect(asks).toMatchObject([{ body: { says: 'A' } }])
})
