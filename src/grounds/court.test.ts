import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { addNote, closeForTeam, onHold } from '#people'

import type { Person } from '../../test/world/agencies.ts'
import {
  answeredPaper,
  beginOn,
  type GroundPlace,
  groundNow,
  groundWords,
  order,
  paper,
  stepOn,
} from '../../test/world/grounds.ts'
import { caseWith } from '../../test/world/sending.ts'
import { type SendingWorld, sendingWorld } from '../../test/world/sending-world.ts'
import { groundCells } from './ground.actions.ts'
import { disclosuresOf } from './disclosure.rules.ts'

let at: SendingWorld
let lead: Person
let worker: Person
let stranger: Person

beforeAll(async () => {
  at = await sendingWorld()
  lead = at.advocate
  worker = await at.world.join(lead, 'Worker', ['worker'])
  stranger = at.clinician
})
afterAll(() => at?.world.close())

const begun = async (who = worker) => beginOn(at.served, who, (await caseWith(who)).caseId, 'paper', paper)
const answered = async () => answeredPaper(at.served, worker, (await caseWith(worker)).caseId)
const step = (
  place: GroundPlace,
  rest: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
  who = lead,
) => stepOn(at.served, who, place, rest, fields, lead)

async function courtNow(place: GroundPlace) {
  const ground = await groundNow(lead, place)
  if (ground.body.kind !== 'court') throw new Error('another ground')
  return { ...ground, body: ground.body }
}

describe('a paper from a court', () => {
  test('locks the case’s print-out from the moment it came until the end, and the attempt is in the ledger', async () => {
    const one = await begun()
    const print = () => at.served.get(`/cases/${one.caseId}/print?sure=text`, worker)
    const locked = await print()
    expect(locked.status).toBe(409)
    const text = await locked.text()
    expect(text).toContain('rule court-4')
    expect(text).not.toContain('Sleep through the night')
    const held = await worker.act((db, actor) => onHold(db, actor.partyId, one.caseId))
    expect(held).toBe(true)
    expect((await step(one, '', { act: 'end', why: 'quashed' })).status).toBe(303)
    const open = await print()
    expect(open.status).toBe(200)
    expect(await open.text()).toContain('Sleep through the night')
    const seen = await (await at.served.get(`/cases/${one.caseId}/seen`, worker)).text()
    expect(seen).toContain('Refused: the case, to print or paste, rules court-4')
  })

  test('lets no step be skipped: a judge’s order before the answer is refused, by a lead too', async () => {
    const one = await begun()
    const early = await step(one, '/order', { act: 'order', ...order, items: ['attendance'] })
    // There is no such page yet; the paper's own page says what comes next.
    expect(early.status).toBe(303)
    expect((await courtNow(one)).body.order).toBeNull()
    const wrong = await step(one, '', { act: 'answer', made: 'no', words: 'Too early' })
    expect(wrong.status).toBe(409)
    expect(await wrong.text()).toContain('rule court-1')
  })

  test('sends exactly what the order names, word for word, and lists it for the person', async () => {
    const one = await answered()
    await worker.act((db, actor) => addNote(db, actor, one.caseId, 'Canary note in the order.'))
    await worker.act((db, actor) => addNote(db, actor, one.caseId, 'Canary note that stays.'))
    const page = await (await at.served.get(`${one.path}/order`, lead)).text()
    const named = /value="(note~[^"]+)"(?:(?!<\/div>).)*?Canary note in the order/s
    const keys = [...page.matchAll(/value="(note~[^"]+)"/g)].map(([, key = '']) => key)
    expect(keys).toHaveLength(2)
    expect(page).toMatch(named)
    const [newest = '', older = ''] = keys
    // Notes stand newest first.
    expect((await step(one, '/order', { act: 'order', ...order, items: [older, 'attendance'] })).status).toBe(
      303,
    )
    const cheat = await step(one, '/order', { act: 'send', items: [older, newest] })
    expect(cheat.status).toBe(409)
    expect(await cheat.text()).toContain('rule court-2')
    expect((await courtNow(one)).body.gone).toBeNull()
    expect((await step(one, '/order', { act: 'send', items: [older] })).status).toBe(303)
    const asked = await (await at.served.get(`${one.path}/copy`, lead)).text()
    expect(asked).toContain('Who could find it on a printer or a desk?')
    expect(asked).not.toContain('Canary')
    const copy = await (await at.served.get(`${one.path}/copy?sure=yes`, lead)).text()
    expect(copy).toContain('Canary note in the order.')
    for (const word of ['Canary note that stays', 'Rowan', 'Dane', '07700', 'Sleep through']) {
      expect(copy).not.toContain(word)
    }
    const { body, ...ground } = await courtNow(one)
    expect(disclosuresOf(groundWords, [{ ...ground, body }])).toMatchObject([
      { to: 'Northmere County Court', rules: ['uk-52'], told: { state: 'told' } },
    ])
  })

  test('does not go while nobody has read whether the law of the place wants the person told, and only a reason stands', async () => {
    const one = await begun()
    const later = { 'again-day': '28', 'again-month': '11', 'again-year': '2026' }
    for (const [rest, fields] of [
      ['', { act: 'counsel', who: 'Legal helpline' }],
      ['/told', { answer: 'not-yet', reason: 'Nobody picks up.', ...later }],
      ['', { act: 'answer', made: 'yes', words: 'Filed on Monday' }],
      ['/order', { act: 'order', ...order, items: ['attendance'] }],
    ] as const)
      expect((await step(one, rest, fields)).status).toBe(303)
    // What was read before somebody else wrote is not written over.
    const { version } = await courtNow(one)
    const stale = { answer: 'not-yet', reason: 'Still not.', ...later, version: String(version - 1) }
    expect((await at.served.post(`${one.path}/told`, stale, lead)).status).toBe(409)
    const early = await step(one, '/order', { act: 'send', items: ['attendance'] })
    expect(early.status).toBe(409)
    expect(await early.text()).toContain('rule court-5')
    expect((await courtNow(one)).body.gone).toBeNull()
    expect((await step(one, '/told', { answer: 'face-to-face' })).status).toBe(303)
    expect((await step(one, '/order', { act: 'send', items: ['attendance'] })).status).toBe(303)
    expect((await courtNow(one)).body.gone).not.toBeNull()
  })

  test('lets nothing go to whoever causes harm by an order that does not name them as its reader', async () => {
    const one = await answered()
    const other = { ...order, role: 'OPR', name: 'Dane Vale' }
    expect((await step(one, '/order', { act: 'order', ...other, items: ['attendance'] })).status).toBe(303)
    const tried = await step(one, '/order', { act: 'send', items: ['attendance'] })
    expect(tried.status).toBe(409)
    expect(await tried.text()).toContain('rule court-2')
    expect((await courtNow(one)).body.gone).toBeNull()
  })

  test('lets two who make the copy at once make one', async () => {
    const one = await answered()
    await step(one, '/order', { act: 'order', ...order, items: ['attendance'] })
    const { version } = await courtNow(one)
    const fields = { version: String(version), act: 'send', items: ['attendance'] }
    const both = await Promise.all([1, 2].map(() => at.served.post(`${one.path}/order`, fields, lead)))
    const landed = both.map((each) => [each.status, each.headers.get('location')?.split('/').at(-1) ?? ''])
    expect(landed.filter(([, place]) => place === 'copy')).toHaveLength(1)
    const lines = await lead.act((db) =>
      db
        .selectFrom('ledger.entry')
        .select('id')
        .where('kind', '=', 'ground.shared')
        .where('case_id', '=', one.caseId)
        .execute(),
    )
    expect(lines).toHaveLength(1)
  })

  test('keeps the order and the copy to privacy leads; to others and to other agencies they are not there', async () => {
    const one = await answered()
    for (const who of [worker, stranger]) {
      expect((await at.served.get(`${one.path}/order`, who)).status).toBe(404)
      expect((await step(one, '/order', { act: 'order', ...order, items: ['attendance'] }, who)).status).toBe(
        404,
      )
    }
    const missing = await (
      await at.served.get('/cases/00000000-0000-7000-8000-000000000000/grounds', stranger)
    ).text()
    for (const path of [one.path, `/cases/${one.caseId}/grounds`]) {
      const answer = await at.served.get(path, stranger)
      expect([answer.status, await answer.text()]).toEqual([404, missing])
    }
  })

  test('goes along when the case is closed for its team', async () => {
    const one = await begun(lead)
    await lead.act((db, actor) => closeForTeam(db, actor, one.caseId, { cells: [groundCells] }))
    expect((await courtNow(one)).body.request.from).toBe('Marsh and Reed')
  })

  test('says at the field what is missing, and keeps what was typed', async () => {
    const { caseId } = await caseWith(worker)
    const { from: _from, ...rest } = paper
    const said = await at.served.post(
      `/cases/${caseId}/grounds/paper`,
      { ...rest, from: '', 'due-day': '31', 'due-month': '2' },
      worker,
    )
    expect(said.status).toBe(422)
    const text = await said.text()
    expect(text).toContain('Say who sends it.')
    expect(text).toContain('Any and all records')
    expect(text).toContain('value="31"')
  })
})
