import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { CardBody, openFile, saveCard, saveContact, SafeContact, startCase } from '#people'

import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { type Served, serveWorld } from '../world/served.ts'
import { forbidden } from './oracle.ts'

let world: TestWorld
let served: Served
let first: Person
let second: Person
let caseId: string
const number = '07700 900318'

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  first = await world.found('Harbour Advocacy', 'domestic-abuse')
  second = await world.join(first, 'Second', ['worker'])
  caseId = await first.act(async (db, actor) => {
    const made = await startCase(db, actor)
    const card = CardBody.parse({ name: 'Sorrel Vane', sayAloud: ['Sorrel'], role: 'survivor' })
    await saveCard(db, actor, { caseId: made.caseId, id: null, version: 0 }, card)
    return made.caseId
  })
})
afterAll(() => world?.close())

const way = {
  id: 'one',
  channel: 'call',
  value: number,
  whoElseSees: 'nobody',
  zone: 'Europe/London',
  whenever: true,
  safe: [],
  unsafe: [],
} as const
const agreed = (over: object = {}, ways: readonly object[] = [way]) =>
  SafeContact.parse({
    nothingAtAll: false,
    ways,
    nameSafeToSay: 'Sorrel',
    verifiedAt: new Date().toISOString(),
    verifiedBy: 'Ash',
    ...over,
  })
const contactIn = (who = first) =>
  who.act(async (db, actor) => (await openFile(db, actor, caseId))?.contact ?? null)
const keep = (contact: SafeContact) =>
  first.act(async (db, actor) => {
    const file = await openFile(db, actor, caseId)
    return saveContact(db, actor, { caseId, version: file?.sheets.contact.version ?? 0 }, contact)
  })
const now = async (fields: Readonly<Record<string, string>>, who = first) => {
  const answer = await served.post(`/cases/${caseId}/contact/now`, { way: 'one', ...fields }, who)
  return { status: answer.status, body: await answer.text() }
}

/** Every minute of some days: never, or always, by the person's own clock. */
const always = [{ days: [1, 2, 3, 4, 5, 6, 7], date: null, from: '00:00', to: '00:00' }]

describe('the pages that lead to the person', () => {
  test('us-U10, us-U11: whatever is agreed, the number shows and paper prints exactly where the rules allow it', async () => {
    const any = fc.record({
      nothingAtAll: fc.constantFrom(false, false, true),
      whoElseSees: fc.constantFrom('nobody', 'maybe', 'yes', 'not-known'),
      channel: fc.constantFrom('call', 'text', 'email', 'post', 'in-person'),
      hours: fc.constantFrom(
        { whenever: true, unsafe: [] },
        { whenever: false, unsafe: [] },
        { whenever: true, unsafe: always },
        {
          whenever: false,
          safe: always,
          unsafe: [],
        },
      ),
      content: fc.constantFrom('none', 'neutral', 'ok'),
      callAs: fc.constantFrom('agency', 'neutral'),
      envelope: fc.constantFrom('no', 'plain'),
      printing: fc.constantFrom('no', 'neutral', 'ok'),
      days: fc.constantFrom(0, 29, 31, 400),
    })
    await fc.assert(
      fc.asyncProperty(any, async ({ nothingAtAll, printing, days, hours, ...rest }) => {
        const verifiedAt = new Date(Date.now() - days * 86_400_000).toISOString()
        const contact = agreed({ nothingAtAll, printing, verifiedAt }, [{ ...way, ...rest, ...hours }])
        await keep(contact)
        const kind = rest.channel === 'post' ? ('letter' as const) : rest.channel
        const act = {
          kind,
          wayId: 'one',
          namesAgency: rest.callAs === 'agency' && kind === 'call',
          hasLink: false,
          tellsMore: false,
          reminder: false,
        } as const
        const { body } = await now({})
        const no = forbidden(contact, act as Parameters<typeof forbidden>[1], new Date())
        expect([no, body.includes(number)]).toEqual([no, no === null])
        const paper = { ...act, kind: 'print', wayId: null, namesAgency: true, tellsMore: true } as const
        const printed = await (await served.get(`/cases/${caseId}/print?sure=paper`, first)).text()
        const kept = forbidden(contact, paper, new Date())
        expect([kept, printed.includes('Sorrel Vane') && !printed.includes('?sure=text')]).toEqual([
          kept,
          kept === null,
        ])
      }),
      { seed: 8, numRuns: process.env['ANYDOOR_PROVE'] === undefined ? 40 : 2_000 },
    )
  }, 300_000)

  test('the number stands on no page but the one that was asked for it; an empty box keeps it', async () => {
    await keep(agreed())
    for (const path of ['', '/contact', '/contact?way=one', '/contact/now', '/notes']) {
      const body = await (await served.get(`/cases/${caseId}${path}`, first)).text()
      expect([path, body.includes(number), body.includes('900318')]).toEqual([path, false, false])
    }
    const chosen = await (await served.get(`/cases/${caseId}/contact/now`, first)).text()
    expect(chosen).toContain('You may say aloud: Sorrel.')
    const version = await first.act(
      async (db, actor) => (await openFile(db, actor, caseId))?.sheets.contact.version ?? 0,
    )
    const form = {
      way: 'one',
      channel: 'call',
      value: '',
      whoElseSees: 'nobody',
      when: 'whenever',
      checked: 'yes',
      version: String(version),
    }
    const zone = {
      zone: 'America/Denver',
      reminders: 'neutral',
      'unsafeOn-day': '4',
      'unsafeOn-month': '3',
      'unsafeOn-year': '2031',
    }
    expect((await served.post(`/cases/${caseId}/contact`, { ...form, ...zone }, first)).status).toBe(303)
    expect(await contactIn()).toMatchObject({
      reminders: 'neutral',
      ways: [{ value: number, zone: 'America/Denver', unsafe: [{ date: '2031-03-04' }] }],
    })
  })
})

describe('a code word', () => {
  test('is kept as a digest alone, tried at the telephone, and goes to nobody', async () => {
    await keep(agreed())
    const version = await first.act(
      async (db, actor) => (await openFile(db, actor, caseId))?.sheets.contact.version ?? 0,
    )
    const form = {
      way: 'one',
      channel: 'call',
      value: '',
      whoElseSees: 'nobody',
      when: 'whenever',
      checked: 'yes',
      version: String(version),
      codeWord: 'Blue Heron',
    }
    expect((await served.post(`/cases/${caseId}/contact`, form, first)).status).toBe(303)
    const kept = await contactIn()
    expect([kept?.hasCodeWord, JSON.stringify(kept).toLowerCase().includes('heron')]).toEqual([true, false])
    expect((await now({ act: 'word', word: ' blue-heron ' })).body).toContain('That is the word.')
    expect((await now({ act: 'word', word: 'blue her' })).body).toContain('That is not the word.')
    expect((await now({ act: 'word', word: '' })).body).toContain('That is not the word.')
    const page = await (await served.get(`/cases/${caseId}/contact`, first)).text()
    expect(page.toLowerCase()).not.toContain('heron')
  })
})

describe('two people and a reason', () => {
  const shut = () => keep(agreed({}, [{ ...way, unsafe: always }]))
  const asks = (reason: string, id = 'one') => now({ act: 'ask', reason, way: id })
  /** What stands in the form of the second person, as their page shows it now. */
  const shown = async () => {
    const body = await (await served.get(`/cases/${caseId}/contact/now`, second)).text()
    return { body, askedAt: /name="askedAt" value="([^"]+)"/.exec(body)?.[1] ?? '' }
  }
  const agrees = (askedAt: string, who = second, id = 'one') => now({ act: 'agree', way: id, askedAt }, who)

  test('open an unsafe hour for one way and one hour; neither one alone, nor one of them twice', async () => {
    await shut()
    expect((await now({})).body).not.toContain(number)
    expect(await now({ act: 'ask', reason: '' })).toMatchObject({ status: 422 })
    expect((await asks('The school rang: she is waiting outside.')).status).toBe(303)
    expect((await now({})).body).not.toContain(number)
    const { body, askedAt } = await shown()
    const firstName = await first.act((_db, actor) => Promise.resolve(actor.displayName))
    await agrees(askedAt, first)
    expect((await now({})).body).not.toContain(number)
    for (const told of ['she is waiting outside', `${firstName} asked`]) expect(body).toContain(told)
    expect((await agrees(askedAt)).status).toBe(303)
    const opened = await now({})
    expect([opened.body.includes(number), opened.body.includes('contact-unsafe-time')]).toEqual([true, true])
  })

  test('any change ends it, an hour ends it, and it opens no other rule', async () => {
    await shut()
    await asks('It cannot wait')
    await agrees((await shown()).askedAt)
    const contact = await contactIn()
    const agreedAt = contact?.override?.agreedAt ?? null
    if (!contact?.override || agreedAt === null) throw new Error('nobody agreed')
    const before = new Date(Date.parse(agreedAt) - 61 * 60_000).toISOString()
    await keep({ ...contact, override: { ...contact.override, agreedAt: before } })
    expect((await now({})).body).not.toContain(number)
    await keep({
      ...contact,
      ways: [{ ...way, ...contact.ways[0], whoElseSees: 'yes' } as (typeof contact.ways)[number]],
    })
    expect((await now({})).body).not.toContain(number)
    await shut()
    expect((await contactIn())?.override ?? null).toBe(null)
    await keep(agreed({}, [{ ...way, whoElseSees: 'yes' }]))
    await asks('It cannot wait')
    expect((await contactIn())?.override ?? null).toBe(null)
  })

  test('agree to the same thing: what was asked since the page was read is not agreed to', async () => {
    const home = { ...way, id: 'home', value: '01632 960777' }
    await keep(
      agreed(
        {},
        [way, home].map((each) => ({ ...each, unsafe: always })),
      ),
    )
    await asks('At work until six')
    const { askedAt } = await shown()
    await asks('The landline then', 'home')
    for (const id of ['one', 'home']) {
      const answer = await agrees(askedAt, second, id)
      expect([answer.status, answer.body.includes('is not asked any more')]).toEqual([409, true])
    }
    await asks('A second reason', 'home')
    expect((await agrees((await shown()).askedAt, second, 'one')).status).toBe(409)
    expect((await contactIn())?.override?.second).toBe(null)
    expect((await now({ way: 'home' })).body).not.toContain(home.value)
    expect((await agrees((await shown()).askedAt, second, 'home')).status).toBe(303)
    expect((await now({ way: 'home' })).body).toContain(home.value)
  })

  test('agree within the hour: a wish that is older is neither shown nor agreed to', async () => {
    await shut()
    await asks('It cannot wait')
    const contact = await contactIn()
    if (!contact?.override) throw new Error('nobody asked')
    const askedAt = new Date(Date.now() - 61 * 60_000).toISOString()
    await keep({ ...contact, override: { ...contact.override, askedAt } })
    expect((await shown()).body).not.toContain('It cannot wait')
    expect((await agrees(askedAt)).status).toBe(409)
    expect((await now({})).body).not.toContain(number)
    const young = new Date(Date.now() - 59 * 60_000).toISOString()
    await keep({ ...contact, override: { ...contact.override, askedAt: young } })
    expect((await agrees((await shown()).askedAt)).status).toBe(303)
    expect((await now({})).body).toContain(number)
  })
})

describe('somebody named as not safe', () => {
  const careful = async (fields: Readonly<Record<string, string>>) => {
    const version = await first.act(
      async (db, actor) => (await openFile(db, actor, caseId))?.sheets.danger.version ?? 0,
    )
    const answer = await served.post(
      `/cases/${caseId}/careful`,
      { ...fields, version: String(version) },
      first,
    )
    expect(answer.status).toBe(303)
  }
  const page = async (path: string) => (await served.get(`/cases/${caseId}${path}`, first)).text()

  test('carries no message from the moment they are named, and again when that is taken away', async () => {
    const ana = await first.act(async (db, actor) => {
      const card = CardBody.parse({ name: 'Ana', role: 'other' })
      const saved = await saveCard(db, actor, { caseId, id: null, version: 0 }, card)
      if (!('id' in saved)) throw new Error('no card')
      return saved.id
    })
    await keep(agreed({}, [{ ...way, channel: 'trusted-person', trustedPersonRef: ana }]))
    expect((await now({})).body).toContain(number)
    expect(await page('/contact')).toContain(`value="${ana}"`)

    await careful({ notSafeToTalkTo: 'My aunt Ana, she passes things on.' })
    const refused = await now({})
    expect([refused.body.includes(number), refused.body.includes('They cannot pass anything on')]).toEqual([
      false,
      true,
    ])
    expect(await page('/contact/now')).toContain('A way went through somebody who is named')
    expect(await page('/contact')).not.toContain(`value="${ana}"`)

    // Saved again with an empty box while shut: the number stays theirs, and nothing of the mark is kept.
    const sheet = { way: 'one', channel: 'trusted-person', value: '', person: '', when: 'whenever' }
    const version = await first.act(
      async (db, actor) => (await openFile(db, actor, caseId))?.sheets.contact.version ?? 0,
    )
    const again = { ...sheet, whoElseSees: 'nobody', checked: 'yes', version: String(version) }
    expect((await served.post(`/cases/${caseId}/contact`, again, first)).status).toBe(303)
    expect((await now({})).body).not.toContain(number)

    await careful({ notSafeToTalkTo: '' })
    expect(await contactIn()).toMatchObject({ notSafe: [], ways: [{ value: number, trustedPersonRef: ana }] })
    expect((await now({})).body).toContain(number)
  })
})
