import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { askOwners, contactsFor, serviceByCode, staleAfter } from '#directory'
import { rowOf } from '#platform/access'
import { actsOf } from '#platform/jobs'
import { waitingMail } from '#platform/mail'
import { mailWords } from '#platform/mail'
import type { Person, TestWorld } from '../world/agencies.ts'
import { type Asker, askerOf, directoryWorld } from './served.ts'

let world: TestWorld
let editor: Person
let second: Person
let worker: Person
let ask: Asker
const publicUrl = 'http://127.0.0.1:3000'

beforeAll(async () => {
  const made = await directoryWorld(3000)
  ;({ world, editor, worker } = made)
  second = await world.join(editor, 'Rowan Ash', ['directory-editor'])
  ask = askerOf(made)
})
afterAll(() => world?.close())
beforeEach(async () => {
  await sql`delete from directory.link`.execute(world.owner)
  await sql`delete from jobs.mail`.execute(world.owner)
  await sql`delete from directory.upkeep`.execute(world.owner)
  await setAssured(current)
})

const current = sql`current_date`
/** Every entry was last checked then. */
async function setAssured(on: ReturnType<typeof sql>, code: string | null = null): Promise<void> {
  await sql`update directory.service set assured_on = ${on} where ${code}::text is null or alternate_name = ${code}`.execute(
    world.owner,
  )
}

async function entry(code: string) {
  const service = await world.owner.transaction().execute((db) => serviceByCode(db, code))
  if (service === null) throw new Error(`no ${code}`)
  return service
}

async function mails() {
  const waiting = await waitingMail(world.pools, world.installation)
  return waiting.map(({ to, template, link }) => ({ to, template, link: link ?? '' }))
}

/** The path of the one link that the job has made for this person. */
async function linkOf(who: Person): Promise<string> {
  await askOwners(world.pools, world.installation, publicUrl)
  const link = (await mails()).find((each) => each.to === who.login)?.link ?? ''
  return link.slice(publicUrl.length)
}

async function today(): Promise<string> {
  const { rows } = await sql<{ day: string }>`select current_date::text as day`.execute(world.owner)
  return rows[0]?.day ?? ''
}

test('an entry is stale on the ninety-first day, by the database’s clock', async () => {
  await setAssured(sql`current_date - 90`, 'N11')
  expect((await entry('N11')).entryOld).toBe(false)
  await setAssured(sql`current_date - 91`, 'N11')
  expect((await entry('N11')).entryOld).toBe(true)
  expect((await ask('/listing', editor)).html).toContain('Check this')
  expect((await ask('/services', null, { words: 'helpline' })).html).toContain('was not checked lately')
  await setAssured(sql`null`, 'N11')
  expect((await entry('N11')).entryOld).toBe(true)
})

test('an installation says for itself after how many days: on pages, for contacts and for whom is asked', async () => {
  await setAssured(sql`current_date - 100`, 'N11')
  try {
    staleAfter('120')
    const kept = await entry('N11')
    expect(kept.entryOld).toBe(false)
    expect((await ask(`/services/${kept.id}`)).html).not.toContain('days ago')
    expect(await askOwners(world.pools, world.installation, publicUrl)).toBe(0)
    staleAfter('99')
    expect((await entry('N11')).entryOld).toBe(true)
    expect((await ask(`/services/${kept.id}`)).html).toContain('That is more than 99 days ago.')
    expect(await askOwners(world.pools, world.installation, publicUrl)).toBeGreaterThan(0)
    const [contact] = await contacts()
    expect(contact?.stale).toBe(false)
    staleAfter('30')
    expect((await contacts()).find((each) => each.id === contact?.id)?.stale).toBe(true)
  } finally {
    staleAfter(undefined)
  }
  expect((await entry('N11')).entryOld).toBe(true)
})

async function contacts() {
  await sql`update directory.contact set confirmed_on = current_date - 31`.execute(world.owner)
  return editor.act((db) => contactsFor(db, 'uk', 'domestic-abuse'))
}

test('the owner is asked a fortnight before, once in a fortnight, in one mail that says nothing', async () => {
  await setAssured(sql`current_date - 76`, 'N11')
  expect(await askOwners(world.pools, world.installation, publicUrl)).toBe(0)
  await setAssured(sql`current_date - 77`, 'N11')
  await setAssured(sql`null`, 'N12')
  expect(await askOwners(world.pools, world.installation, publicUrl)).toBe(2)
  expect(await askOwners(world.pools, world.installation, publicUrl)).toBe(0)
  const waiting = await mails()
  expect(waiting.map((each) => each.to).toSorted()).toEqual([editor.login, second.login].toSorted())
  expect(new Set(waiting.map((each) => each.template))).toEqual(new Set(['something-waits-link']))
  expect(mailWords.uk.mail['something-waits-link'].text).not.toMatch(/director|entr|service|refuge|right/i)
  await sql`update directory.link set made_at = made_at - interval '13 days 23 hours'`.execute(world.owner)
  expect(await askOwners(world.pools, world.installation, publicUrl)).toBe(0)
  await sql`update directory.link set made_at = made_at - interval '2 hours'`.execute(world.owner)
  expect(await askOwners(world.pools, world.installation, publicUrl)).toBe(2)
})

test('only the named owner is asked; when they have left, all editors are', async () => {
  const { id } = await entry('N11')
  await setAssured(sql`null`, 'N11')
  expect((await ask(`/listing/${id}/owner`, editor, { owner: second.accountId })).status).toBe(303)
  expect((await ask(`/listing/${id}`, editor)).html).toContain('Kept right by Rowan Ash')
  await askOwners(world.pools, world.installation, publicUrl)
  expect((await mails()).map((each) => each.to)).toEqual([second.login])
  await sql`delete from directory.link`.execute(world.owner)
  await sql`delete from jobs.mail`.execute(world.owner)
  await sql`update directory.upkeep set owner_id = gen_random_uuid()`.execute(world.owner)
  await askOwners(world.pools, world.installation, publicUrl)
  expect(await mails()).toHaveLength(2)
  expect((await ask(`/listing/${id}/owner`, editor, { owner: worker.accountId })).status).toBe(422)
})

test('looking at a link acts on nothing; one click says still right, once, and the history says by link', async () => {
  await setAssured(sql`current_date - 100`, 'N11')
  const { id } = await entry('N11')
  const link = await linkOf(editor)
  const seen = await ask(link)
  expect(seen.status).toBe(200)
  expect(seen.html).toContain('Outreach and helpline')
  expect(seen.html).toContain('Is this still right?')
  expect((await entry('N11')).entryOld).toBe(true)
  expect((await ask(link, null, { id })).status).toBe(303)
  const { rows } = await sql<{ via: string; by_account: string }>`
    select via, by_account from directory.change where service_id = ${id} and what = 'assured'`.execute(
    world.owner,
  )
  expect(rows).toEqual([{ via: 'link', by_account: editor.accountId }])
  expect((await entry('N11')).assuredOn).toBe(await today())
  // Played again a while later, it says nothing new.
  await setAssured(sql`current_date - 100`, 'N11')
  await ask(link, null, { id })
  expect((await entry('N11')).entryOld).toBe(true)
  expect((await ask(link)).html).toContain('Thank you')
  expect((await ask(`/listing/${id}/history`, editor)).html).toContain('by a link from a mail')
})

test('five wrong tries end a link, and only what it lists can be said', async () => {
  await setAssured(sql`null`, 'N11')
  const other = await entry('N14')
  await setAssured(sql`current_date - 100`, 'N14')
  const link = await linkOf(editor)
  for (let round = 0; round < 4; round += 1)
    expect((await ask(link, null, { id: other.id })).status).toBe(409)
  expect((await ask(link)).status).toBe(200)
  expect((await ask(link, null, { id: other.id })).status).toBe(410)
  expect((await ask(link, null, { id: (await entry('N11')).id })).status).toBe(410)
  expect((await entry('N14')).entryOld).toBe(true)
  expect((await entry('N11')).entryOld).toBe(true)
})

test('a link ends with its time, with its holder’s role, and an unknown one looks the same', async () => {
  await setAssured(sql`null`, 'N11')
  const link = await linkOf(second)
  const { id } = await entry('N11')
  const over = await ask('/still-right/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
  expect(over.status).toBe(410)
  await sql`update directory.link set ends_at = clock_timestamp()`.execute(world.owner)
  expect(await ask(link)).toEqual(over)
  expect((await ask(link, null, { id })).status).toBe(410)
  await sql`update directory.link set ends_at = clock_timestamp() + interval '1 hour'`.execute(world.owner)
  expect((await ask(link)).status).toBe(200)
  await sql`update access.membership set roles = '{worker}' where account_id = ${second.accountId}`.execute(
    world.owner,
  )
  expect(await ask(link)).toEqual(over)
  await sql`update access.membership set roles = '{directory-editor}' where account_id = ${second.accountId}`.execute(
    world.owner,
  )
})

test('signed in, one click says one or all, and nobody says it for another agency', async () => {
  const [mine, also, theirs] = [await entry('N11'), await entry('N12'), await entry('N14')]
  await setAssured(sql`null`)
  expect((await ask('/listing/still-right', editor, { id: mine.id })).to).toBe('/listing?said=1')
  expect((await entry('N11')).entryOld).toBe(false)
  expect((await entry('N12')).entryOld).toBe(true)
  await ask('/listing/still-right', editor, { id: theirs.id })
  expect((await entry('N14')).entryOld).toBe(true)
  await ask('/listing/still-right', editor, { id: 'all', shown: also.id })
  expect((await entry('N12')).entryOld).toBe(false)
  expect((await ask('/listing?said=2', editor)).html).toContain('2 entries are marked as still right')
})

test('the database keeps a link’s hash and nothing that opens it; neither login reads the tables', async () => {
  await setAssured(sql`null`, 'N11')
  const token = (await linkOf(editor)).split('/').at(-1) ?? ''
  const { rows } = await sql<{ row: string; hash: Buffer }>`
    select l::text as row, token_hash as hash from directory.link l where account_id = ${editor.accountId}`.execute(
    world.owner,
  )
  expect(rows[0]?.row).not.toContain(token)
  expect(rows[0]?.hash).toEqual(Buffer.from(rowOf(token)))
  for (const pool of [world.pools.public, world.pools.jobs])
    for (const table of ['link', 'link_entry', 'upkeep', 'change'])
      await expect(
        pool.transaction().execute((db) => sql`select from directory.${sql.ref(table)}`.execute(db)),
      ).rejects.toMatchObject({ code: '42501' })
  const assured = world.pools.jobs
    .transaction()
    .execute((db) => sql`update directory.service set assured_on = current_date`.execute(db))
  await expect(assured).rejects.toMatchObject({ code: '42501' })
})

test('the minute’s work asks, and forgets links that are over once the next mail may go', async () => {
  await setAssured(sql`null`, 'N11')
  const acts = actsOf({
    pools: world.pools,
    installation: world.installation,
    sendMail: async () => 0,
    tellCalendars: async () => 0,
    askOwners: () => askOwners(world.pools, world.installation, publicUrl),
    bringFiles: async () => undefined,
    followFeeds: async () => undefined,
    sendEvents: async () => undefined,
    diskHolds: () => true,
    onFault: () => undefined,
  })
  await acts['ask-owners']()
  expect(await mails()).toHaveLength(2)
  await sql`update directory.link set ends_at = clock_timestamp(), made_at = clock_timestamp() - interval '15 days'`.execute(
    world.owner,
  )
  await setAssured(current)
  await acts['ask-owners']()
  expect((await sql`select from directory.link`.execute(world.owner)).rows).toHaveLength(0)
})
