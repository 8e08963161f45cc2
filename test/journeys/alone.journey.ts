import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { importDirectory } from '#directory'
import { offerAsOwner } from '#parties'
import { rowOf } from '#platform/access'
import { codeAt } from '#platform/auth'
import { newCookie } from '#platform/crypto'

import { type EmptyWorld, emptyWorld } from './journey-world.ts'
import { freshCodes } from './sign-in.ts'
import { type Walk, walkIn } from './walk.ts'

let world: EmptyWorld
let walk: Walk
let begin: string

beforeAll(async () => {
  world = await emptyWorld()
  // The link that a first start prints, and the file that `anydoor import` reads.
  const token = newCookie()
  await offerAsOwner(world.owner, rowOf(token), { name: '', sector: '', pack: 'uk', area: '' })
  begin = `/begin/${token}`
  const text = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  await world.owner.transaction().execute((db) => importDirectory(db, text))
  walk = await walkIn(world)
})
afterAll(() => world?.close())

test('the first administrator begins with the printed link', async () => {
  await walk.go(begin)
  await walk.fill('Name of your agency', 'Quiet Corner Advice')
  await walk.select('What kind of agency is it?', 'Domestic abuse')
  await walk.fill('Your name', 'Noor Advani')
  await walk.fill('Work email address', 'noor@example.org')
  await walk.page.locator('input[name=password]').fill('three quiet green doors')
  const secret = await walk.page.locator('input[name=secret]').inputValue()
  await walk.page.locator('input[name=code]').fill(codeAt(secret, Temporal.Now.instant()))
  await walk.press('Begin')
  expect(await walk.page.locator('#one-time-secret').innerText()).toMatch(/[0-9A-Z-]{20,}/)
  await freshCodes(world)
  await walk.go('/sign-in')
  await walk.fill('Work email address', 'noor@example.org')
  await walk.page.locator('input[name=password]').fill('three quiet green doors')
  await walk.press('Continue')
  await walk.page.locator('input[name=code]').fill(codeAt(secret, Temporal.Now.instant()))
  await walk.press('Sign in')
  expect(walk.path()).toBe('/work')
  expect(await walk.text()).toContain('No cases yet')
})

test('alone, without any partner, it finds who can help and takes it along on paper', async () => {
  await walk.press('Start a case')
  await walk.fill('Name to use', 'Wren')
  await walk.press('Save and go on to safe contact')
  await walk.choose('What is the safest way?', 'In person only')
  await walk.press('Save and go on to what they want')
  await walk.fill(/In their words$/, 'Somebody to talk to who knows what this is like.')
  await walk.select('What comes nearest', 'Someone to talk to about what happened')
  await walk.press('Save and go on to the details')
  await walk.choose('Who is the help for?', 'an adult who has been hurt or made afraid')
  await walk.fill('Years', '41')
  await walk.press('Save')
  const id = walk.path()
  await walk.go(`${id}/menu`)
  const menu = await walk.text()
  expect(menu).toContain('By-and-for support')
  expect(menu).toMatch(/takes? them now/)
  expect(menu).toMatch(/Ring 01632 960\d{3}\./)
  await walk.go(`${id}/print`)
  await walk.press('Show the text for our record')
  const record = await walk.page.locator('pre').innerText()
  expect(record).toContain('Wren')
  expect(record).toContain('Somebody to talk to who knows what this is like.')
})
