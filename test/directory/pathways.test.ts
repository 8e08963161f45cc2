import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { importDirectory, importPathways, systemFile } from '#directory'
import { givenText, runImport } from '#exchange'
import { readSystem } from '#engine/space'
import { readFileSync } from 'node:fs'

import { type TestWorld, testWorld } from '../world/agencies.ts'

let world: TestWorld

beforeAll(async () => {
  world = await testWorld()
  const text = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  const report = await world.owner.transaction().execute((db) => importDirectory(db, text, { dryRun: false }))
  if ('refused' in report) throw new Error(report.refused)
})
afterAll(() => world.close())

async function run(
  file: string,
  ...options: readonly string[]
): Promise<{ readonly code: number; readonly lines: readonly string[]; readonly errors: readonly string[] }> {
  const lines: string[] = []
  const errors: string[] = []
  const code = await runImport(['--format', 'pathways', ...options, 'file.json'], {
    withDatabase: (work) => world.owner.transaction().execute(work),
    open: async () => givenText(file),
    print: (line) => void lines.push(line),
    printError: (line) => void errors.push(line),
  })
  return { code, lines, errors }
}

async function twoAgencies() {
  const { agencies } = await world.owner.transaction().execute((db) => systemFile(db, 'uk'))
  const [first, second] = agencies as readonly { readonly id: string; readonly label: string }[]
  if (first === undefined || second === undefined) throw new Error('two agencies are needed')
  return { first, second }
}

async function openNow() {
  const { rows } = await sql<{ id: string; sourceId: string | null; kind: string; due: number | null }>`
    select id, source_id as "sourceId", kind, reply_due_days as due from directory.pathway
    where upper_inf(valid) order by id`.execute(world.owner)
  return rows
}

test('every record of a file is in exactly one of the four, with rule and place, and a dry run changes nothing', async () => {
  const { first, second } = await twoAgencies()
  await sql`insert into directory.organization (source_id, name) values ('twin-1', 'Twin House'), ('twin-2', 'Twin House')`.execute(
    world.owner,
  )
  const file = JSON.stringify([
    {
      id: 'p-1',
      from: first.id,
      to: second.label,
      kind: 'warm',
      when: [{ age: { max: 215 } }],
      replyDueDays: 5,
    },
    { from: first.label.toUpperCase(), to: second.id, kind: 'referral' },
    { from: first.id, to: second.id, kind: 'signpost', when: [{ age: { max: 99_999 } }] },
    { from: first.id, to: second.id, kind: 'referral', when: [{}] },
    { from: 'twin house', to: second.id, kind: 'warm' },
    { from: first.id, to: first.id, kind: 'warm' },
    { from: 'Nobody', to: second.id, kind: 'warm' },
    { from: first.id, to: second.id, kind: 'by owl' },
    { from: first.id, to: second.id, kind: 'warm', when: [{ height: ['tall'] }] },
    { id: 'P-1', from: second.id, to: first.id, kind: 'warm' },
  ])
  const dry = await run(file, '--dry-run', '--json')
  expect(await openNow()).toEqual([])
  const real = await run(file, '--json')
  expect([dry.code, real.code, dry.errors]).toEqual([1, 1, []])
  expect(real.errors).toEqual([expect.stringMatching(/anydoor import --undo [0-9a-f-]{36} --why TEXT$/)])
  expect(real.lines).toEqual(dry.lines)
  const report = JSON.parse(real.lines.join('')) as {
    records: { path: string; outcome: string; problems: { rule: string; at: string }[] }[]
  }
  expect(report).toMatchObject({ imported: 2, importedWithWarnings: 2, held: 1, rejected: 5 })
  expect(
    report.records.map(({ path, outcome, problems }) => [
      path,
      outcome,
      ...problems.map((one) => `${one.at} ${one.rule}`),
    ]),
  ).toEqual([
    ['[0]', 'imported'],
    ['[1]', 'imported'],
    ['[2]', 'importedWithWarnings', '[2].when[0] beyond-limits'],
    ['[3]', 'importedWithWarnings', '[3] twice'],
    ['[4]', 'held', '[4].from several-names'],
    ['[5]', 'rejected', '[5].to to-itself'],
    ['[6]', 'rejected', '[6].from unknown-organisation'],
    ['[7]', 'rejected', '[7].kind shape'],
    ['[8]', 'rejected', '[8].when[0].height condition'],
    ['[9]', 'rejected', '[9].id id-twice'],
  ])
})

test('the same file again changes nothing; the same id with other ends closes the old one and opens the new', async () => {
  const { first, second } = await twoAgencies()
  const before = await openNow()
  expect(before).toHaveLength(3)
  const again = { id: 'p-1', from: first.id, to: second.id, kind: 'warm', when: [{ age: { max: 215 } }] }
  await run(JSON.stringify([{ ...again, replyDueDays: 5 }]))
  expect(await openNow()).toEqual(before)
  await run(JSON.stringify([{ ...again, replyDueDays: 2 }]))
  expect((await openNow()).find((one) => one.sourceId === 'p-1')).toMatchObject({ id: before[0]?.id, due: 2 })
  const { code } = await run(JSON.stringify([{ ...again, id: 'P-1', kind: 'referral' }]))
  const after = await openNow()
  expect([code, after.length]).toEqual([0, 3])
  expect(after.find((one) => one.sourceId?.toLowerCase() === 'p-1')).toMatchObject({ kind: 'referral' })
  expect(after.some((one) => one.id === before[0]?.id)).toBe(false)
})

test('the live directory exports as a system file that the engine reads, and its pathways come in from it again', async () => {
  const file = await world.owner.transaction().execute((db) => systemFile(db, 'uk'))
  expect(file.pathways).toHaveLength(3)
  const read = readSystem(file)
  expect(read.ok && read.value.pathways.length).toBe(3)
  const before = await openNow()
  expect((await run(JSON.stringify(file))).lines).toEqual([
    '2 imported, 1 imported with warnings, 0 held for a person, 0 rejected.',
    expect.stringMatching(/^pathways\[\d\]: imported-with-warnings$/),
    expect.stringContaining('beyond-limits'),
    expect.stringContaining('anydoor import --undo'),
  ])
  expect(await openNow()).toEqual(before)
})

test('a system file from elsewhere names its agencies by its own ids and our names', async () => {
  const { first, second } = await twoAgencies()
  const file = JSON.stringify({
    agencies: [
      { id: 'a', label: first.label },
      { id: 'b', label: second.label },
    ],
    pathways: [{ from: 'b', to: 'a', kind: 'warm' }],
  })
  expect((await run(file)).code).toBe(0)
  expect(await openNow()).toHaveLength(4)
})

test('a file that is no list is refused in one line', async () => {
  const report = await world.owner.transaction().execute((db) => importPathways(db, '{"from": 1}'))
  expect(report).toEqual({ refused: expect.stringContaining('JSON list') })
  expect(await run('{"pathways": 3}')).toMatchObject({
    code: 2,
    errors: [expect.stringContaining('file.json: This is no list of pathways')],
  })
})
