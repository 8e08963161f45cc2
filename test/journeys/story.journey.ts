import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import type { Person } from '../world/agencies.ts'
import { caseWith } from '../world/sending.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { walkIn } from './walk.ts'

// Every page met is looked at by axe, which takes its time on a small machine.
vi.setConfig({ testTimeout: 240_000 })

let site: AgenciesSite
let worker: Person

beforeAll(async () => {
  site = await agenciesSite()
  worker = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse', ['worker'])
})
afterAll(() => site?.close())

describe('what a case tells', () => {
  for (const scripts of [true, false]) {
    test(`is written page by page, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(worker)
      const walk = await walkIn(site, { scripts })
      await site.signIn(walk.context, worker)
      const go = (page: string) => walk.go(`/cases/${caseId}${page}`)

      await go('/strengths')
      await walk.page.locator('#strengths-0').fill('Sings with Ivy')
      await walk.press('Save')
      expect(await walk.text()).toContain('Sings with Ivy')

      await go('/how-things-are')
      await walk.choose('How are things now?', 'It has ended')
      await walk.press('Save')
      expect(await walk.text()).toContain('Write when it ended')
      await walk.page.locator('input[name="until-year"]').fill('2024')
      await walk.press('Save')
      expect(await walk.text()).toContain('Ended 2024')

      await go('/over-time')
      await walk.press('Add what was done')
      await walk.fill('What was done', 'Took the keys before each visit')
      await walk.fill('What it did to: Rowan Vale', 'Missed every visit')
      await walk.press('Save')
      expect(await walk.text()).toContain('Missed every visit')
      await walk.press(/Took the keys/)
      await go('/threads')
      await walk.fill('What it does to them', 'Shakes at the sound of keys')
      await walk.press('Save')
      expect(await walk.text()).toContain('tick that they have chosen not to say')
      await walk.page.locator('select[name="entry-0"]').selectOption({ index: 1 })
      await walk.press('Save')
      expect(await walk.text()).toContain('Shakes at the sound of keys')

      await walk.press('How is each need now?')
      await walk.page.locator('input[name="state-0"]').nth(1).check()
      await walk.press('Save')
      expect(await walk.text()).toContain('Tick that they said so')
      await walk.tick('They said so themselves')
      await walk.press('Save')
      expect(await walk.text()).toContain('A little')

      await walk.press('Mental health or substances used against them')
      await walk.choose('Is this device and this room private now?', /^Yes/)
      await walk.press('Go on')
      await walk.page.locator('input[name="state-hospital-threat"]').nth(4).check()
      await walk.press('Save and go on to drink and drugs')
      await walk.page.locator('input[name="state-withdrawal"]').nth(3).check()
      await walk.press('Save')
      await go('/print')
      expect(await walk.text()).toContain('What was asked about mental health and substances')
      await walk.close()
    })
  }
})
