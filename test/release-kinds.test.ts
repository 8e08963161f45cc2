import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Person } from './world/agencies.ts'
import { caseWith, send, standing, walkToSend, walkToTurn } from './world/sending.ts'
import { bodyOf, newest, received, type SendingWorld, sendingWorld, storedOf } from './world/sending-world.ts'

let at: SendingWorld
let programme: Person

beforeAll(async () => {
  at = await sendingWorld('us')
  programme = await at.world.found('Riverside Recovery', 'substance-use', undefined, 'us')
  await at.world.pair(programme, at.clinician)
  await at.served.post('/agency/law', { law: 'us-wa' }, at.advocate)
})
afterAll(() => at?.world.close())

const textAt = async (path: string, who: Person) => (await at.served.get(path, who)).text()
const newPath = (caseId: string, kind: string) =>
  `/cases/${caseId}/referrals/new?service=${at.talking}&kind=${kind}`
const as = (kind: string) => ({ pick: () => ({ kind: [kind] }) })

describe('the kind of permission', () => {
  test('is chosen before anything is ticked, from those that can be made here', async () => {
    const { caseId } = await caseWith(at.advocate)
    const usual = await textAt(newPath(caseId, 'general'), at.advocate)
    expect(usual).toContain('Another kind of release')
    expect(usual).toContain('kind=emergency-contact')
    expect(usual).toContain('kind=after-death')
    expect(usual).not.toContain('kind=care')
    const { caseId: other } = await caseWith(programme)
    const part2 = await textAt(newPath(other, 'care'), programme)
    expect(standing(part2)['kind']).toEqual(['care'])
    expect(part2).toContain('Counseling notes need a form of their own')
    expect(part2).not.toContain('kind=after-death')
  })

  test('an emergency contact takes the least, ends within days, and the person reads what it is', async () => {
    const { caseId } = await caseWith(at.advocate)
    const page = await textAt(newPath(caseId, 'emergency-contact'), at.advocate)
    expect(Object.values(standing(page)).flat()).not.toContain('what-they-want~n1')
    const posted = { ...standing(page), pick: ['name-to-use', 'what-they-want~n1'] }
    const refused = await at.served.post(`/cases/${caseId}/referrals/new`, posted, at.advocate)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('This is more than an emergency needs')
    const { draft } = await walkToTurn(at.served, at.advocate, caseId, at.talking, {
      pick: () => ({ kind: ['emergency-contact'], pick: ['name-to-use', 'safe-contact'] }),
    })
    const { kept } = await storedOf(at.advocate, caseId, draft)
    expect(kept.release).toMatchObject({ work: 'emergency-contact', times: 'repeat' })
    const days = (Date.parse(kept.release.endsAt) - Date.parse(kept.release.startsAt)) / 86_400_000
    expect(days).toBeLessThanOrEqual(8)
    const turn = await textAt(`/cases/${caseId}/releases/${draft}/turn`, at.advocate)
    expect(turn).toContain('This is for an emergency in the next few days')
  })

  test('one consent for care says what follows where it is not signed, and carries the notice', async () => {
    const { caseId } = await caseWith(programme)
    const { draft, pages } = await walkToSend(at.served, programme, caseId, at.talking, {
      ...as('care'),
      talk: (page) => ({ steps: stepsOn(page) }),
    })
    expect(pages[2]).toContain('other care and its payment cannot be planned')
    expect(pages[2]).toContain('never for a case against you')
    expect((await send(at.served, programme, caseId, draft)).status).toBe(303)
    const body = await bodyOf(at.clinician, await newest(at.clinician))
    expect(body.part2?.consent).toContain('never for a case against you')
  })

  test('one for care cannot be posted by an agency that holds no such records', async () => {
    const { caseId } = await caseWith(at.advocate)
    const page = await textAt(newPath(caseId, 'care'), at.advocate)
    expect(standing(page)['kind']).toEqual(['general'])
    const posted = { ...standing(page), kind: 'care' }
    expect((await at.served.post(`/cases/${caseId}/referrals/new`, posted, at.advocate)).status).toBe(422)
  })
})

describe('the part of an agency', () => {
  test('stands on what is signed and is kept with it, on both sides', async () => {
    const { caseId } = await caseWith(at.advocate)
    const { draft, pages } = await walkToSend(at.served, at.advocate, caseId, at.talking, {
      pick: () => ({ unit: ['Outreach team'], 'to-unit': ['Adult team'] }),
    })
    expect(pages[2]).toContain('Northmere Domestic Abuse Service, Outreach team')
    expect(pages[2]).toContain('Adult team')
    const { kept } = await storedOf(at.advocate, caseId, draft)
    expect([kept.release.discloser.unit, kept.release.recipient.unit]).toEqual([
      'Outreach team',
      'Adult team',
    ])
  })
})

describe('for after a death', () => {
  async function keptFor() {
    const { caseId } = await caseWith(at.advocate)
    const { draft, pages } = await walkToSend(at.served, at.advocate, caseId, at.talking, as('after-death'))
    const before = (await received(at.clinician)).length
    const kept = await send(at.served, at.advocate, caseId, draft)
    expect(kept.headers.get('location')).toBe(`/cases/${caseId}/releases/${draft}`)
    expect(await received(at.clinician)).toHaveLength(before)
    return { caseId, draft, pages, before, after: `/cases/${caseId}/releases/${draft}/after` }
  }

  test('nothing goes when it is signed; what was signed goes once, with how it is known, and nothing else', async () => {
    const { caseId, draft, pages, before, after } = await keptFor()
    expect(pages[2]).toContain('Nothing goes now.')
    const usual = await walkToSend(at.served, at.advocate, caseId, at.talking)
    expect((await send(at.served, at.advocate, caseId, usual.draft)).status).toBe(303)
    expect((await storedOf(at.advocate, caseId, usual.draft)).state).toBe('signed')
    const page = standing(await textAt(after, at.advocate))
    const empty = await at.served.post(after, { ...page, known: '' }, at.advocate)
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('id="known-error"')
    const said = { ...page, known: 'Their sister came, and we rang the hospital.', sure: 'yes' }
    expect((await at.served.post(after, said, at.advocate)).status).toBe(303)
    expect(await received(at.clinician)).toHaveLength(before + 2)
    const body = await bodyOf(at.clinician, await newest(at.clinician))
    expect(JSON.stringify(body)).not.toContain('sister')
    expect(body.items.map((item) => item.kind)).toContain('name-to-use')
    // Whoever has died can take nothing back: the usual permission waits from now on.
    expect((await storedOf(at.advocate, caseId, usual.draft)).state).toBe('suspended')
    expect((await storedOf(at.advocate, caseId, draft)).kept.death?.known).toContain('hospital')
    expect((await at.served.post(after, said, at.advocate)).status).toBe(404)
  })

  test('taken back or ended it sends nothing, and it is asked for again before its end', async () => {
    const { caseId, draft, after } = await keptFor()
    await at.world.owner
      .updateTable('releases.release')
      .set({
        starts_at: new Date(Date.now() - 85 * 86_400_000),
        ends_at: new Date(Date.now() + 5 * 86_400_000),
      })
      .where('id', '=', draft)
      .execute()
    expect(await textAt('/work', at.advocate)).toContain(`/cases/${caseId}/releases/${draft}/renew`)
    // Made again it stays what it is.
    const again = await at.served.post(
      `/cases/${caseId}/releases/${draft}/renew`,
      { step: 'again' },
      at.advocate,
    )
    const next = /new\/([0-9a-f-]{36})/.exec(again.headers.get('location') ?? '')?.[1] ?? ''
    expect((await storedOf(at.advocate, caseId, next)).kept.release.form).toBe('after-death')
    await at.served.post(`/cases/${caseId}/releases/${draft}/withdraw`, { how: 'spoken-here' }, at.advocate)
    expect((await at.served.get(after, at.advocate)).status).toBe(303)
    const said = { version: '3', known: 'Somebody rang.', sure: 'yes' }
    const before = (await received(at.clinician)).length
    const tried = await at.served.post(after, said, at.advocate)
    expect(tried.headers.get('location')).toBe(`/cases/${caseId}/releases/${draft}`)
    expect(await received(at.clinician)).toHaveLength(before)
  })
})

function stepsOn(page: string): readonly string[] {
  return [...page.matchAll(/name="steps"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="steps"/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
}
