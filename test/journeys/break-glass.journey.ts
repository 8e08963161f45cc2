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

beforeAll(async () => {
  site = await agenciesSite()
  ;({ browser } = site)
})
afterAll(() => site?.close())

async function windowOf(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn({ browser, address: site.address }, { scripts })
  await site.signIn(walk.context, person)
  return walk
}

describe('break-glass', () => {
  for (const [pack, scripts] of [
    ['uk', true],
    ['us', false],
  ] as const) {
    test(`opens a case at night and is looked at, in the ${pack} pack, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const lead = await site.world.found(
        `Night ${pack}`,
        'domestic-abuse',
        ['agency-administrator', 'worker', 'lead'],
        pack,
      )
      const desk = await site.world.join(lead, 'Night desk', ['directory-editor'])
      await caseWith(lead)
      const walk = await windowOf(desk, scripts)
      await walk.go('/home')
      await walk.press('In an emergency')
      await walk.press('Open the case')
      expect(await walk.text()).toContain('Say why you need to see it now.')
      await walk.fill('Which case?', 'Rowan')
      await walk.fill('Why do you need to see it now?', 'Locked out, and rang here.')
      await walk.choose('Was the person told?', 'Yes, by telephone')
      await walk.press('Open the case')
      expect(await walk.text()).toContain('Nothing was opened.')
      await walk.fill('Which case?', 'Rowan Vale')
      await walk.press('Open the case')
      expect(await walk.text()).toContain('07700 900321')
      const path = walk.path()
      // In one town whoever opened it says that they are finished; in the other the lead comes first.
      const finished = pack === 'uk'
      if (finished) {
        await walk.press('I am finished: close it now')
        expect(await walk.text()).toContain('It is closed. A lead looks at it.')
      }
      const save = finished ? 'Save' : 'Save, and close it now'
      const second = await windowOf(lead, scripts)
      await second.go('/work')
      await second.press(/A case was opened in an emergency: look at it/)
      expect(await second.text()).toContain('Locked out, and rang here.')
      await second.press(save)
      expect(await second.text()).toContain('Say whether it was right.')
      await second.choose('Was it right to open it?', 'Yes, it was right')
      await second.fill('Why, and what follows?', 'Nobody else could be reached. The rota changes.')
      await second.press(save)
      expect(await second.text()).toContain('A lead has looked at it.')
      const gone = await walk.page.goto(new URL(path, site.address).href)
      expect(gone?.status()).toBe(404)
      await walk.close()
      await second.close()
    })
  }
})
