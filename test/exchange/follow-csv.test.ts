import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { bringFiles } from '#exchange'
import { queueOf } from '../../src/directory/queue.store.ts'
import { type Served, serveWorld } from '../world/served.ts'
import { at, listed, look, takeAll, useFollowing, waiting } from './following.ts'

useFollowing()

/** A council's table: its headings are nobody else's. */
const table = (rows: number, headings = 'Ref,What it is called,Whom to write to,Who runs it') =>
  [
    headings,
    ...Array.from(
      { length: rows },
      (_, nth) => `c-${nth + 1},Table service ${nth + 1},t${nth + 1}@example.org,Table Council`,
    ),
  ].join('\r\n')
const chosen = {
  'column.id': 'Ref',
  'column.name': 'What it is called',
  'column.email': 'Whom to write to',
  'column.organization_name': 'Who runs it',
}

const page = async (served: Served) => (await served.get(`/feeds/${at.feedId}`, at.editor)).text()
const columns = (served: Served, fields: Readonly<Record<string, string>>, who = at.editor) =>
  served.post(`/feeds/${at.feedId}/columns`, fields, who)

async function pieces(): Promise<string> {
  const { rows } = await sql<{ body: Buffer }>`select body from exchange.piece`.execute(at.world.owner)
  return Buffer.concat(rows.map((row) => row.body)).toString('latin1')
}

describe('a followed table', () => {
  test('asks once which column is which; then each state is read so, and its beginning lies sealed until then', async () => {
    const served = serveWorld(at.world)
    at.source.turn({ table: table(6) })
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({})
    expect((await pieces()).length).toBeGreaterThan(100)
    expect(await pieces()).not.toMatch(/Table service|example/)
    const html = await page(served)
    expect(html).toContain('Say which column is which.')
    expect(html).toContain('What it is called')
    expect(html).toContain(`action="/feeds/${at.feedId}/columns"`)
    const { items } = await at.editor.act((db, actor) => queueOf(db, actor, 1))
    expect(items.some((each) => each.kind === 'feed' && each.name === 'Invented')).toBe(true)

    const nameless = await columns(served, { ...chosen, 'column.name': '' })
    expect(nameless.status).toBe(422)
    expect(await nameless.text()).toMatch(/<option[^>]*value="Whom to write to"[^>]*selected/)
    const kept = await columns(served, chosen)
    expect(kept.headers.get('location')).toBe(`/feeds/${at.feedId}?columns=1`)
    expect(await pieces()).toBe('')
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ new: 6 })
    await takeAll()
    expect((await listed())[0]).toMatchObject({ name: 'Table service 1', email: 't1@example.org' })

    at.source.turn({ table: table(7).replace('t1@', 'new1@') })
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ new: 1, changed: 1 })
  })

  test('other columns than before change nothing and are told; chosen anew, the feed goes on', async () => {
    const served = serveWorld(at.world)
    at.source.turn({ table: table(6) })
    await look()
    await columns(served, chosen)
    await look()
    await takeAll()
    at.source.turn({ table: table(6, 'Ref,Title,Whom to write to,Who runs it') })
    expect(await look()).toBe('columns-changed')
    expect(await listed()).toHaveLength(6)
    expect(await page(served)).toContain('The table has other columns than before.')
    await served.post(`/feeds/${at.feedId}/act`, { act: 'columns' }, at.editor)
    expect(await look()).toBe(null)
    // As it was chosen before, as far as the headings are the same.
    await columns(served, { ...chosen, 'column.name': 'Title' })
    expect(await look()).toBe(null)
    expect(await listed()).toHaveLength(6)
    expect(await waiting()).toEqual({})
  })

  test('a further column is no trouble, and an error page is no table', async () => {
    const served = serveWorld(at.world)
    at.source.turn({ table: table(6) })
    await look()
    await columns(served, chosen)
    await look()
    await takeAll()
    const wider = table(6)
      .split('\r\n')
      .map((line, nth) => `${line},${nth === 0 ? 'Ward' : 'North'}`)
    at.source.turn({ table: wider.join('\r\n') })
    expect(await look()).toBe(null)
    for (const text of ['<html><body>Sorry, down, back soon</body></html>', 'Sorry; down', 'a,b\r\n']) {
      at.source.turn({ table: text })
      expect([text, await look()]).toEqual([text, 'not-the-format'])
    }
    expect(await listed()).toHaveLength(6)
  })

  test('a feed of another format that turns into a table is not asked for columns: it is not right', async () => {
    await look()
    await takeAll()
    at.source.turn({ table: table(6) })
    expect(await look()).toBe('not-the-format')
    expect(await listed()).toHaveLength(10)
  })

  test('of a large table no more waits than its first rows, and no longer than a day', async () => {
    at.source.turn({ table: table(9_000) })
    expect(await look()).toBe(null)
    expect((await pieces()).length).toBeLessThan(300_000)
    await sql`update exchange.arrival set came_at = came_at - interval '25 hours'`.execute(at.world.owner)
    await bringFiles(at.world.pools, at.world.installation)
    await bringFiles(at.world.pools, at.world.installation)
    expect(await pieces()).toBe('')
    const { rows } = await sql<{ hours: number }>`
      select round(extract(epoch from next_at - tried_at) / 3600)::integer as hours from exchange.feed`.execute(
      at.world.owner,
    )
    expect(rows[0]?.hours).toBeLessThanOrEqual(24)
  })

  test('nobody else names its columns', async () => {
    const served = serveWorld(at.world)
    at.source.turn({ table: table(6) })
    await look()
    const stranger = await at.world.found('Another Partnership', 'partnership', [
      'agency-administrator',
      'directory-editor',
    ])
    expect((await columns(served, chosen, stranger)).status).toBe(404)
    await look()
    expect(await waiting()).toEqual({})
  })
})
