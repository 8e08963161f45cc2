import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { decide } from '#referrals'

import type { Person } from '../world/agencies.ts'
import { threadNow } from '../world/referrals.ts'
import { caseWith, listServicesOf, send, walkToSend } from '../world/sending.ts'
import { received } from '../world/sending-world.ts'
import { serveWorld } from '../world/served.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

// Every page met is looked at by axe, which takes its time on a small machine.
vi.setConfig({ testTimeout: 180_000 })

let site: AgenciesSite
let advocate: Person
let clinician: Person
let caseId = ''
let talking = ''

beforeAll(async () => {
  site = await agenciesSite()
  advocate = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse', [
    'agency-administrator',
    'worker',
    'lead',
    'privacy-lead',
  ])
  clinician = await site.world.found('Hill Clinic', 'mental-health')
  await site.world.pair(advocate, clinician)
  ;[talking = ''] = await listServicesOf(site.world, [
    { person: clinician, organization: 'Northmere Adult Mental Health' },
  ])
})
afterAll(() => site?.close())

async function windowOf(who: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn(site, { scripts })
  await site.signIn(walk.context, who)
  return walk
}

async function day(walk: Walk, legend: string, parts: readonly [string, string, string]): Promise<void> {
  const group = walk.page.getByRole('group', { name: legend }).first()
  for (const [i, label] of (['Day', 'Month', 'Year'] as const).entries())
    await group.getByLabel(label, { exact: true }).fill(parts[i] ?? '')
}

/** Writes one line of who helps, with the person's yes; gives its id. */
async function writeLine(ours: Walk): Promise<string> {
  await ours.go(`/cases/${caseId}/helping`)
  await ours.press('Add somebody who helps')
  await ours.page.waitForURL(/helping\/new/)
  await ours.fill('Agency', 'Riverside Housing')
  await ours.fill('Their worker’s name', 'Jo Marsh')
  await ours.fill('Next step', 'A call on Monday')
  await ours.tick('The person told us')
  await ours.press('Save')
  expect(await ours.text()).toContain('Tick it only when the person has read these words')
  await ours.tick('The person has read these words and says yes')
  await ours.press('Save')
  await ours.page.waitForURL(/done=saved/)
  expect(await ours.text()).toContain('Only us')
  return /helping\/([0-9a-f-]{36})\/off/.exec(await ours.page.content())?.[1] ?? ''
}

/** A referral that lets the clinic see this line, and that the clinic said yes to. */
async function acceptedWith(line: string): Promise<string> {
  const served = serveWorld(site.world)
  const { draft } = await walkToSend(served, advocate, caseId, talking, {
    pick: (picks) => ({ pick: [...(picks['pick'] ?? []), `helper-pointer~${line}`] }),
  })
  await send(served, advocate, caseId, draft)
  const threadId = (await received(clinician))[0]?.thread_id ?? ''
  const at = await threadNow(clinician, threadId)
  const kim = { name: 'Kim', phone: '01632 960200', cover: 'Lee, 01632 960201' }
  await clinician.act((db, actor) =>
    decide(db, actor, at, { about: 'accepted', startsOn: '2027-03-01', person: kim, first: null, note: '' }),
  )
  return threadId
}

/** Plans it: a time that does not fit is said so, another is taken. */
async function plan(ours: Walk, threadId: string): Promise<void> {
  await ours.go(`/referrals/${threadId}`)
  await ours.press('Plan the introduction')
  await ours.page.waitForURL(/introduction$/)
  await day(ours, 'Day', ['1', '3', '2027'])
  await ours.fill('Time', '22:30')
  await ours.fill('Where', 'North of the river')
  await ours.press('Write it down')
  expect(await ours.text()).toContain('outside the times that the person called safe')
  await ours.fill('Time', '10:30')
  await ours.press('Write it down')
  await ours.page.waitForURL(/done=introduce/)
}

/** The clinic reads who helps and what is proposed, and says who stands in while its worker is away. */
async function standIn(theirs: Walk, threadId: string): Promise<void> {
  await theirs.go(`/referrals/${threadId}`)
  expect(await theirs.text()).toContain('Riverside Housing')
  expect(await theirs.text()).toContain('Northmere Domestic Abuse Service proposes this')
  await theirs.press('Tell Northmere Domestic Abuse Service whom to ring')
  await theirs.page.waitForURL(/contact$/)
  await theirs.fill('Who stands in', 'Lee, 01632 960201')
  await day(theirs, 'Away until (optional)', ['28', '2', '2027'])
  await theirs.press('Tell Northmere Domestic Abuse Service')
  await theirs.page.waitForURL(/done=/)
}

/** Agreed, moved with what got in the way, happened, and met as the person says. */
async function goAlong(ours: Walk, threadId: string): Promise<void> {
  await ours.go(`/referrals/${threadId}`)
  ours.effort()
  await ours.press('The person says yes')
  await ours.page.waitForURL(/introduction\/agreed/)
  await ours.tick('The person says yes to this')
  await ours.press('Write it down')
  await ours.page.waitForURL(/done=agreed/)
  expect(ours.effort()).toMatchObject({ inputs: 1, clicks: 2, letters: 0 })
  await ours.press('Another time or way')
  await ours.page.waitForURL(/introduction$/)
  await ours.tick('the way there')
  await day(ours, 'Day', ['3', '3', '2027'])
  await ours.tick('The person says yes to this')
  await ours.press('Write it down')
  await ours.page.waitForURL(/done=introduce/)
  expect(await ours.text()).toContain('Only our side knows this')
  await ours.press('It did not come about')
  await ours.page.waitForURL(/not-happened/)
  await ours.press('Write it down')
  expect(await ours.text()).toContain('Tick what got in the way')
  await ours.go(`/referrals/${threadId}/introduction/happened`)
  ours.effort()
  await ours.press('Write it down')
  await ours.page.waitForURL(/done=happened/)
  expect(ours.effort()).toMatchObject({ inputs: 0, clicks: 1 })
  await ours.press('They have met')
  await ours.page.waitForURL(/met$/)
  await ours.tick('The person says that they have met')
  await ours.press('Write it down')
  await ours.page.waitForURL(/done=met/)
}

test('who helps is let be seen; the introduction is planned, agreed, moved, happens and is met', async () => {
  ;({ caseId } = await caseWith(advocate))
  const ours = await windowOf(advocate, true)
  const line = await writeLine(ours)
  const threadId = await acceptedWith(line)
  await plan(ours, threadId)
  const theirs = await windowOf(clinician, true)
  await standIn(theirs, threadId)
  await goAlong(ours, threadId)
  await ours.go(`/cases/${caseId}/helping/${line}/off`)
  await ours.press('Take it off')
  await ours.page.waitForURL(/done=off/)
  await theirs.go(`/referrals/${threadId}`)
  expect(await theirs.text()).not.toContain('Riverside Housing')
  await ours.close()
  await theirs.close()
})

test('the same pages hold without scripts, at the width of a telephone, and the list goes on paper', async () => {
  ;({ caseId } = await caseWith(advocate))
  const ours = await windowOf(advocate, false)
  await plan(ours, await acceptedWith(await writeLine(ours)))
  await ours.go(`/cases/${caseId}/helping`)
  await ours.press('Put the list on paper')
  await ours.page.waitForURL(/helping\/print/)
  await ours.press('It is safe: show it to print')
  expect(await ours.text()).toContain('Names and numbers')
  await ours.close()
})
