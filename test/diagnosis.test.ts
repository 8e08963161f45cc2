import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createLog } from '#platform/http'
import { evaluate, ruleTables } from '#releases'

import { basisIds, recordIds, roleIds } from '../src/releases/sharing.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { crawl } from './world/crawl.ts'
import { caseWith, listServicesOf, send, standing, walkToSend } from './world/sending.ts'
import { bodyOf, newest } from './world/sending-world.ts'
import { type Served, serveWorld } from './world/served.ts'

const said = {
  diagnosis: 'Canarypine disorder',
  reason: 'Canaryfir, for the therapy',
  summary: 'Canarybirch.',
}
const lines: string[] = []
const roles = ['agency-administrator', 'worker', 'lead', 'privacy-lead'] as const

let world: TestWorld
let served: Served
let advocate: Person
let clinic: Person
let childrens: Person
let stranger: Person
let caseId = ''
let services: readonly string[] = []

beforeAll(async () => {
  world = await testWorld()
  const destination = { write: (line: string) => void lines.push(line) }
  served = serveWorld(world, { log: createLog({ level: 'trace', destination }) })
  advocate = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse', roles)
  clinic = await world.found('Hill Clinic', 'mental-health', roles)
  childrens = await world.found('Northmere Children’s Services', 'child-welfare', roles)
  stranger = await world.found('Housing Options', 'housing', roles)
  for (const partner of [clinic, childrens, stranger]) await world.pair(advocate, partner)
  services = await listServicesOf(world, [
    { person: clinic, organization: 'Northmere Adult Mental Health' },
    { person: childrens, organization: 'Northmere Children’s Services' },
    { person: stranger, organization: 'Northmere Housing Options' },
  ])
  ;({ caseId } = await caseWith(advocate))
})
afterAll(() => world?.close())

const add = (kind: string, words: string, reason = '') => ({
  'add-kind': [kind],
  'add-words': [words],
  'add-reason': [reason],
})

async function sendTo(service: string, pick: Record<string, string[]>, like = '') {
  const start = `/cases/${caseId}/referrals/new?service=${service}&like=${like}`
  const first = await (await served.get(start, advocate)).text()
  const { draft, pages } = await walkToSend(served, advocate, caseId, service, {
    pick: () => ({ ...standing(first), ...pick }),
    talk: (page) => ({
      steps: [...page.matchAll(/name="steps"[^>]*value="([a-z0-9-]+)"/g)].map(([, step = '']) => step),
    }),
  })
  const done = await send(served, advocate, caseId, draft)
  expect(done.status).toBe(303)
  return { draft, first, pages }
}

describe('by the rules', () => {
  test('no ground but a judge’s order lets a diagnosis reach a conference or child welfare unless it was picked and given a reason', () => {
    const open: string[] = []
    for (const [pack, table] of Object.entries(ruleTables)) {
      const every = new Set(
        table.rows.flatMap((row) => [...row.when, ...row.override, ...row.needs.map(nameOf)]),
      )
      const facts = [...every].filter((fact) => fact !== 'listed' && fact !== 'diagnosis-reason')
      for (const from of roleIds)
        for (const to of ['FRM', 'CW'] as const)
          for (const record of recordIds.filter((each) => ['R5', 'R6', 'R8', 'R9', 'R16'].includes(each)))
            for (const basis of basisIds.filter((each) =>
              ['REL', 'AUTH', 'C2', 'C2-TPO', 'CF', 'TX'].includes(each),
            ))
              for (const given of [facts, [...facts, 'listed'], [...facts, 'diagnosis-reason']]) {
                const verdict = evaluate(table, { from, to, record, basis, facts: [...given, 'diagnosis'] })
                if (verdict.outcome === 'allow')
                  open.push(`${pack} ${from} ${to} ${record} ${basis} ${verdict.rules[0]}`)
              }
    }
    expect([...new Set(open)]).toEqual([])
  })
})

describe('by what arrives', () => {
  test('picked for the clinic, with its reason and who could read it in court beside it', async () => {
    const [talking = ''] = services
    const page = await (
      await served.get(`/cases/${caseId}/referrals/new?service=${talking}`, advocate)
    ).text()
    expect(page).toContain('In court: a judge can order Hill Clinic')
    const bare = await served.post(
      `/cases/${caseId}/referrals/new`,
      { ...standing(page), ...add('diagnosis', said.diagnosis), step: 'add' },
      advocate,
    )
    expect(bare.status).toBe(422)
    const { pages } = await sendTo(talking, {
      ...add('diagnosis', said.diagnosis, said.reason),
    })
    const turn = pages[2] ?? ''
    expect(turn).toContain(said.diagnosis)
    expect(turn).toContain(said.reason)
    expect(turn).toContain('In a family case both parents and their lawyers may then read it.')
    const body = await bodyOf(clinic, await newest(clinic))
    expect(body.items.find((item) => item.kind === 'diagnosis')?.text).toBe(said.diagnosis)
    expect(body.handling).toEqual(['hide-online', 'not-in-childs-record', 'note-who-came'])
  })

  test('the next agency starts without it, and nothing that child welfare can read has a word of it', async () => {
    const [talking = '', family = ''] = services
    const again = await sendTo(talking, { ...add('diagnosis', said.diagnosis, said.reason) })
    const { first, draft } = await sendTo(family, add('short-summary', said.summary), again.draft)
    for (const word of ['Canarypine', 'Canaryfir']) expect(first).not.toContain(word)
    expect(standing(first)['pick']?.some((key) => key.startsWith('diagnosis'))).toBe(false)
    const body = await bodyOf(childrens, await newest(childrens))
    expect(JSON.stringify(body)).toContain('Canarybirch')
    const read = await crawl(served, childrens, ['/work', '/referrals', '/settings'])
    expect(read.some(({ text }) => text.includes('Canarybirch'))).toBe(true)
    const about = `/cases/${caseId}/releases/${draft}`
    for (const path of [
      about,
      `${about}/copy`,
      `${about}/withdraw`,
      `/cases/${caseId}/referrals/new/${draft}/view-as`,
    ])
      read.push({ path, text: await (await served.get(path, advocate)).text() })
    for (const { path, text } of [...read, { path: 'envelope', text: JSON.stringify(body) }])
      for (const word of ['Canarypine', 'Canaryfir']) expect(text.includes(word), path).toBe(false)
  })

  test('picked for child welfare, it arrives there with its reason', async () => {
    const [, family = ''] = services
    await sendTo(family, add('diagnosis', said.diagnosis, said.reason))
    const body = await bodyOf(childrens, await newest(childrens))
    expect(body.items.map((item) => item.text)).toContain(said.diagnosis)
  })
})

describe('beside the way', () => {
  const words = [
    'Canary',
    'Rowan Vale',
    'Dane Vale',
    '07700 900321',
    'Sleep through the night',
    'tell it all again',
  ]

  test('logs, mails and waiting jobs hold no word of anything that was shared', async () => {
    const { rows: tables } = await sql<{
      name: string
    }>`select format('%I.%I', table_schema, table_name) as name
      from information_schema.tables where table_schema in ('jobs', 'pgboss') and table_type = 'BASE TABLE'`.execute(
      world.owner,
    )
    expect(tables.length).toBeGreaterThan(0)
    const stored = await Promise.all(
      tables.map(({ name }) =>
        sql<{ line: string }>`select r::text as line from ${sql.raw(name)} r`.execute(world.owner),
      ),
    )
    expect(lines.length).toBeGreaterThan(30)
    const beside = [...lines, ...stored.flatMap(({ rows }) => rows.map(({ line }) => line))].join('\n')
    for (const word of words) expect(beside.includes(word), word).toBe(false)
  })

  test('no page of an agency to which nothing was sent, and no error page, repeats any of it', async () => {
    const read = [...(await crawl(served, stranger, ['/work', '/referrals', '/settings', '/ledger']))]
    const odd = [
      `/cases/${caseId}`,
      `/cases/${caseId}/releases`,
      `/cases/${caseId}/print`,
      '/referrals/none',
      '/canary',
    ]
    for (const who of [stranger, childrens, clinic, null])
      for (const path of odd) {
        const answer = await served.get(path, who)
        expect([303, 401, 404], path).toContain(answer.status)
        read.push({ path, text: `${await answer.text()} ${JSON.stringify([...answer.headers])}` })
      }
    for (const { path, text } of read)
      for (const word of words) expect(text.includes(word), `${path}: ${word}`).toBe(false)
  })
})

function nameOf(need: string | { readonly need: string }): string {
  return typeof need === 'string' ? need : need.need
}
