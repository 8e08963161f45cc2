import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { evaluate, ruleTables } from '#releases'

import { consentBases, recordIds, roleIds, roleOf } from '../src/releases/sharing.ts'
import type { Person } from './world/agencies.ts'
import { crawl } from './world/crawl.ts'
import { answered, seconded, sentOn } from './world/decision.ts'
import { caseWith, listServicesOf, send, standing, walkToSend } from './world/sending.ts'
import { received, type SendingWorld, sendingWorld } from './world/sending-world.ts'

const said = { diagnosis: 'Canaryelm disorder', reason: 'Canaryash, for the therapy' }
let at: SendingWorld
let conference: Person
let meeting = ''

beforeAll(async () => {
  at = await sendingWorld()
  const roles = ['agency-administrator', 'worker', 'lead', 'privacy-lead'] as const
  conference = await at.world.found('Northmere Conference', 'conference', roles)
  await at.world.pair(at.advocate, conference)
  ;[meeting = ''] = await listServicesOf(at.world, [
    { person: conference, organization: 'Northmere Children’s Services' },
  ])
})
afterAll(() => at?.world.close())

/** A case whose diagnosis was picked for the clinic and for nobody else. */
async function withDiagnosis() {
  const { caseId } = await caseWith(at.advocate)
  const first = await (
    await at.served.get(`/cases/${caseId}/referrals/new?service=${at.talking}`, at.advocate)
  ).text()
  const pick = {
    ...standing(first),
    'add-kind': ['diagnosis'],
    'add-words': [said.diagnosis],
    'add-reason': [said.reason],
  }
  const { draft } = await walkToSend(at.served, at.advocate, caseId, at.talking, {
    pick: () => pick,
    talk: (page) => ({
      steps: [...page.matchAll(/name="steps"[^>]*value="([a-z0-9-]+)"/g)].map(([, step = '']) => step),
    }),
  })
  expect((await send(at.served, at.advocate, caseId, draft)).status).toBe(303)
  return caseId
}

describe('a conference', () => {
  test('is a kind of party, and the rules speak of it by its role', () => {
    expect(roleOf('conference')).toBe('FRM')
  })

  test('gets nothing on a permission in the United Kingdom (uk-57); in the United States only what a form of a school, a substance use program or a tribe names', () => {
    const open = new Set<string>()
    for (const [pack, table] of Object.entries(ruleTables)) {
      const facts = [
        ...new Set(table.rows.flatMap((row) => [...row.override, ...row.needs.map(nameOf), ...row.when])),
        'release-active',
        'listed',
        'signer-cleared',
      ].filter((fact) => !shut.has(fact))
      for (const from of roleIds)
        for (const record of recordIds.filter((each) => each !== 'R0'))
          for (const basis of consentBases) {
            const verdict = evaluate(table, { from, to: 'FRM', record, basis, facts })
            if (verdict.outcome === 'allow')
              open.add(`${pack} ${from} ${record} ${basis} ${verdict.rules[0]}`)
          }
    }
    expect([...open].toSorted()).toEqual([
      'us SCH R16 CF us-62',
      'us SUD R8 C2 us-49',
      'us SUD R9 C2-CN us-48',
      ...['R1', 'R2', 'R3', 'R4', 'R5', 'R6'].map((record) => `us TRB ${record} REL us-69`),
    ])
  })

  test('as a recipient the page says the rule once, before anything can be ticked, and a post is refused', async () => {
    const { caseId } = await caseWith(at.advocate)
    const start = `/cases/${caseId}/referrals/new?service=${meeting}`
    const page = await (await at.served.get(start, at.advocate)).text()
    expect(page).toContain('uk-57')
    expect(page).not.toContain('name="pick"')
    const posted = { service: meeting, pick: ['name-to-use'], step: 'on', version: '0' }
    const refused = await at.served.post(`/cases/${caseId}/referrals/new`, posted, at.advocate)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('uk-57')
  })

  test('reads what a decision lists for it, and no word of a diagnosis that was picked for a clinic', async () => {
    const caseId = await withDiagnosis()
    await at.served.post('/agency/law', { law: 'uk-eng' }, at.advocate)
    const form = { ...answered, power: 'children-act', to: conference.partyId }
    const kept = await at.served.post(`/cases/${caseId}/decide`, form, at.advocate)
    expect(kept.status, await kept.clone().text()).toBe(303)
    const made = { caseId, path: kept.headers.get('location') ?? '', by: at.advocate }
    await sentOn(at, await seconded(at, made))
    expect(await received(conference)).toHaveLength(1)
    const read = await crawl(at.served, conference, ['/work', '/referrals', '/settings'])
    expect(read.some(({ text }) => text.includes('a threat with a knife'))).toBe(true)
    for (const { path, text } of read)
      for (const word of Object.values(said)) expect(text.includes(word), path).toBe(false)
  })
})

describe('view as, for a conference', () => {
  test('a school sees what it would read and by which rule, and a diagnosis stays here', async () => {
    const forum = await at.world.found('Alder County Conference', 'conference', undefined, 'us')
    const school = await at.world.found('Alder School', 'education', undefined, 'us')
    await at.world.pair(school, forum)
    const [service = ''] = await listServicesOf(at.world, [
      { person: forum, organization: 'Northmere Housing Options' },
    ])
    const { caseId } = await caseWith(school)
    const { draft, pages } = await walkToSend(at.served, school, caseId, service, {
      pick: () => ({ pick: ['what-they-want~n1'] }),
      talk: (page) => ({
        steps: [...page.matchAll(/name="steps"[^>]*value="([a-z0-9-]+)"/g)].map(([, step = '']) => step),
      }),
    })
    expect(pages[1]).toContain('Read this out about Alder County Conference')
    const seen = await (await at.served.get(`/cases/${caseId}/referrals/new/${draft}/as`, school)).text()
    expect(seen).toContain('Sleep through the night')
    expect(seen).toContain('us-62')
    expect((await send(at.served, school, caseId, draft)).status).toBe(303)
    const read = await crawl(at.served, forum, ['/work', '/referrals', '/settings'])
    expect(read.some(({ text }) => text.includes('Sleep through the night'))).toBe(true)
    for (const { path, text } of read)
      for (const word of ['Somebody to talk to', '07700', 'Dane'])
        expect(text.includes(word), path).toBe(false)
  })
})

/** Facts that refuse whatever else is so, or ask for another way. */
const shut = new Set([
  'minor-consents-alone',
  'recipient-excluded',
  'recipient-flagged',
  'received',
  'linkage',
  'deceased',
  'diagnosis',
  'abuse-detail',
  'about-child',
  'too-young',
])

function nameOf(need: string | { readonly need: string }): string {
  return typeof need === 'string' ? need : need.need
}
