import { join } from 'node:path'

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openFile, SafeContact, saveContact } from '#people'

import type { Person } from '../world/agencies.ts'
import { sendReferral } from '../world/referrals.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

let site: AgenciesSite
let ash: Person
let dora: Person
let colin: Person
const shots = process.env['SHOTS']

beforeAll(async () => {
  site = await agenciesSite()
  const { world } = site
  const northmere = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  const clinic = await world.found('Hill Clinic', 'mental-health')
  await world.pair(northmere, clinic)
  ash = await world.join(northmere, 'Ash Reed', ['worker', 'lead'])
  dora = await world.join(clinic, 'Dora Marsh', ['worker'])
  colin = await world.join(clinic, 'Colin Dale', ['lead'])
})
afterAll(() => site?.close())

async function walkAs(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn(site, { scripts })
  await site.signIn(walk.context, person)
  return walk
}

/** Looks at a page at both widths. */
async function look(walk: Walk, name: string): Promise<void> {
  for (const width of [390, 1280]) {
    await walk.page.setViewportSize({ width, height: 800 })
    if (shots)
      await walk.page.screenshot({ path: join(shots, `chasing-${name}-${width}.png`), fullPage: true })
    expect(await findings(walk.page, { scripts: walk.scripts, typed: [] }), name).toEqual([])
  }
}

/** Lets the answer be so many days late. */
const late = (threadId: string, days: number) =>
  sql`update referrals.thread set due_at = clock_timestamp() - make_interval(days => ${days}),
    started_at = clock_timestamp() - make_interval(days => ${days + 1}) where id = ${threadId}::uuid`.execute(
    site.world.owner,
  )

/** A referral that is five days late, out of a case in which a call is safe at any time. */
async function lateReferral(): Promise<string> {
  const { threadId, caseId } = await sendReferral(ash, dora)
  await ash.act(async (db, actor) => {
    const version = (await openFile(db, actor, caseId))?.sheets.contact.version ?? 0
    const way = {
      id: 'w1',
      channel: 'call',
      value: '07700 900321',
      whoElseSees: 'nobody',
      zone: 'Europe/London',
    }
    const contact = SafeContact.parse({
      nothingAtAll: false,
      ways: [{ ...way, whenever: true, safe: [], unsafe: [], voicemail: 'neutral' }],
      nameSafeToSay: null,
      verifiedAt: new Date().toISOString(),
      verifiedBy: 'Ash Reed',
    })
    await saveContact(db, actor, { caseId, version }, contact)
  })
  await late(threadId, 5)
  return threadId
}

/** Says yes, from some day on. */
async function accept(walk: Walk, threadId: string): Promise<void> {
  await walk.go(`/referrals/${threadId}/accept`)
  await walk.page.getByLabel('Day', { exact: true }).first().fill('1')
  await walk.page.getByLabel('Month', { exact: true }).first().fill('12')
  await walk.page.getByLabel('Year', { exact: true }).first().fill('2026')
  await walk.press('Say yes')
}

/** Tries three times, and says then that they are not reached for now. */
async function notReached(walk: Walk): Promise<void> {
  await walk.follow('Try to reach them')
  await look(walk, 'tries')
  await walk.press('Write the try down')
  expect(await walk.text()).toContain('Choose what came of it')
  for (const came of ['No answer', 'Somebody else answered', 'A neutral message']) {
    await walk.choose('What came of it?', new RegExp(`^${came}`))
    await walk.press('Write the try down')
  }
  expect(await walk.text()).toContain('Tried 3 times since they were last reached')
  await look(walk, 'tried')
  await walk.press('Not reached for now')
  await look(walk, 'unreached')
  await walk.tick('Another time that is safe')
  await walk.press('Say that they are not reached for now')
  expect(await walk.text()).toMatch(/Nothing has ended[\s\S]*Ways on from here/)
  await look(walk, 'ways-on')
}

test.each([true, false])(
  'an answer that does not come is asked for, and so is the person, with scripts: %s',
  async (scripts) => {
    const threadId = await lateReferral()
    const asking = await walkAs(ash, scripts)
    await asking.go('/work')
    expect(await asking.text()).toMatch(/What is late[\s\S]*5 days late/)
    await look(asking, 'work-sender')
    await asking.press('Referral to Hill Clinic')
    asking.effort()
    await asking.press('Please answer')
    // One press, and nothing typed.
    expect(asking.effort()).toMatchObject({ inputs: 0, clicks: 1 })
    expect(await asking.text()).toMatch(/Hill Clinic was asked again[\s\S]*You asked again on/)
    await look(asking, 'asked-again')

    const leading = await walkAs(colin, scripts)
    await leading.go('/work')
    expect(await leading.text()).toMatch(/What is late[\s\S]*5 days late/)
    await leading.go(`/referrals/${threadId}`)
    expect(await leading.text()).toContain('Asked again for an answer')
    await accept(leading, threadId)

    await asking.go('/work')
    expect(await asking.text()).toMatch(/Changed by somebody else[\s\S]*Referral to Hill Clinic/)
    await look(asking, 'news')
    await asking.press('I have seen these')
    expect(await asking.text()).not.toContain('Changed by somebody else')

    await asking.go(`/referrals/${threadId}`)
    await notReached(asking)
    await leading.go(`/referrals/${threadId}`)
    expect(await leading.text()).toContain('Another time that is safe')

    await asking.go(`/referrals/${threadId}/end`)
    await asking.choose('As the person sees it', 'It helped')
    await asking.press('End it')
    expect(await asking.text()).toContain('Choose what they may hear, as the person wants it')
    await look(asking, 'may-hear')
    await leading.close()
    await asking.close()
  },
)

test('a lead sets who hears of what is late and what was agreed; everybody sets the hour of their mail', async () => {
  const walk = await walkAs(ash, true)
  await walk.go('/referrals/answers')
  await look(walk, 'answers')
  await walk.select('Which lead hears of what is late?', 'Ash Reed')
  await walk.fill(/After how many tries/, '2')
  await walk.press('Save')
  expect(await walk.text()).toContain('Saved.')
  await walk.follow('Hill Clinic')
  await walk.page.getByLabel('Danger now, in hours').last().fill('x')
  await walk.press('Save')
  expect(await walk.text()).toContain('Write whole hours from 1 to 1000')
  await look(walk, 'partner')
  await walk.page.getByLabel('Danger now, in hours').last().fill('2')
  await walk.press('Save')
  expect(await walk.text()).toContain('Other times were agreed')
  await walk.go('/account/mail')
  await look(walk, 'mail-hour')
  await walk.choose('When should it come?', 'Once a day')
  await walk.select('At what hour?', '08:00')
  await walk.press('Save')
  expect(await walk.text()).toContain('Once a day, from 08:00')
  await walk.close()
})
