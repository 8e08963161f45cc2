import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import type { Person } from '../world/agencies.ts'
import { caseWith } from '../world/sending.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

// Every page met is looked at by axe, which takes its time on a small machine.
vi.setConfig({ testTimeout: 240_000 })

let site: AgenciesSite
let browser: Browser
const advocates = new Map<'uk' | 'us', Person>()

beforeAll(async () => {
  site = await agenciesSite()
  ;({ browser } = site)
  const roles = ['agency-administrator', 'worker', 'lead', 'privacy-lead'] as const
  for (const pack of ['uk', 'us'] as const) {
    advocates.set(pack, await site.world.found(`Harbour ${pack}`, 'domestic-abuse', roles, pack))
  }
})
afterAll(() => site?.close())

async function windowOf(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn({ browser, address: site.address }, { scripts })
  await site.signIn(walk.context, person)
  return walk
}

function advocate(pack: 'uk' | 'us'): Person {
  const found = advocates.get(pack)
  if (found === undefined) throw new Error('nobody')
  return found
}

async function dateOf(walk: Walk, legend: string | RegExp, date: readonly [string, string, string]) {
  const group = walk.page.getByRole('group', { name: legend })
  for (const [at, label] of (['Day', 'Month', 'Year'] as const).entries()) {
    await group.getByLabel(label, { exact: true }).fill(date[at] ?? '')
  }
}

describe('a paper from a court', () => {
  for (const [pack, scripts] of [
    ['us', true],
    ['uk', false],
  ] as const) {
    test(`goes from the door to the copy in the ${pack} pack, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(advocate(pack))
      const walk = await windowOf(advocate(pack), scripts)
      await walk.go(`/cases/${caseId}`)
      await walk.press('See all of it, or write one down')
      await walk.press('A paper from a court or a lawyer has come')
      expect(await walk.text()).toContain(pack === 'us' ? 'rule us-25' : 'rule uk-51')
      await walk.press('Save, and lock the case’s export')
      expect(await walk.text()).toContain('Say who signed the paper.')
      await walk.choose('Who signed it?', /clerk/)
      await walk.fill('Who sends it?', 'Marsh and Reed, for Dane Vale')
      await walk.fill('What does it ask for?', 'Any and all records about Rowan Vale')
      await dateOf(walk, 'When did it come?', ['20', '11', '2026'])
      await dateOf(walk, 'When is an answer due?', ['4', '12', '2026'])
      await walk.press('Save, and lock the case’s export')
      const path = walk.path()
      await walk.go(`/cases/${caseId}/print`)
      expect(await walk.text()).toContain('rule court-4')
      await walk.press('See where that stands')
      expect(walk.path()).toBe(path)
      await walk.press('A lawyer was asked')
      expect(await walk.text()).toContain('Say which lawyer was asked.')
      await walk.fill('Which lawyer was asked?', 'The legal helpline')
      await walk.press('A lawyer was asked')
      await walk.press('Telling the person')
      await walk.choose('Was the person told?', 'Not yet')
      await walk.press('Save')
      expect(await walk.text()).toContain('Say why not yet.')
      await walk.fill('Why not yet?', 'The telephone is read by somebody else until Friday.')
      await dateOf(walk, 'When will you look again?', ['28', '11', '2026'])
      await walk.press('Save')
      await walk.choose('Do you object?', 'Yes, we object')
      await walk.fill('How, or why not?', 'Filed on Monday.')
      await walk.press('Save the answer')
      expect(await walk.text()).toContain('Nothing goes until a judge has ordered it.')
      await walk.press('What the judge ordered')
      await walk.press('Save the order')
      expect(await walk.text()).toContain('Tick what the order names.')
      await walk.fill('Which judge signed it?', 'Aldous Finch')
      await walk.fill('Which court?', 'Alder County Court')
      await dateOf(walk, 'When was it made?', ['1', '12', '2026'])
      await walk.choose('To whom must it go?', /^A court or/)
      await walk.fill('Their name, as the order gives it', 'Alder County Court')
      await walk.tick('That they come here: yes or no')
      await walk.fill('What was asked of the court to protect it?', 'Read by the judge alone.')
      await walk.press('Save the order')
      expect(await walk.text()).not.toContain('07700 900321')
      await walk.page.locator('input[name=items]').first().check()
      await walk.press('Make the copy')
      expect(await walk.text()).not.toContain('Rowan')
      await walk.go(`/cases/${caseId}/grounds`)
      expect(await walk.text()).toContain('Not told yet')
      await walk.go(`/cases/${caseId}/seen`)
      await walk.go(`/cases/${caseId}`)
      await walk.close()
    })
  }
})
