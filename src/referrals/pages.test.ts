import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendAsk, sendReferral, threadNow, threadOf } from '../../test/world/referrals.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'
import { withdrawUnder } from './withdraw.actions.ts'

let world: TestWorld
let served: Served
let advocate: Person
let clinician: Person
let colleague: Person
let stranger: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  clinician = await world.found('Hill Clinic', 'mental-health')
  colleague = await world.join(clinician, 'Cara', ['worker'])
  stranger = await world.found('Elsewhere', 'education')
  await world.pair(advocate, clinician)
})
afterAll(() => world.close())

const page = async (path: string, who: Person) => (await served.get(path, who)).text()
const main = (text: string) => /<main[^>]*>([\s\S]*)<\/main>/.exec(text)?.[1] ?? ''

const yes = {
  'starts-day': '1',
  'starts-month': '12',
  'starts-year': '2026',
  person: 'Kim',
  phone: '01632 960200',
}

describe('two people decide at once', () => {
  test('the second is told what happened, in plain words, with what was typed', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    const { version } = await threadNow(clinician, threadId)
    const first = await served.post(
      `/referrals/${threadId}/accept`,
      { ...yes, version: String(version) },
      clinician,
    )
    expect(first.status).toBe(303)
    const second = await served.post(
      `/referrals/${threadId}/accept`,
      { ...yes, version: String(version), note: 'Canary note' },
      colleague,
    )
    expect(second.status).toBe(409)
    const text = await second.text()
    expect(text).toContain('Somebody was faster.')
    expect(text).toContain('Nothing of yours was sent.')
    expect(text).toContain('Canary note')
  })
})

describe('a line to the other side', () => {
  const writes = async (threadId: string, text: string) => {
    const { version } = await threadNow(advocate, threadId)
    const form = { version: String(version), text }
    const path = `/referrals/${threadId}/answer`
    const shown = main(await page(path, advocate))
    expect((await served.post(path, form, advocate)).status).toBe(303)
    return shown
  }

  test('goes without a question: nothing moves, no answer falls due, and it is no answer', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    const { version } = await threadNow(clinician, threadId)
    await served.post(`/referrals/${threadId}/accept`, { ...yes, version: String(version) }, clinician)
    expect(main(await page(`/referrals/${threadId}`, advocate))).toContain('Write to Hill Clinic')
    const due = async () => [
      (await threadOf(advocate, threadId))?.due_at,
      (await threadOf(clinician, threadId))?.due_at,
    ]
    const before = await due()
    const shown = await writes(threadId, 'How is it going?')
    expect(shown).toContain('What do you want to say or ask?')
    for (const who of [advocate, clinician])
      expect(await threadOf(who, threadId)).toMatchObject({ state: 'accepted' })
    expect(await due()).toEqual(before)
    const read = main(await page(`/referrals/${threadId}`, clinician))
    expect(read).toContain('How is it going?')
    expect(read).toMatch(/Message/)
    expect(read).not.toMatch(/<strong>Answer:/)
  })

  test('answers the question that is open, also after the first meeting was planned, and then one is due', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    await sql`update referrals.thread set state = 'started' where id = ${threadId}::uuid`.execute(world.owner)
    const { version } = await threadNow(clinician, threadId)
    const form = { version: String(version), text: 'Mornings or evenings?' }
    const asked = await served.post(`/referrals/${threadId}/question`, form, clinician)
    expect(asked.status).toBe(303)
    expect(main(await page(`/referrals/${threadId}`, advocate))).not.toContain('Write to Hill Clinic')
    const shown = await writes(threadId, 'Evenings.')
    expect(shown).toContain('Mornings or evenings?')
    expect(await threadOf(clinician, threadId)).toMatchObject({ state: 'started' })
    expect((await threadOf(clinician, threadId))?.due_at).not.toBeNull()
    const read = main(await page(`/referrals/${threadId}`, clinician))
    expect(read).toMatch(/<strong>Answer:/)
  })
})

describe('a list of referrals', () => {
  test('has no two links that read the same, though they lead to different places', async () => {
    for (let i = 0; i < 3; i++) await sendReferral(advocate, clinician)
    const list = main(await page('/referrals?show=ours', clinician))
    const links = [...list.matchAll(/<a class="govuk-link app-dense__title"[^>]*>([\s\S]*?)<\/a>/g)].map(
      (found) => (found[1] ?? '').replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' '),
    )
    expect(links.length).toBeGreaterThan(2)
    expect(new Set(links).size).toBe(links.length)
  })

  test('calls it new until our question is answered, and then says that they answered', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    const tag = async () =>
      /<strong class="govuk-tag[^>]*>\s*([^<]*?)\s*</.exec(
        main(await page('/referrals', clinician)).split(`/referrals/${threadId}`)[1] ?? '',
      )?.[1]
    const version = async (who: Person) => String((await threadNow(who, threadId)).version)
    expect(await tag()).toBe('New')
    const asked = { text: 'Mornings or evenings?', version: await version(clinician) }
    expect((await served.post(`/referrals/${threadId}/question`, asked, clinician)).status).toBe(303)
    expect(await tag()).toBe('We asked')
    const answered = { text: 'Mornings.', version: await version(advocate) }
    expect((await served.post(`/referrals/${threadId}/answer`, answered, advocate)).status).toBe(303)
    expect(await tag()).toBe('They answered')
    expect(main(await page(`/referrals/${threadId}`, clinician))).toContain('They answered')
  })
})

describe('no longer shared', () => {
  /** What the recipient reads, with everything taken out that differs by chance. */
  async function reads(threadId: string): Promise<string> {
    return main(await page(`/referrals/${threadId}`, clinician)).replaceAll(
      /[0-9a-f-]{36}|\d{2}:\d{2}(:[\d.]+Z)?/g,
      '…',
    )
  }

  test('withdrawn and expired read the same, letter for letter, and nothing of it is left', async () => {
    const withdrawn = await sendReferral(advocate, clinician)
    const expired = await sendReferral(advocate, clinician)
    await reads(withdrawn.threadId)
    await reads(expired.threadId)
    const { releaseId: id, key: of } = withdrawn
    await advocate.act((db, actor) => withdrawUnder(db, actor, { id, of }, 'spoken'))
    await sql`update envelopes.incoming set ends_at = clock_timestamp() - interval '1 second' where id = ${expired.envelopeId}`.execute(
      world.owner,
    )
    const gone = await reads(withdrawn.threadId)
    expect(gone).toContain('No longer shared')
    expect(gone).toContain('Harbour Advocacy sent this on')
    expect(gone).toContain('01632 960001')
    expect(gone).not.toContain('Ash')
    expect(gone).not.toContain('Canary')
    expect(await reads(expired.threadId)).toBe(gone)
    const waiting = await page('/referrals?show=ours', clinician)
    const closed = await page('/referrals?show=closed', clinician)
    for (const { threadId } of [withdrawn, expired]) {
      expect(waiting).not.toContain(threadId)
      expect(closed).toContain(threadId)
    }
  })

  test('the place in the queue and the date stay on both sides', async () => {
    const sent = await sendReferral(advocate, clinician)
    const { version } = await threadNow(clinician, sent.threadId)
    const listed = await served.post(
      `/referrals/${sent.threadId}/wait`,
      {
        version: String(version),
        place: '7',
        'expected-day': '14',
        'expected-month': '2',
        'expected-year': '2027',
        person: 'Kim',
      },
      clinician,
    )
    expect(listed.status).toBe(303)
    await advocate.act((db, actor) =>
      withdrawUnder(db, actor, { id: sent.releaseId, of: sent.key }, 'spoken'),
    )
    for (const who of [advocate, clinician]) {
      const text = main(await page(`/referrals/${sent.threadId}`, who))
      expect(text).toContain('Place 7 on the list.')
      expect(text).toContain('14 February 2027')
    }
  })

  test('a decision after the end is refused in words, and the sender hears nothing', async () => {
    const sent = await sendReferral(advocate, clinician)
    const { version } = await threadNow(clinician, sent.threadId)
    await advocate.act((db, actor) =>
      withdrawUnder(db, actor, { id: sent.releaseId, of: sent.key }, 'spoken'),
    )
    const late = await served.post(
      `/referrals/${sent.threadId}/accept`,
      { ...yes, version: String(version) },
      clinician,
    )
    expect(late.status).toBe(409)
    expect(await late.text()).toContain('This is no longer shared. Nothing was sent to Harbour Advocacy.')
    expect((await threadOf(advocate, sent.threadId))?.state).toBe('withdrawn')
  })
})

describe('what may be seen', () => {
  test('a thread of others answers exactly like one that does not exist', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    const missing = '01890000-0000-7000-8000-000000000000'
    for (const rest of ['', '/accept', '/decline', '/take', '/not-me', '/met']) {
      const theirs = await served.get(`/referrals/${threadId}${rest}`, stranger)
      const none = await served.get(`/referrals/${missing}${rest}`, stranger)
      expect([rest, theirs.status]).toEqual([rest, 404])
      expect(await theirs.text()).toBe(await none.text())
    }
    expect((await served.get('/referrals/not-an-id', clinician)).status).toBe(404)
  })

  test('after stepping aside the thread is in no list, on no page and in no count', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    const before = await page('/referrals?show=ours', colleague)
    expect(before).toContain(threadId)
    expect((await served.post(`/referrals/${threadId}/not-me`, {}, colleague)).status).toBe(303)
    for (const path of ['/referrals', '/referrals?show=ours', '/work'])
      expect(await page(path, colleague)).not.toContain(threadId)
    expect((await served.get(`/referrals/${threadId}`, colleague)).status).toBe(404)
    expect(await page(`/referrals/${threadId}`, clinician)).toContain('stepped aside')
  })

  test('a sender who may hear nothing is told so to the one who decides, not to the sender', async () => {
    const { threadId } = await sendReferral(advocate, clinician, 'nothing')
    const { version } = await threadNow(clinician, threadId)
    const done = await served.post(
      `/referrals/${threadId}/accept`,
      { ...yes, version: String(version) },
      clinician,
    )
    const to = done.headers.get('location') ?? ''
    expect(to).toContain('done=kept')
    expect(await page(to, clinician)).toContain('lets nothing of this kind come back')
    const theirs = main(await page(`/referrals/${threadId}`, advocate))
    expect(theirs).not.toContain('Accepted')
    expect(theirs).toContain('Plan the introduction')
  })
})

describe('a no', () => {
  test('needs a reason; for danger it needs whoever has the person today', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    const { version } = await threadNow(clinician, threadId)
    const post = (fields: Readonly<Record<string, string>>) =>
      served.post(
        `/referrals/${threadId}/decline`,
        { version: String(version), next: 'nowhere', who: 'Jo at the advice line', ...fields },
        clinician,
      )
    const bare = await post({})
    expect(bare.status).toBe(422)
    expect(await bare.text()).toContain('Choose a reason')
    const danger = await post({ reason: 'risk-too-high' })
    expect(danger.status).toBe(422)
    expect(await danger.text()).toContain('Ring a service that acts today')
    const silent = await post({ reason: 'age', who: ' ' })
    expect([silent.status, await silent.text()]).toEqual([
      422,
      expect.stringContaining('Say who could know where to go next'),
    ])
    const wordless = await post({ reason: 'other', sentence: ' ' })
    expect(wordless.status).toBe(422)
    const kept = await wordless.text()
    expect(kept).toContain('Say the reason in your own words')
    expect(kept).toContain('value="Jo at the advice line"')
    const named = await post({ reason: 'risk-too-high', sameDay: 'The crisis team, Jo' })
    expect(named.status).toBe(303)
    const heard = await page(`/referrals/${threadId}`, advocate)
    expect(heard).toContain('The same day')
    expect(heard).toContain('The crisis team, Jo')
    expect(heard).toContain('Jo at the advice line')
  })
})

test('every page of a thread draws in the words of the United States', async () => {
  const program = await world.found('Harbor Program', 'domestic-abuse', undefined, 'us')
  const clinic = await world.found('Hill Clinic US', 'mental-health', undefined, 'us')
  await world.pair(program, clinic)
  const { threadId } = await sendReferral(program, clinic)
  for (const rest of ['', '/question', '/accept', '/wait', '/decline', '/not-me'])
    expect([rest, (await served.get(`/referrals/${threadId}${rest}`, clinic)).status]).toEqual([rest, 200])
  const { version } = await threadNow(clinic, threadId)
  await served.post(`/referrals/${threadId}/accept`, { ...yes, version: String(version) }, clinic)
  for (const rest of ['/introduction', '/met', '/end', '/take'])
    expect([rest, (await served.get(`/referrals/${threadId}${rest}`, clinic)).status]).toEqual([rest, 200])
  expect(await page(`/referrals/${threadId}`, program)).toContain('Plan the warm handoff')
  expect(await page('/now', clinic)).toContain('Call 911')
  const ask = await sendAsk(clinic, program)
  expect(await page(`/referrals/${ask.threadId}`, program)).toContain('Yes, call us now together')
})

test('words that mean different things: the reader’s own first, and what Anydoor does about each', async () => {
  const welfare = await world.found('Door of child welfare', 'child-welfare')
  const text = await page('/words', welfare)
  expect(text).toContain('id="safety-plan"')
  expect(text.indexOf('Child welfare (yours)')).toBeLessThan(text.indexOf('Domestic abuse services'))
  expect(text).toContain('Three separate things, never one field.')
  const list = await page('/referrals', welfare)
  expect(list).toMatch(/<summary[\s\S]*What “referral” means here/)
  expect(list).toContain('href="/words#referral"')
  expect(list).toMatch(/<footer[\s\S]*href="\/words"/)
})
