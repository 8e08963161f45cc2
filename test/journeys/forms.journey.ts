import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Person } from '../world/agencies.ts'
import { caseWith } from '../world/sending.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

let site: AgenciesSite
let lead: Person

beforeAll(async () => {
  site = await agenciesSite()
  const roles = ['agency-administrator', 'worker', 'lead'] as const
  lead = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse', roles)
})
afterAll(() => site?.close())

const ways = [
  [true, 1280],
  [false, 390],
] as const

async function pageOf(width: number, javaScriptEnabled: boolean): Promise<Page> {
  const context = await site.browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } })
  context.setDefaultTimeout(10_000)
  await site.signIn(context, lead)
  return context.newPage()
}

/** Fills the form in once more: what was answered stands in place of the question until it is asked again. */
async function answeredBefore(page: Page, title: string): Promise<void> {
  const save = async (then: RegExp) => {
    await page.getByRole('button', { name: 'Save', exact: true }).first().click()
    await page.waitForURL(then)
  }
  const field = page.getByRole('group', { name: 'Are there children at home?', exact: true })
  await page.getByText('Answered before: Are there children at home?').waitFor()
  expect(await field.isVisible()).toBe(false)
  await page.getByLabel('Ask again', { exact: true }).check()
  await field.waitFor({ state: 'visible' })
  await page.getByLabel('Use it', { exact: true }).check()
  await field.waitFor({ state: 'hidden' })
  await save(/more=1#q2$/)
  await save(/saved=1/)
  expect(await page.textContent('main')).toContain(`From the form “${title}”, last written on`)
}

test.each(ways)(
  'a lead makes a form without code, a worker answers it in a case, with scripts: %s',
  async (scripts, width) => {
    const { caseId } = await caseWith(lead)
    const page = await pageOf(width, scripts)
    const title = `Our questions ${width}`
    const look = async (name: string) =>
      expect(await findings(page, { scripts, typed: [] }), name).toEqual([])
    const press = async (name: string, then: RegExp) => {
      await page.getByRole('button', { name, exact: true }).first().click()
      await page.waitForURL(then)
    }
    const add = async (kind: string, text: string, more: () => Promise<void>) => {
      await page.getByLabel('What to add').selectOption(kind)
      await press('Add', /\/item\?/)
      await page
        .getByLabel(kind === 'Section' ? 'Heading of the section' : 'Question', { exact: true })
        .fill(text)
      await more()
      await look(`item ${kind}`)
      await press('Save', /said=saved/)
    }
    const nothing = async () => undefined

    await page.goto(`${site.address}/forms`)
    await look('forms')
    await page.getByLabel('What the form is called').fill(title)
    await press('Begin', /\/forms\/[0-9a-f-]{36}$/)
    await press('Publish as version 1', /publish$/)
    expect(await page.textContent('.govuk-error-summary')).toContain('There is no question in the form yet')
    await add('Section', 'At home', nothing)
    await add('Yes or no', 'Are there children at home?', nothing)
    await add('Whole number', 'How many?', async () => {
      await page.getByLabel('Condition 1').selectOption({ label: '“Are there children at home?” is “Yes”' })
    })
    await look('form')
    await press('Try the form', /preview$/)
    await page.waitForURL(/preview$/)
    await page.getByLabel('Yes', { exact: true }).check()
    await press('Show what follows from these answers', /preview$/)
    await page.getByLabel('How many?', { exact: true }).waitFor()
    await look('preview')
    await page.getByRole('link', { name: title }).first().click()
    await press('Publish as version 1', /said=published/)

    await page.goto(`${site.address}/cases/${caseId}/forms`)
    await look('case forms')
    await page.getByRole('link', { name: title }).first().click()
    await page.waitForURL(/forms\/new\//)
    const empty = page.url()
    expect(await page.getByLabel('How many?', { exact: true }).count()).toBe(0)
    await page.getByLabel('Yes', { exact: true }).check()
    await press('Save', /more=1#q2$/)
    await page.getByLabel('How many?', { exact: true }).fill('some')
    await press('Save', /change$/)
    expect(await page.textContent('.govuk-error-summary')).toContain('Write a whole number')
    expect(await page.getByLabel('How many?', { exact: true }).inputValue()).toBe('some')
    await look('fill')
    await page.getByLabel('How many?', { exact: true }).fill('')
    await page.getByLabel('Instead of an answer to: How many?').selectOption('Not asked: not private')
    await press('Save', /saved=1/)
    expect(await page.textContent('main')).toContain('Not asked: not private')
    await look('filled')

    await page.goto(empty)
    await look('answered before')
    await answeredBefore(page, title)
    await page.context().close()
  },
)
