import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming, ownCopyCells, sentInCase } from '#envelopes'
import { closeForTeam, openFile, saveContact } from '#people'
import { caseKey } from '#platform/access'
import { readLines } from '#platform/ledger'
import { releaseCells, releaseOf, releasesOf } from '#releases'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { caseWith, listServicesOf, send, standing, walkToSend } from '../../test/world/sending.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'
import { Request } from './letter.ts'
import { threadCells } from './thread-cells.actions.ts'

let world: TestWorld
let served: Served
let advocate: Person
let clinician: Person
let school: Person
let stranger: Person
let talking = ''
let keyAdult = ''
let housing = ''

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  advocate = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse', [
    'agency-administrator',
    'worker',
    'lead',
    'privacy-lead',
  ])
  clinician = await world.found('Hill Clinic', 'mental-health')
  school = await world.found('Millbrook Primary School', 'education')
  stranger = await world.found('Housing Options', 'housing')
  await world.pair(advocate, clinician)
  await world.pair(advocate, school)
  const listed = await listServicesOf(world, [
    { person: clinician, organization: 'Northmere Adult Mental Health' },
    { person: school, organization: 'Millbrook Primary School' },
    { person: stranger, organization: 'Northmere Housing Options' },
  ])
  ;[talking = '', keyAdult = '', housing = ''] = listed
})
afterAll(() => world?.close())

/** The envelopes that a party has received, newest first. */
async function received(who: Person) {
  return who.act((db, actor) =>
    db
      .selectFrom('envelopes.incoming')
      .select(['id', 'thread_id', 'state'])
      .where('party_id', '=', actor.partyId)
      .orderBy('id', 'desc')
      .execute(),
  )
}

async function newest(who: Person): Promise<string> {
  const [row] = await received(who)
  if (row === undefined) throw new Error('nothing arrived')
  return row.id
}

async function bodyOf(who: Person, id: string): Promise<Request> {
  const opened = await who.act((db, actor) => openIncoming(db, actor, id))
  if ('refused' in opened) throw new Error(opened.refused)
  return Request.parse(opened.body)
}

async function storedOf(caseId: string, id: string) {
  return advocate.act(async (db, actor) => {
    const key = await caseKey(db, actor, caseId)
    const release = key === null ? null : await releaseOf(db, key, id)
    if (release === null) throw new Error('no release')
    return release
  })
}

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
    const stored = await storedOf(caseId, draft)
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
    const stored = await storedOf(caseId, draft)
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
    expect((await storedOf(caseId, draft)).kept.release.purpose).toBe('The first tab')
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
    const first = await walkToSend(served, advocate, caseId, talking)
    await send(served, advocate, caseId, first.draft)
    const again = await served.get(
      `/cases/${caseId}/referrals/new?service=${keyAdult}&like=${first.draft}`,
      advocate,
    )
    const picks = standing(await again.text())
    expect(picks['pick']).toEqual(['name-to-use', 'safe-contact', 'what-they-want~n1', 'what-they-want~n2'])
    const second = await walkToSend(served, advocate, caseId, keyAdult, {
      talk: { steps: ['both-parents-warning', 'own-call-offered'] },
    })
    await send(served, advocate, caseId, second.draft)
    const all = await advocate.act(async (db, actor) => {
      const key = await caseKey(db, actor, caseId)
      return key === null ? [] : releasesOf(db, key)
    })
    expect(new Set(all.map((release) => release.recipientId)).size).toBe(2)
    expect(all.every((release) => release.state === 'signed')).toBe(true)
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
    expect((await storedOf(caseId, draft)).recipientId).toBe(clinician.partyId)
    const elsewhere = `/cases/${other.caseId}/referrals/new/${draft}/send`
    expect((await served.get(elsewhere, advocate)).status).toBe(404)
    expect((await served.post(elsewhere, { version: '4', step: 'send' }, advocate)).status).toBe(404)
    expect((await served.get(`${path}/send`, clinician)).status).toBe(404)
  })

  test('T9: whoever is named as causing harm cannot sign, and the privacy lead is told', async () => {
    const { caseId } = await caseWith(advocate)
    await expect(walkToSend(served, advocate, caseId, talking, { name: 'DANE  Vale' })).rejects.toThrow(
      /Page three answered 422[^]*rule uk-4/,
    )
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
    await expect(walkToSend(served, advocate, caseId, talking)).rejects.toThrow(/rule uk-12/)
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

  test('a partner whose key nobody accepted: said at once, with what to do', async () => {
    const { caseId } = await caseWith(advocate)
    const page = await (
      await served.get(`/cases/${caseId}/referrals/new?service=${housing}`, advocate)
    ).text()
    expect(page).toContain('/agency/partners')
    expect(page).not.toContain('name="pick"')
  })
})

describe('the end', () => {
  async function sentOne() {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    await send(served, advocate, caseId, draft)
    return { caseId, draft, envelope: await newest(clinician) }
  }
  const reads = (id: string) => clinician.act((db, actor) => openIncoming(db, actor, id))

  test('T4: taken back by a word, and at once no longer shared', async () => {
    const { caseId, draft, envelope } = await sentOne()
    expect(await reads(envelope)).toHaveProperty('body')
    const path = `/cases/${caseId}/releases/${draft}/withdraw`
    expect((await served.post(path, { how: 'spoken-here' }, advocate)).status).toBe(303)
    expect(await reads(envelope)).toEqual({ refused: 'no-longer-shared' })
    const page = await (await served.get(path, advocate)).text()
    expect(page).toContain('We cannot take that back.')
    expect((await served.post(path, { how: 'by-telephone' }, advocate)).status).toBe(303)
    expect((await storedOf(caseId, draft)).kept.ended?.how).toBe('spoken-here')
  })

  test('danger changed: everything waits; confirmed again, a fresh copy goes in the same referral', async () => {
    const { caseId, draft, envelope } = await sentOne()
    expect((await served.post(`/cases/${caseId}/hold`, {}, advocate)).status).toBe(303)
    expect(await reads(envelope)).toEqual({ refused: 'no-longer-shared' })
    expect((await storedOf(caseId, draft)).state).toBe('suspended')
    const start = await served.get(
      `/cases/${caseId}/referrals/new?service=${talking}&renew=${draft}`,
      advocate,
    )
    const again = await walkToSend(served, advocate, caseId, talking, {
      pick: () => ({ renew: [standing('')['renew']?.[0] ?? draft] }),
    })
    expect(start.status).toBe(200)
    await send(served, advocate, caseId, again.draft)
    const fresh = await newest(clinician)
    expect(fresh).not.toBe(envelope)
    expect(await reads(fresh)).toHaveProperty('body')
    expect(
      (await received(clinician))
        .filter((row) => row.id === fresh || row.id === envelope)
        .map((row) => row.thread_id),
    ).toSatisfy((threads: string[]) => new Set(threads).size === 1)
  })

  test('T3: after its end by the database’s clock it opens no more', async () => {
    const { caseId, draft, envelope } = await sentOne()
    await sql`update releases.release set starts_at = now() - interval '9 days', ends_at = now() - interval '1 minute' where id = ${draft}`.execute(
      world.owner,
    )
    await sql`update envelopes.incoming set ends_at = now() - interval '1 minute' where id = ${envelope}`.execute(
      world.owner,
    )
    expect(await reads(envelope)).toEqual({ refused: 'no-longer-shared' })
    const page = await (await served.get(`/cases/${caseId}/releases`, advocate)).text()
    expect(page).toContain('Ended on')
  })
})

describe('around it', () => {
  test('an unsigned draft is not sent, whatever is posted (T5: nothing else stands in for a release)', async () => {
    const { caseId } = await caseWith(advocate)
    const page = standing(
      await (await served.get(`/cases/${caseId}/referrals/new?service=${talking}`, advocate)).text(),
    )
    const picked = await served.post(`/cases/${caseId}/referrals/new`, page, advocate)
    const draft = /new\/([0-9a-f-]{36})\/talk/.exec(picked.headers.get('location') ?? '')?.[1] ?? ''
    const before = await received(clinician)
    const answer = await served.post(
      `/cases/${caseId}/referrals/new/${draft}/send`,
      { version: '1', step: 'send' },
      advocate,
    )
    expect(answer.status).toBe(409)
    expect(await received(clinician)).toEqual(before)
    const turn = await served.get(`/cases/${caseId}/releases/${draft}/turn`, advocate)
    expect(turn.status).toBe(303)
  })

  test('closing the case takes its releases along under the new key', async () => {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    await send(served, advocate, caseId, draft)
    const closed = await advocate.act((db, actor) =>
      closeForTeam(db, actor, caseId, {
        team: [actor.accountId],
        cells: [threadCells, ownCopyCells, releaseCells],
      }),
    )
    expect(closed).not.toHaveProperty('refused')
    expect((await storedOf(caseId, draft)).kept.release.purpose).toContain('tell it all again')
    const shared = await served.get(`/cases/${caseId}/seen`, advocate)
    expect(await shared.text()).toContain('Sent: a referral, to Hill Clinic.')
  })

  test('the person’s own copy waits for a second yes, and stays here where paper is not safe', async () => {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    await send(served, advocate, caseId, draft)
    const path = `/cases/${caseId}/releases/${draft}/copy`
    const first = await (await served.get(path, advocate)).text()
    expect(first).not.toContain('Sleep through the night')
    expect(await (await served.get(`${path}?yes=1`, advocate)).text()).toContain('Sleep through the night')
    await advocate.act(async (db, actor) => {
      const file = await openFile(db, actor, caseId)
      if (file?.contact === null || file === null) throw new Error('no contact')
      const at = { caseId, version: file.sheets.contact.version }
      return saveContact(db, actor, at, { ...file.contact, printing: 'no' })
    })
    expect(await (await served.get(`${path}?yes=1`, advocate)).text()).not.toContain(
      'Sleep through the night',
    )
  })

  test('asking first names nobody, and grows into the referral without typing again', async () => {
    const { caseId } = await caseWith(advocate)
    const menu = await served.get(`/cases/${caseId}/referrals/new?service=${talking}&ask=1`, advocate)
    expect(menu.headers.get('location')).toBe(`/cases/${caseId}/referrals/ask?service=${talking}`)
    const page = await (await served.get(menu.headers.get('location') ?? '', advocate)).text()
    const asked = await served.post(
      `/cases/${caseId}/referrals/ask`,
      { ...standing(page), facet: ['age', 'severity', 'who'] },
      advocate,
    )
    const thread = /\/referrals\/([0-9a-f-]{36})/.exec(asked.headers.get('location') ?? '')?.[1] ?? ''
    const opened = await clinician.act(async (db, actor) => openIncoming(db, actor, await newest(clinician)))
    expect(opened).toMatchObject({ body: { about: 'ask', facets: { age: 408 } } })
    expect(JSON.stringify(opened)).not.toContain('Rowan')
    const grown = await served.get(
      `/cases/${caseId}/referrals/new?service=${talking}&ask=${thread}`,
      advocate,
    )
    expect(standing(await grown.text())['pick']).toContain('matching-detail~age')
  })
})

describe('what was shared', () => {
  test('shows the words as sent, and who has seen the case', async () => {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    await send(served, advocate, caseId, draft)
    const list = await (await served.get(`/cases/${caseId}/shared`, advocate)).text()
    const one = /\/shared\/([0-9a-f-]{36})/.exec(list)?.[1] ?? ''
    const words = await (await served.get(`/cases/${caseId}/shared/${one}`, advocate)).text()
    expect(words).toContain('Sleep through the night')
    expect(words).toContain('07700 900321')
    const seen = await (await served.get(`/cases/${caseId}/seen`, advocate)).text()
    expect(seen).toContain('A permission came into force: Hill Clinic.')
    expect(seen).toContain('Sent: a referral, to Hill Clinic.')
    const ledger = await (await served.get('/agency/ledger', advocate)).text()
    expect(ledger).toContain('Looked.')
    expect((await served.get(`/cases/${caseId}/shared`, clinician)).status).toBe(404)
  })
})

describe('in the United States', () => {
  test('T1, T2: what the release lists goes, and nothing else can; nothing comes back unless asked for', async () => {
    const here = await world.found(
      'Juniper Advocates',
      'domestic-abuse',
      ['agency-administrator', 'worker'],
      'us',
    )
    const there = await world.found(
      'Juniper Clinic',
      'mental-health',
      ['agency-administrator', 'worker'],
      'us',
    )
    await world.pair(here, there)
    const [service = ''] = await listServicesOf(world, [
      { person: there, organization: 'Northmere Adult Mental Health' },
    ])
    const { caseId } = await caseWith(here)
    const { draft, pages } = await walkToSend(served, here, caseId, service)
    expect(pages[0]).toContain('The checked rules for this state are not loaded.')
    expect((await send(served, here, caseId, draft)).status).toBe(303)
    const body = await bodyOf(there, await newest(there))
    expect(body.comesBack).toBe('nothing')
    expect(body.items.map((item) => item.kind)).not.toContain('safety-plan-part')
  })
})
