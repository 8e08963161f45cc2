import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openFile } from '#people'
import { caseKeys } from '#platform/access'
import { readLines } from '#platform/ledger'

import type { Person } from './world/agencies.ts'
import { caseWith } from './world/sending.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'

let at: SendingWorld
let colleague: Person

type Fields = Readonly<Record<string, string | readonly string[]>>

const post = (path: string, fields: Fields, who: Person = at.advocate) => at.served.post(path, fields, who)
const get = async (path: string, who: Person = at.advocate) => (await at.served.get(path, who)).text()

beforeAll(async () => {
  at = await sendingWorld()
  colleague = await at.world.join(at.advocate, 'Wren Holt', ['worker'])
})
afterAll(() => at?.world.close())

const theirs = {
  who: 'theirs',
  name: 'Sam Reed',
  agency: 'Hill Clinic',
  reach: '01632 960777, mornings',
  backup: 'Jo at the desk',
  version: '0',
  then: 'case',
}

async function chosenCase(fields: Fields = theirs): Promise<string> {
  const { caseId } = await caseWith(at.advocate)
  expect((await post(`/cases/${caseId}/chosen`, fields)).status).toBe(303)
  return caseId
}

const rowan = '07700 900321'

describe('the chosen worker', () => {
  test('stands on the case, before a referral, before an ask, and before every contact as the way to the person', async () => {
    const caseId = await chosenCase()
    for (const path of ['', '/asks', `/referrals/new?service=${at.talking}`])
      expect(await get(`/cases/${caseId}${path}`)).toContain(
        'They chose to be reached through Sam Reed, Hill Clinic',
      )
    const answer = await post(`/cases/${caseId}/contact/now`, { way: 'w1' })
    const text = await answer.text()
    expect([answer.status, text.includes('01632 960777'), text.includes(rowan)]).toEqual([200, true, false])
  })

  test('is passed only with a reason and words, which that worker, the page and the ledger keep', async () => {
    const caseId = await chosenCase()
    const path = `/cases/${caseId}/contact/now`
    for (const [fields, sentence] of [
      [{ way: 'w1', step: 'pass' }, 'Say why you must reach past that worker'],
      [{ way: 'w1', step: 'pass', pass: 'children' }, 'Write what makes it necessary'],
      [{ way: 'w1', step: 'pass', why: 'Not at school today.' }, 'Not at school today.'],
    ] as const) {
      const answer = await post(path, fields)
      const text = await answer.text()
      expect([sentence, answer.status, text.includes(sentence), text.includes(rowan)]).toEqual([
        sentence,
        422,
        true,
        false,
      ])
    }
    const words = 'Ivy was not at school today.'
    const passed = await post(path, { way: 'w1', step: 'pass', pass: 'children', why: words })
    const text = await passed.text()
    // Past the worker, and no further: the one gate of safe contact decides as always.
    expect([passed.status, text.includes('They chose to be reached through')]).toEqual([200, false])
    const page = await get(`/cases/${caseId}/chosen`)
    expect(page).toContain('A child’s safety needs it now: Ivy was not at school today.')
    const lines = await at.advocate.act((db, actor) =>
      readLines(db, actor, { caseId, limit: 20 }, (ids) => caseKeys(db, actor, ids)),
    )
    const line = lines.find((each) => each.detail?.['what'] === 'chosen-passed')
    expect(line?.detail).toMatchObject({ why: 'children', words })
  })

  test('one of ours reaches the person as before; every colleague is told to go through them', async () => {
    const { caseId } = await caseWith(at.advocate)
    const page = await get(`/cases/${caseId}/chosen`)
    const own = new RegExp(`<option value="([0-9a-f-]{36})"[^>]*>Wren Holt`).exec(page)?.[1] ?? ''
    const fields = { who: 'ours', account: own, reach: 'ext. 12', version: '0', then: 'case' }
    expect((await post(`/cases/${caseId}/chosen`, fields)).status).toBe(303)
    const through = 'They chose to be reached through Wren Holt: ext. 12'
    expect(await (await post(`/cases/${caseId}/contact/now`, { way: 'w1' })).text()).toContain(through)
    const worker = await post(`/cases/${caseId}/contact/now`, { way: 'w1' }, colleague)
    expect(await worker.text()).not.toContain(through)
  })

  test('one of another agency goes along only by a tick of its own, which nobody has set', async () => {
    const caseId = await chosenCase()
    const page = await get(`/cases/${caseId}/referrals/new?service=${at.talking}`)
    const [box = ''] = /<input[^>]*value="own-words~chosen-worker"[^>]*>/.exec(page) ?? []
    expect(box).not.toBe('')
    expect(box).not.toContain('checked')
  })

  test('not safe: this worker — the case closes for them at once, and they are the way for nobody', async () => {
    const { caseId } = await caseWith(at.advocate)
    const page = await get(`/cases/${caseId}/chosen`)
    const own = new RegExp(`<option value="([0-9a-f-]{36})"[^>]*>Wren Holt`).exec(page)?.[1] ?? ''
    await post(`/cases/${caseId}/chosen`, { who: 'ours', account: own, version: '0', then: 'case' })
    expect((await at.served.get(`/cases/${caseId}`, colleague)).status).toBe(200)
    expect((await post(`/cases/${caseId}/chosen/away`, { colleague: '' })).status).toBe(422)
    expect((await post(`/cases/${caseId}/chosen/away`, { colleague: own })).status).toBe(303)
    expect((await at.served.get(`/cases/${caseId}`, colleague)).status).toBe(404)
    const file = await at.advocate.act((db, actor) => openFile(db, actor, caseId))
    expect(file?.danger?.colleagues).toEqual([own])
    expect(await get(`/cases/${caseId}`)).toContain('The worker who was chosen is named as not safe')
    expect(await get(`/cases/${caseId}/chosen`)).not.toContain(`value="${own}"`)
    const again = await post(`/cases/${caseId}/chosen`, {
      who: 'ours',
      account: own,
      version: '1',
      then: 'case',
    })
    expect(again.status).toBe(422)
  })

  test('nobody who causes harm is chosen; what was typed comes back', async () => {
    const { caseId } = await caseWith(at.advocate, { harm: 'Dane Vale' })
    const answer = await post(`/cases/${caseId}/chosen`, { ...theirs, name: 'dane vale' })
    const text = await answer.text()
    expect([answer.status, text.includes('named as causing harm in this case')]).toEqual([422, true])
    expect(text).toContain('01632 960777, mornings')
    const late = await post(`/cases/${caseId}/chosen`, { ...theirs, version: '7' })
    expect([late.status, (await late.text()).includes('01632 960777, mornings')]).toEqual([409, true])
  })
})

test('a carer who is named as causing harm later is asked about, and is a way to nobody from then on', async () => {
  const { caseId, harm } = await caseWith(at.advocate)
  const path = `/cases/${caseId}/names/${harm}`
  const card = {
    name: 'Dane Vale',
    role: 'other',
    recordedAs: ['carer', 'next-of-kin'],
    recordedWhere: 'GP',
    then: 'case',
  }
  expect((await post(path, { ...card, version: '1' })).status).toBe(303)
  const asked = 'Dane Vale causes harm and is recorded as carer and next of kin'
  const way = {
    channel: 'trusted-person',
    value: 'Dane, 07700 900777',
    whoElseSees: 'nobody',
    when: 'whenever',
  }
  const contact = { ...way, way: 'w1', checked: 'yes', version: '1', then: 'case' }
  expect((await post(`/cases/${caseId}/contact`, contact)).status).toBe(303)
  expect(await get(`/cases/${caseId}`)).not.toContain(asked)
  const now = await post(`/cases/${caseId}/contact/now`, { way: 'w1' })
  expect(await now.text()).toContain('07700 900777')

  expect((await post(path, { ...card, role: 'personCausingHarm', version: '2' })).status).toBe(303)
  const page = await get(`/cases/${caseId}`)
  expect(page).toContain(asked)
  expect(page).toContain(
    'A way went through somebody who is named as causing harm or as not safe. It is not used.',
  )
  const late = await (await post(`/cases/${caseId}/contact/now`, { way: 'w1' })).text()
  expect(late).toContain('This person is named as not safe.')
  expect(late).not.toContain('07700 900777')
  const offer = await get(`/cases/${caseId}/referrals/new?service=${at.talking}`)
  expect(offer).not.toContain('07700 900777')

  const changed = { ...card, role: 'personCausingHarm', recordedChanged: 'yes', version: '3' }
  expect((await post(path, changed)).status).toBe(303)
  expect(await get(`/cases/${caseId}`)).not.toContain(asked)
})
