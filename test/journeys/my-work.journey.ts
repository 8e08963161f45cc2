import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Person } from '../world/agencies.ts'
import { sendReferral } from '../world/referrals.ts'
import { keyboardOf } from './keyboard.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

let site: AgenciesSite
let amina: Person
let lena: Person
let clinician: Person
let chief: Person

beforeAll(async () => {
  site = await agenciesSite()
  amina = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  await site.world.join(amina, 'Bea Fell', ['worker'])
  lena = await site.world.join(amina, 'Lena Marsh', ['lead'])
  clinician = await site.world.found('Hill Clinic', 'mental-health')
  await site.world.join(clinician, 'Cara Dale', ['worker'])
  chief = await site.world.join(clinician, 'Lee Chief', ['lead'])
  await site.world.pair(amina, clinician)
  await sendReferral(amina, clinician, 'outcome', 'Rowan Vale')
  await sendReferral(amina, clinician, 'outcome', 'Hazel Ness')
})
afterAll(() => site?.close())

async function walkAs(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn(site, { scripts })
  await site.signIn(walk.context, person)
  return walk
}

test.each([true, false])(
  'a worker sees what needs them today, narrows the list and finds a referral by name, with scripts: %s',
  async (scripts) => {
    const walk = await walkAs(clinician, scripts)
    await walk.go('/work')
    expect(await walk.text()).toMatch(/What needs me today[\s\S]*Say yes, wait or no/)
    await walk.press('All referrals')
    await walk.open('Narrow the list')
    await walk.select('Partner', 'Northmere Domestic Abuse Service')
    await walk.select('Answer due', 'Late')
    await walk.press('Show')
    expect(new URL(walk.page.url()).search).toContain('due=late')
    expect(await walk.text()).toContain('2 referrals')
    await walk.select('Direction', 'We sent it')
    await walk.press('Show')
    expect(await walk.text()).toContain('Nothing here')
    await walk.close()

    const sender = await walkAs(amina, scripts)
    await sender.go('/referrals')
    await sender.press('Find a referral by name')
    await sender.press('Find')
    expect(await sender.text()).toContain('Write a name, or the beginning of one')
    await sender.fill('Name, or part of one', 'hazel')
    await sender.press('Find')
    expect(await sender.text()).toContain('Hazel Ness')
    expect(await sender.text()).not.toContain('Rowan Vale')
    await sender.close()
  },
)

test('a lead sees who has what open, gives all of it to a colleague and takes it back, without scripts', async () => {
  const walk = await walkAs(lena, false)
  await walk.go('/referrals')
  await walk.press('Who has what open')
  expect(await walk.text()).toContain('Bea Fell')
  await walk.press('Person 1')
  await walk.press('Give what is ticked')
  expect(await walk.text()).toContain('Choose who looks after it')
  await walk.select('Who looks after it from now on?', 'Bea Fell')
  await walk.press('Give what is ticked')
  expect(await walk.text()).toContain('Tick what moves')
  await walk.tick('Rowan Vale')
  await walk.tick('Hazel Ness')
  await walk.select('Who looks after it from now on?', 'Bea Fell')
  walk.effort()
  await walk.press('Give what is ticked')
  expect(await walk.text()).toContain('2 things went to Bea Fell.')
  await walk.press('Give these back')
  expect(await walk.text()).toContain('2 things went to Person 1.')
  await walk.close()
})

test.each([true, false])(
  'a lead gives what nobody has taken up, and it can go back to nobody, with scripts: %s',
  async (scripts) => {
    const walk = await walkAs(chief, scripts)
    await walk.go('/referrals/by-person')
    await walk.press('Nobody yet')
    expect(await walk.text()).toContain('Give what nobody has taken up to a colleague')
    walk.effort()
    await walk.tick('Referral from Northmere Domestic Abuse Service')
    await walk.press('Give what is ticked')
    expect(await walk.text()).toContain('Choose who looks after it')
    await walk.select('Who looks after it from now on?', 'Cara Dale')
    await walk.press('Give what is ticked')
    expect(walk.effort()).toMatchObject({ inputs: 2, letters: 0 })
    expect(await walk.text()).toContain('One thing went to Cara Dale.')
    await walk.press('Give these back')
    expect(await walk.text()).toContain('One thing is with nobody again.')
    await walk.close()
  },
)

test('from My work to a narrowed list by keyboard alone', async () => {
  const walk = await walkAs(clinician, true)
  await walk.go('/work')
  const keys = await keyboardOf(walk)
  await keys.skip()
  await keys.to('Waiting for us')
  await keys.enter()
  expect(walk.path()).toBe('/referrals')
  expect(new URL(walk.page.url()).search).toBe('?show=ours&who=mine')
  expect(await walk.text()).toContain('2 referrals')
  await walk.close()
})
