import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import type { Person } from '../world/agencies.ts'
import { caseWith } from '../world/sending.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

// Every page met is looked at by axe, which takes its time on a small machine.
vi.setConfig({ testTimeout: 180_000 })

let site: AgenciesSite
let amina: Person
let caseId: string

beforeAll(async () => {
  site = await agenciesSite()
  amina = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
})
afterAll(() => site?.close())

async function windowOf(scripts: boolean): Promise<Walk> {
  ;({ caseId } = await caseWith(amina))
  const walk = await walkIn(site, { scripts })
  await site.signIn(walk.context, amina)
  return walk
}

const at = (path: string) => `/cases/${caseId}${path}`

async function day(walk: Walk, legend: string, parts: readonly [string, string, string]): Promise<void> {
  const group = walk.page.getByRole('group', { name: legend }).first()
  for (const [i, label] of (['Day', 'Month', 'Year'] as const).entries())
    await group.getByLabel(label, { exact: true }).fill(parts[i] ?? '')
}

test.each([true, false])('three plans and their print, with scripts: %s', async (scripts) => {
  const walk = await windowOf(scripts)
  await walk.go(at('/plans/own'))
  await walk.select('Another part', 'A word or sign, and who knows it')
  await walk.press('Add this part')
  await walk.fill('A word or sign, and who knows it', '“Is the red pan yours?” means: come now.')
  await walk.select('Another part', 'A part with a title of their own')
  await walk.press('Add this part')
  await walk.fill('What they call it', 'The long way home')
  await walk.fill('In their words', 'Past the church, never by the river.')
  await walk.press(/^Move up\s+A part with a title of their own$/)
  const first = await walk.page.locator('main [role=group]').first().textContent()
  expect(first).toContain('What they call it')
  await walk.press('Save')
  await walk.page.waitForURL(/\?saved=1/)
  expect(await walk.text()).toContain('2 parts.')
  expect(await walk.text()).not.toContain('red pan')

  await walk.go(at('/plans/days'))
  await walk.fill('What they can do alone to get through it', 'Walk until the second bridge.')
  await walk.fill('Who made it and agreed to it', 'Rowan and Amina')
  await day(walk, 'Look at it again on', ['31', '2', '2027'])
  await walk.press('Save')
  expect(await walk.text()).toContain('Write a real date')
  expect(await walk.page.getByLabel('What they can do alone to get through it').inputValue()).toContain(
    'second bridge',
  )
  await day(walk, 'Look at it again on', ['3', '3', '2027'])
  await walk.press('Save')
  await walk.page.waitForURL(/\?saved=1/)

  await walk.go(at('/plans/children'))
  await walk.fill('Whose plan it is', 'Northmere Children’s Services')
  await walk.select('Who has to do it', 'The survivor')
  await walk.fill('What they do', 'Tells the school who may fetch Ivy.')
  await walk.press('Save')
  await walk.page.getByText('Every open step is the survivor’s.').waitFor()
  await walk.press('Add a step')
  const step = walk.page.getByRole('group', { name: 'Step 2', exact: true })
  await step.getByLabel('Who has to do it').selectOption({ label: 'The person causing harm' })
  await step.getByLabel('What they do').fill('Stays away from the school.')
  await walk.press('Save')
  await walk.page.getByText('A step has no day.').waitFor()
  expect(await walk.text()).not.toContain('Every open step is the survivor’s.')

  await walk.follow('Print the plan for the children')
  await walk.press('Print this')
  await walk.page.getByRole('heading', { level: 1, name: 'What I want to remember' }).waitFor()
  expect(await walk.page.title()).toBe('Information')
  expect(await walk.text()).toContain('Stays away from the school.')
  expect(await walk.text()).not.toMatch(/red pan|second bridge/)

  await walk.go(at('/plans/own/print'))
  expect(await walk.text()).not.toContain('red pan')
  await walk.tick('The long way home')
  await walk.press('Print this')
  await walk.page.getByRole('heading', { level: 1, name: 'What I want to remember' }).waitFor()
  expect(await walk.text()).toContain('Past the church')
  expect(await walk.text()).not.toContain('red pan')
  await walk.go(at('/plans/own/versions'))
  await walk.close()
})

test.each([true, false])('the chosen worker, and past them, with scripts: %s', async (scripts) => {
  const walk = await windowOf(scripts)
  await walk.go(at('/chosen'))
  await walk.choose('Whom did they choose?', 'A worker of another agency')
  await walk.fill('Name', 'Sam Reed')
  await walk.fill('Agency', 'Hill Clinic')
  await walk.fill('How colleagues reach that worker', '01632 960777')
  await walk.press('Save')
  await walk.page.waitForURL(/\?saved=1/)
  expect(await walk.text()).toContain('They chose to be reached through Sam Reed, Hill Clinic: 01632 960777.')
  await walk.go(at('/contact/now'))
  await walk.press('Check and show')
  await walk.page.getByText('Or: why must you reach past that worker?').waitFor()
  await walk.press('Reach past that worker')
  expect(await walk.text()).toContain('Say why you must reach past that worker')
  await walk.choose('Or: why must you reach past that worker?', 'A child’s safety needs it now')
  await walk.fill('What makes it necessary', 'Ivy was not at school today.')
  await walk.press('Reach past that worker')
  await walk.go(at('/chosen'))
  expect(await walk.text()).toContain('A child’s safety needs it now: Ivy was not at school today.')
  await walk.close()
})
