import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Person } from '../world/agencies.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { walkIn } from './walk.ts'

let site: AgenciesSite
let lead: Person

beforeAll(async () => {
  site = await agenciesSite()
  lead = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse', [
    'agency-administrator',
    'worker',
    'lead',
  ])
})
afterAll(() => site?.close())

const sheet = (name: string, other: string) =>
  [
    'Client,Mobile,Safe to call,Needs,Date opened,Advocate,Immigration status,Address,Comments',
    `${name},01632 960123,yes,To sleep through the night,3/2/2026,,x,x,Rang twice`,
    `${other},01632 960124,perhaps,A safe school run,31/2/2026,Nobody Here,,,`,
    `${name},,,,,,,,`,
  ].join('\n')

describe.each([true, false])('with scripts: %s', (scripts) => {
  test('a lead brings cases along: columns, trial, making, report, and the way back', async () => {
    const walk = await walkIn(site, { scripts })
    await site.signIn(walk.context, lead)
    const name = scripts ? 'Fern Cove' : 'Ivy Ness'
    await walk.go('/work')
    await walk.follow('Bring cases along from a spreadsheet')
    await walk.press('Look at this sheet')
    expect(await walk.text()).toContain('Choose a file first.')
    const buffer = Buffer.from(sheet(name, scripts ? 'Moss Lake' : 'Elm Ridge'))
    await walk.page
      .getByLabel('The sheet, as a workbook')
      .setInputFiles({ name: 'cases.csv', mimeType: 'text/csv', buffer })
    await walk.press('Look at this sheet')
    expect(await walk.text()).toContain('Left out and already forgotten: Immigration status.')
    await walk.press('See what would happen')
    expect(await walk.text()).toContain('2 cases')
    await walk.follow('See it line by line')
    expect(await walk.text()).toContain('this is no date that can be read')
    await walk.page.goBack()
    await walk.press('Make 2 cases')
    expect(await walk.text()).toContain('Your cases are here')
    await walk.follow('See it line by line')
    expect(await walk.text()).toContain('In its case')
    await walk.go('/work')
    expect(await walk.text()).toContain(name)
    await walk.go('/caseload')
    await walk.follow(/cases\.csv/)
    if (scripts) return walk.close()
    await walk.press('Take these cases back')
    expect(await walk.text()).toContain('Every case of this sheet was taken back.')
    await walk.go('/work')
    expect(await walk.text()).not.toContain(name)
    await walk.close()
  }, 90_000)
})
