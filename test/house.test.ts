import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkBans, checkInvented, checkNeverHeld } from './house-bans.ts'
import { checkDocuments, checkHazards } from './house-documents.ts'
import { checkDoors } from './house-doors.ts'
import { houseFiles } from './house-files.ts'
import type { HouseFile, Trespass } from './house-files.ts'
import { checkNames, checkSizes, shapeOf } from './house-names.ts'
import { exceptions, limits } from './house-plan.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const files = houseFiles(root)
const checks = {
  names: checkNames,
  sizes: checkSizes,
  doors: checkDoors,
  bans: checkBans,
  'what is never held': checkNeverHeld,
  'invented data': checkInvented,
  documents: checkDocuments,
  'the hazard log': checkHazards,
}

describe('the house keeps its rules', () => {
  test.each(Object.entries(checks))('%s', (_name, check) => {
    expect(
      check(files)
        .filter((each) => !isExcepted(each))
        .map(asLine),
    ).toEqual([])
  })

  test('half of the files are short and nine of ten fit on a few screens', () => {
    const shape = shapeOf(files)
    expect(shape.median).toBeLessThanOrEqual(limits.medianLines)
    expect(shape.shortShare).toBeGreaterThanOrEqual(0.9)
  })

  test('every exception is still needed and says why', () => {
    const all = Object.values(checks).flatMap((check) => check(files))
    const idle = exceptions.filter(
      (each) => each.why === '' || !all.some((found) => found.path === each.path && found.rule === each.rule),
    )
    expect(idle).toEqual([])
  })

  test('every room says what it owns and has a door', () => {
    const paths = new Set(files.map((file) => file.path))
    const present = new Set(files.flatMap((file) => file.path.match(/^src\/([a-z-]+)\/.+\.tsx?$/)?.[1] ?? []))
    const roomy = [...present].filter((room) => !['engine', 'platform', 'islands'].includes(room))
    const missing = roomy
      .flatMap((room) => [`src/${room}/README.md`, `src/${room}/index.ts`])
      .filter((path) => !paths.has(path))
    expect(missing).toEqual([])
  })
})

/** Each plant is a small house with one thing wrong in it. */
const plants: readonly { rule: string; path: string; text: string; check: keyof typeof checks }[] = [
  { check: 'names', rule: 'kebab-case', path: 'src/people/personName.ts', text: '' },
  { check: 'names', rule: 'named-by-what-it-is', path: 'src/people/utils.ts', text: '' },
  { check: 'names', rule: 'known-role', path: 'src/people/person.service.ts', text: '' },
  { check: 'names', rule: 'flat-room', path: 'src/people/inner/person.ts', text: '' },
  { check: 'names', rule: 'known-room', path: 'src/stuffroom/person.ts', text: '' },
  { check: 'sizes', rule: 'file-size', path: 'src/people/person.ts', text: 'const a = 1\n'.repeat(401) },
  {
    check: 'sizes',
    rule: 'function-size',
    path: 'src/people/person.ts',
    text: `export function long() {\n${'  void 0\n'.repeat(70)}}\n`,
  },
  {
    check: 'doors',
    rule: 'through-the-door',
    path: 'src/referrals/ask.ts',
    text: "import { a } from '../people/person.store.ts'",
  },
  { check: 'doors', rule: 'arrows', path: 'src/people/person.ts', text: "import { a } from '#referrals'" },
  { check: 'doors', rule: 'arrows', path: 'src/survivors/home.ts', text: "import { a } from '#forums'" },
  { check: 'doors', rule: 'arrows', path: 'src/demo/world.ts', text: "import { a } from '#reports'" },
  {
    check: 'doors',
    rule: 'arrows',
    path: 'src/platform/db/pool.ts',
    text: "import { a } from '#platform/auth'",
  },
  {
    check: 'doors',
    rule: 'arrows',
    path: 'src/engine/space/cut.ts',
    text: "import { a } from '#platform/db'",
  },
  { check: 'doors', rule: 'arrows', path: 'src/reports/a.ts', text: "const a = await import('#demo')" },
  { check: 'doors', rule: 'pure-engine', path: 'src/engine/space/cut.ts', text: "import 'node:fs'" },
  { check: 'doors', rule: 'no-hydration', path: 'src/people/a.page.tsx', text: "import 'hono/jsx/dom'" },
  { check: 'doors', rule: 'written-extension', path: 'src/people/a.ts', text: "import { b } from './b'" },
  {
    check: 'doors',
    rule: 'sql-in-stores',
    path: 'src/people/person.actions.ts',
    text: "import { sql } from 'kysely'",
  },
  {
    check: 'doors',
    rule: 'sql-in-stores',
    path: 'src/people/person.page.tsx',
    text: "export const f = (db: Tx) => db.selectFrom('people.person')",
  },
  {
    check: 'doors',
    rule: 'own-schema',
    path: 'src/people/person.store.ts',
    text: "export const f = (db: Tx) => db.insertInto('releases.release')",
  },
  {
    check: 'doors',
    rule: 'own-schema',
    path: 'src/people/person.store.ts',
    text: "import { sql } from 'kysely'\nexport const f = () => sql`update releases.release set a = 1`",
  },
  { check: 'doors', rule: 'acts-on-import', path: 'src/people/person.ts', text: 'setInterval(() => {}, 1)' },
  {
    check: 'doors',
    rule: 'acts-on-import',
    path: 'src/people/person.ts',
    text: 'export const a = await f()',
  },
  { check: 'bans', rule: 'any', path: 'src/people/person.ts', text: 'export function f(a: any) {}' },
  { check: 'bans', rule: 'default-export', path: 'src/people/person.ts', text: 'export default 1' },
  { check: 'bans', rule: 'export-all', path: 'src/people/index.ts', text: "export * from './person.ts'" },
  { check: 'bans', rule: 'not-erasable', path: 'src/people/person.ts', text: 'enum Colour { Red }' },
  { check: 'bans', rule: 'class', path: 'src/people/person.ts', text: 'export class Person {}' },
  { check: 'bans', rule: 'unfinished', path: 'src/people/person.ts', text: '// TODO: later' },
  { check: 'bans', rule: 'comment-about-the-past', path: 'src/people/a.ts', text: '// formerly in people' },
  { check: 'bans', rule: 'mock-of-our-own', path: 'src/people/a.test.ts', text: "vi.mock('#people')" },
  {
    check: 'bans',
    rule: 'third-party-url',
    path: 'src/people/a.page.tsx',
    text: 'export const A = () => <img src="https://tracker.invalid/p.gif" />',
  },
  {
    check: 'bans',
    rule: 'says-what-it-promises',
    path: 'src/people/a.ts',
    text: 'export function open(): void {}',
  },
  { check: 'bans', rule: 'machine-path', path: 'docs/a.md', text: 'see /home/sam/notes' },
  {
    check: 'what is never held',
    rule: 'never-held',
    path: 'migrations/0099_a.sql',
    text: 'alter table people.person add column immigration_status text;',
  },
  {
    check: 'what is never held',
    rule: 'never-held',
    path: 'src/people/person.ts',
    text: 'export const person = z.object({ countryOfBirth: z.string() })',
  },
  {
    check: 'invented data',
    rule: 'invented-phone',
    path: 'src/demo/cast.json',
    text: '{"phone":"07911 123456"}',
  },
  { check: 'documents', rule: 'decision-size', path: 'docs/decisions/0001-a.md', text: 'a\n'.repeat(41) },
  { check: 'documents', rule: 'decision-number', path: 'docs/decisions/0007-a.md', text: 'a' },
  {
    check: 'documents',
    rule: 'dependency-explained',
    path: 'package.json',
    text: '{"dependencies":{"left-pad":"1.0.0"}}',
  },
  {
    check: 'documents',
    rule: 'licence',
    path: 'package-lock.json',
    text: '{"packages":{"node_modules/a":{"license":"AGPL-3.0-only","dev":true}}}',
  },
  {
    check: 'documents',
    rule: 'licence',
    path: 'package-lock.json',
    text: '{"packages":{"node_modules/a":{"license":"MPL-2.0"}}}',
  },
  {
    check: 'the hazard log',
    rule: 'hazard-test',
    path: 'docs/assurance/hazards.md',
    text: '| HZ-01 | a harm | a control | `test/nowhere.test.ts` |',
  },
]

describe('the house sees a trespass', () => {
  test.each(plants)('$rule in $path', ({ rule, path, text, check }) => {
    const planted: readonly HouseFile[] = [{ path, text }]
    expect(checks[check](planted).map((each) => each.rule)).toContain(rule)
  })

  test('a clean room passes every rule', () => {
    const clean: readonly HouseFile[] = [
      { path: 'src/people/person.ts', text: "import { z } from 'zod'\nexport const person = z.object({})\n" },
      {
        path: 'src/people/person.store.ts',
        text: "export const f = (db: Tx) => db.insertInto('people.person')",
      },
      { path: 'src/referrals/ask.page.tsx', text: "import { f } from '#people'\naskPage.get('/ask', f)\n" },
      { path: 'src/demo/cast.json', text: '{"phone":"07700 900123","us":"555-0142"}' },
    ]
    const found = [checkNames, checkSizes, checkDoors, checkBans, checkNeverHeld, checkInvented].flatMap(
      (check) => check(clean),
    )
    expect(found).toEqual([])
  })
})

function isExcepted(found: Trespass): boolean {
  return exceptions.some((each) => each.path === found.path && each.rule === found.rule)
}

function asLine(found: Trespass): string {
  return `${found.path}: ${found.rule}: ${found.what}`
}
