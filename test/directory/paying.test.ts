import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serviceByCode } from '#directory'
import { serviceTraits } from '../../src/people/menu.store.ts'
import { type Asker, askerOf, directoryWorld, type DirectoryWorld } from './served.ts'

let at: DirectoryWorld
let ask: Asker
let id: string

beforeAll(async () => {
  at = await directoryWorld(3000)
  ask = askerOf(at)
  id = (await owned((db) => serviceByCode(db, 'N11')))?.id ?? ''
})
afterAll(() => at.world.close())

const owned = <T>(work: (db: Tx) => Promise<T>) => at.world.owner.transaction().execute(work)

async function row() {
  const { rows } = await owned((db) =>
    sql<
      Readonly<Record<string, unknown>>
    >`select cost, fees_text as fees, needs_no_public_funds as funds, bill_to as bill from directory.service
      where id = ${id}`.execute(db),
  )
  return rows[0]
}

const sent = {
  cost: 'paid',
  fees: 'The first talk is free.\r\nAfter that 20 for an hour.',
  funds: 'no',
  billTo: 'person',
  insurers: '',
  diagnosis: 'no',
  why: 'Rang the desk',
}
const page = () => `/listing/${id}/paying`

test('what it costs is asked with what stands, and what was not said stays not said', async () => {
  const { html } = await ask(page(), at.editor)
  expect(html).toMatch(/name="funds"[^>]*value="yes"[^>]*checked/)
  expect(html).toMatch(/name="cost"[^>]*value="unknown"[^>]*checked/)
  const same = { ...sent, cost: 'unknown', fees: '', funds: 'yes', billTo: 'unknown', diagnosis: 'unknown' }
  expect((await ask(page(), at.editor, same)).status).toBe(303)
  expect(await row()).toEqual({ cost: null, fees: null, funds: true, bill: null })
})

test.each<readonly [Partial<typeof sent>, string, string]>([
  [{ cost: '' }, 'cost', 'Choose one of these'],
  [{ funds: 'maybe' }, 'funds', 'Choose one of these'],
  [{ fees: 'x'.repeat(1001) }, 'fees', 'Write no more than 1,000 characters'],
  [{ cost: 'free' }, 'cost', 'It cannot be free when the person gets the bill'],
])('%j is asked again at its field, and nothing typed is lost', async (wrong, field, sentence) => {
  const before = await row()
  const { status, html } = await ask(page(), at.editor, { ...sent, ...wrong })
  expect(status).toBe(422)
  expect(html).toContain(`href="#${field}"`)
  expect(html).toMatch(new RegExp(`id="${field}-error"[^]*?${sentence}`))
  expect(html).toContain(wrong.fees ?? 'After that 20 for an hour.')
  expect(html).toContain('value="Rang the desk"')
  expect(await row()).toEqual(before)
})

test('what was said stands on the page that everybody reads, and in the history with who and why', async () => {
  expect((await ask(page(), at.editor, sent)).status).toBe(303)
  expect(await row()).toEqual({
    cost: 'paid',
    fees: 'The first talk is free.\nAfter that 20 for an hour.',
    funds: false,
    bill: 'person',
  })
  const shown = (await ask(`/services/${id}`)).html
  for (const line of ['You pay. The first talk is free.', 'You may need a right to public money. Ask first.'])
    expect(shown).toContain(line)
  const { html } = await ask(`/listing/${id}/history`, at.editor)
  for (const line of ['Cost', 'You pay', 'Fees', 'Needs no right to public money', 'Rang the desk'])
    expect(html).toContain(line)
})

test('whoever must not pay is shown what became free at once', async () => {
  const traits = async () => (await owned((db) => serviceTraits(db, [id])))[0]?.traits
  expect(await traits()).not.toHaveProperty('cost')
  expect((await ask(page(), at.editor, { ...sent, cost: 'free', billTo: 'nobody' })).status).toBe(303)
  expect(await traits()).toHaveProperty('cost', 0)
})

test('nobody but who looks after the entry says what it costs', async () => {
  const before = await row()
  expect((await ask(page(), at.worker, { ...sent, cost: 'paid' })).status).toBe(404)
  expect(await row()).toEqual(before)
})
