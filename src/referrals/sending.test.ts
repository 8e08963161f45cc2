import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { sentInCase } from '#envelopes'
import { caseKey } from '#platform/access'
import { readLines } from '#platform/ledger'
import { releasesOf } from '#releases'

import type { Person, TestWorld } from '../../test/world/agencies.ts'
import { caseWith, send, standing, walkToSend, walkToTurn } from '../../test/world/sending.ts'
import {
  bodyOf,
  newest,
  received,
  type SendingWorld,
  sendingWorld,
  storedOf,
} from '../../test/world/sending-world.ts'
import type { Served } from '../../test/world/served.ts'

let at: SendingWorld
let world: TestWorld
let served: Served
let advocate: Person
let clinician: Person
let talking = ''
let keyAdult = ''
let housing = ''

beforeAll(async () => {
  at = await sendingWorld()
  ;({ world, served, advocate, clinician, talking, keyAdult, housing } = at)
})
afterAll(() => world?.close())

describe('the whole act', () => {
  test('four pages, then the clinic reads exactly what was agreed, word for word', async () => {
    const { caseId } = await caseWith(advocate)
    const { draft, pages } = await walkToSend(served, advocate, caseId, talking)
    expect(await received(clinician)).toEqual([])
    const sent = await send(served, advocate, caseId, draft)
    expect(sent.status).toBe(303)
    const body = await bodyOf(clinician, await newest(clinician))
    expect(body.items.map((item) => item.kind)).toEqual([
      'name-to-use',
      'safe-contact',
      'what-they-want',
      'what-they-want',
    ])
    expect(body.items[0]?.text).toBe('Rowan Vale')
    expect(body.items[1]?.text).toContain('07700 900321')
    expect(JSON.stringify(body)).not.toContain('Dane')
    expect(JSON.stringify(body)).not.toContain(caseId)
    expect(body).toMatchObject({
      purpose: 'So that I do not have to tell it all again',
      comesBack: 'decision-and-place',
      answerTo: { name: 'Person 1', phone: '01632 960001' },
    })
    const turn = pages[2] ?? ''
    for (const { text } of body.items) expect(turn).toContain(text.split('\n')[0] ?? '')
    expect(turn).not.toContain('Dane')
    const stored = await storedOf(advocate, caseId, draft)
    expect(stored.state).toBe('signed')
    expect(stored.kept.release.copy).toBe('no-copy-for-safety')
  })

  test('a release that changes after it was signed is signed again', async () => {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    const path = `/cases/${caseId}/referrals/new/${draft}`
    const page = standing(await (await served.get(path, advocate)).text())
    expect((await served.post(path, { ...page, pick: ['name-to-use'] }, advocate)).status).toBe(303)
    const late = await served.post(`${path}/send`, { version: '5', step: 'send' }, advocate)
    expect(late.status).toBe(409)
    const stored = await storedOf(advocate, caseId, draft)
    expect(stored).toMatchObject({ state: 'draft', kept: { talked: false, release: { signatures: [] } } })
  })

  test('the second of two tabs is told, and nothing of it is written', async () => {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    const path = `/cases/${caseId}/referrals/new/${draft}/talk`
    const tab = { ...standing(await (await served.get(path, advocate)).text()) }
    const one = await served.post(path, { ...tab, purpose: 'The first tab' }, advocate)
    const two = await served.post(path, { ...tab, purpose: 'The second tab' }, advocate)
    expect([one.status, two.status]).toEqual([303, 409])
    expect(await two.text()).toContain('The second tab')
    expect((await storedOf(advocate, caseId, draft)).kept.release.purpose).toBe('The first tab')
  })

  test('a draft is found again wherever it was left, and no more once it has gone or was dropped', async () => {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToTurn(served, advocate, caseId, talking)
    const listed = async () => (await served.get('/drafts', advocate)).text()
    const path = `/cases/${caseId}/referrals/new/${draft}/send`
    expect(await listed()).toContain(`href="${path}"`)
    expect(await (await served.get('/drafts', clinician)).text()).not.toContain(draft)
    const page = await (await served.get(path, advocate)).text()
    expect(page).toContain('So that I do not have to tell it all again')
    const { draft: signed } = await walkToSend(served, advocate, caseId, talking)
    expect(await listed()).toContain(signed)
    await send(served, advocate, caseId, signed)
    expect(await listed()).not.toContain(signed)
    const version = standing(page)['version'] ?? ''
    expect((await served.post(path, { version, step: 'drop' }, advocate)).status).toBe(303)
    expect(await listed()).not.toContain(draft)
  })

  test('sending twice sends once', async () => {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    const path = `/cases/${caseId}/referrals/new/${draft}/send`
    const version = standing(await (await served.get(path, advocate)).text())['version'] ?? ''
    const form = { version, step: 'send' }
    const both = await Promise.all([served.post(path, form, advocate), served.post(path, form, advocate)])
    expect(both.map((answer) => answer.status)).toEqual([303, 303])
    const sent = await advocate.act((db, actor) => sentInCase(db, actor.partyId, caseId))
    expect(sent).toHaveLength(1)
  })

  test('several recipients in one talk are several releases, each signed and sent alone', async () => {
    const { caseId } = await caseWith(advocate)
    const summary = { 'add-kind': ['short-summary'], 'add-words': ['A hard spring.'] }
    const first = await walkToSend(served, advocate, caseId, talking, { pick: () => summary })
    await send(served, advocate, caseId, first.draft)
    const again = await served.get(
      `/cases/${caseId}/referrals/new?service=${keyAdult}&like=${first.draft}`,
      advocate,
    )
    const picks = standing(await again.text())
    expect(picks['pick']).toEqual([
      'name-to-use',
      'safe-contact',
      'what-they-want~n1',
      'what-they-want~n2',
      'short-summary~added-1',
    ])
    const next = await served.post(`/cases/${caseId}/referrals/new`, picks, advocate)
    expect(next.status).toBe(303)
    const second = await walkToSend(served, advocate, caseId, keyAdult, {
      talk: { steps: ['both-parents-warning', 'own-call-offered'] },
    })
    await send(served, advocate, caseId, second.draft)
    const all = await advocate.act(async (db, actor) => {
      const key = await caseKey(db, actor, caseId)
      return key === null ? [] : releasesOf(db, key)
    })
    const signed = all.filter((release) => release.state === 'signed')
    expect(new Set(signed.map((release) => release.recipientId)).size).toBe(2)
  })
})

describe('what is refused', () => {
  test('T35: two recipients in one form', async () => {
    const { caseId } = await caseWith(advocate)
    const page = standing(
      await (await served.get(`/cases/${caseId}/referrals/new?service=${talking}`, advocate)).text(),
    )
    const answer = await served.post(
      `/cases/${caseId}/referrals/new`,
      { ...page, service: [talking, keyAdult] },
      advocate,
    )
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Choose one service.')
  })

  test('T36: the whole record, and items that were never shown', async () => {
    const { caseId } = await caseWith(advocate)
    for (const pick of [
      '*',
      'everything',
      'entire-record',
      'therapy-notes',
      'what-they-want~n9',
      'diagnosis',
    ]) {
      const page = standing(
        await (await served.get(`/cases/${caseId}/referrals/new?service=${talking}`, advocate)).text(),
      )
      const form = { ...page, pick: [...(page['pick'] ?? []), pick] }
      const answer = await served.post(`/cases/${caseId}/referrals/new`, form, advocate)
      expect([pick, answer.status]).toEqual([pick, 422])
      expect(await answer.text()).toContain('A whole record cannot be shared.')
    }
    const kept = await advocate.act(async (db, actor) => {
      const key = await caseKey(db, actor, caseId)
      return key === null ? [] : releasesOf(db, key)
    })
    expect(kept).toEqual([])
  })

  test('another recipient on the way, and another case', async () => {
    const { caseId } = await caseWith(advocate)
    const other = await caseWith(advocate, { name: 'Sorrel Pike' })
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    const path = `/cases/${caseId}/referrals/new/${draft}`
    const page = standing(await (await served.get(path, advocate)).text())
    const turned = await served.post(path, { ...page, service: keyAdult }, advocate)
    expect(turned.status).toBe(422)
    expect((await storedOf(advocate, caseId, draft)).recipientId).toBe(clinician.partyId)
    const elsewhere = `/cases/${other.caseId}/referrals/new/${draft}/send`
    expect((await served.get(elsewhere, advocate)).status).toBe(404)
    expect((await served.post(elsewhere, { version: '4', step: 'send' }, advocate)).status).toBe(404)
    expect((await served.get(`${path}/send`, clinician)).status).toBe(404)
  })

  test('T9: whoever is named as causing harm cannot sign, and the privacy lead is told', async () => {
    const { caseId } = await caseWith(advocate)
    await expect(walkToSend(served, advocate, caseId, talking, { name: 'DANE  Vale' })).rejects.toThrow(
      /Page three answered 422(?![^]*(uk-4|harm))[^]*Please hand the screen back/,
    )
    const drafts = await (await served.get(`/cases/${caseId}/releases`, advocate)).text()
    const draft = /referrals\/new\/([0-9a-f-]{36})/.exec(drafts)?.[1] ?? ''
    const told = await (await served.get(`/cases/${caseId}/referrals/new/${draft}/send`, advocate)).text()
    expect(told).toContain('A signature was refused on the screen.')
    expect(told).toContain('uk-4')
    const page = await (await served.get('/privacy', advocate)).text()
    expect(page).toContain('uk-4')
    const lines = await advocate.act((db, actor) =>
      readLines(db, actor, { caseId, kinds: ['release.refused'] }, async () => {
        const key = await caseKey(db, actor, caseId)
        return key === null ? new Map() : new Map([[caseId, key]])
      }),
    )
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ holds: true, detail: { alert: true, rules: ['uk-4'] } })
  })

  test('T9: nor for a child, nor be asked for there, nor interpret', async () => {
    const young = await caseWith(advocate, { age: 60 })
    await expect(
      walkToSend(served, advocate, young.caseId, talking, {
        talk: { young: 'too-young', guardian: young.harm, authority: 'parent' },
      }),
    ).rejects.toThrow(/Page two answered 422[^]*rule uk-4/)
    const { caseId } = await caseWith(advocate)
    await expect(
      walkToSend(served, advocate, caseId, talking, { pick: () => ({ person: ['Dane Vale'] }) }),
    ).rejects.toThrow(/Page one answered 422[^]*rule uk-4/)
    await expect(
      walkToSend(served, advocate, caseId, talking, { talk: { interpreter: 'Mx Dane Vale' } }),
    ).rejects.toThrow(/Page two answered 422[^]*rule uk-4/)
  })

  test('an agency that the person named as not to see it', async () => {
    const { caseId } = await caseWith(advocate, { notSafe: 'Not Hill Clinic, my aunt works there' })
    const path = `/cases/${caseId}/referrals/new`
    const page = await (await served.get(`${path}?service=${talking}`, advocate)).text()
    expect(page).toContain('rule uk-12')
    expect(page).not.toContain('name="pick"')
    const forged = await served.post(path, { service: talking, pick: ['name-to-use'] }, advocate)
    expect(forged.status).toBe(422)
    expect(await forged.text()).toContain('rule uk-12')
  })

  test('without the talk, and with an end that lies too far off', async () => {
    const { caseId } = await caseWith(advocate)
    await expect(walkToSend(served, advocate, caseId, talking, { talk: { talked: [] } })).rejects.toThrow(
      /Page two answered 422/,
    )
    await expect(
      walkToSend(served, advocate, caseId, talking, { talk: { 'until-year': '2031' } }),
    ).rejects.toThrow(/It may last \d+ days at most/)
  })

  test('keeps what was typed beside a refusal', async () => {
    const { caseId } = await caseWith(advocate)
    const path = `/cases/${caseId}/referrals/new`
    const typed = { 'add-kind': 'short-summary', 'add-words': 'A hard spring.', pick: ['name-to-use'] }
    const refused = await served.post(path, { ...typed, service: talking, person: 'Dane Vale' }, advocate)
    expect(refused.status).toBe(422)
    const page = standing(await refused.text())
    expect(page).toMatchObject({
      'add-words': ['A hard spring.'],
      pick: ['name-to-use'],
      person: ['Dane Vale'],
    })
    const again = { ...page, 'add-kind': 'short-summary', person: '' }
    expect((await served.post(path, again, advocate)).status).toBe(303)
  })

  test('a partner whose key nobody accepted: said at once, with what to do', async () => {
    const { caseId } = await caseWith(advocate)
    const page = await (
      await served.get(`/cases/${caseId}/referrals/new?service=${housing}`, advocate)
    ).text()
    expect(page).toContain('/agency/partners')
    expect(page).not.toContain('name="pick"')
  })
})
