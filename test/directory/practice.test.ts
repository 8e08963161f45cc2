import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { serviceByCode, systemFile } from '#directory'
import { match, matchIndex } from '#engine/matching'
import { readSystem, type Facet } from '#engine/space'
import { runCheck } from '../../src/cli-check.ts'
import { setClause } from '../../src/directory/editor.actions.ts'
import { facets, needs, type Pack } from '../../src/directory/facet.ts'
import { newLooker } from '../../src/directory/look.rules.ts'
import { systemSource } from '../../src/directory/system-file.ts'
import { forbiddenIn, forbiddingRules, permitted } from '../../src/directory/threshold.rules.ts'
import { anyCondition } from './any-condition.ts'
import { directoryWorld, type DirectoryWorld } from './served.ts'

let made: DirectoryWorld
const folder = mkdtempSync(join(tmpdir(), 'anydoor-practice-'))

beforeAll(async () => {
  made = await directoryWorld(3000)
})
afterAll(() => made.world.close())

function valueOf(facet: Facet): fc.Arbitrary<string | number> {
  return facet.kind === 'integer'
    ? fc.integer({ min: facet.min, max: facet.max })
    : fc.constantFrom<string | number>(...facet.values)
}

const someone = fc
  .tuple(...facets.map((facet) => fc.option(valueOf(facet)).map((value) => [facet.id, value] as const)))
  .map(
    (pairs) =>
      Object.fromEntries(pairs.filter(([, value]) => value !== null)) as Record<string, string | number>,
  )

const sectors = ['domestic-abuse', 'substance-use', 'primary-care'] as const

test('what a rule forbids decides about no person, whatever the condition and whoever asks', () => {
  fc.assert(
    fc.property(
      anyCondition,
      fc.constantFrom<Pack>('uk', 'us'),
      fc.constantFrom(...sectors),
      someone,
      (condition, pack, sector, person) => {
        const closed = forbiddenIn(condition, sector, pack).facets
        const read = readSystem({
          facets,
          needs: [{ id: needs[0]?.id }],
          agencies: [{ id: 'a' }],
          services: [
            { id: 's', agency: 'a', meets: [needs[0]?.id], accepts: [permitted(condition, closed)] },
          ],
        })
        if (!read.ok) throw new Error(read.problem.wrong)
        const index = matchIndex(read.value)
        const verdict = (situation: typeof person) => {
          const { takes, dependsOn, doesNotTake } = match(index, situation)
          return {
            takes,
            asks: dependsOn.flatMap((one) => one.questions),
            blocks: doesNotTake.flatMap((one) => one.blocks),
          }
        }
        const plain = verdict(person)
        for (const facet of closed) {
          expect([...plain.asks, ...plain.blocks]).not.toContain(facet)
          const axis = facets.find((one) => one.id === facet)
          for (const value of axis?.kind === 'integer' ? [] : (axis?.values ?? []))
            expect(verdict({ ...person, [facet]: value })).toEqual(plain)
        }
      },
    ),
    { seed: 31, numRuns: process.env['ANYDOOR_PROVE'] === '1' ? 5_000 : 400 },
  )
})

test('a risk score is a threshold in the UK pack, and none for a domestic abuse service in the US pack', () => {
  const risk = { risk: { min: 'high' } }
  expect(forbiddingRules(risk, 'domestic-abuse', 'uk')).toEqual([])
  expect(forbiddingRules(risk, 'domestic-abuse', 'us')).toMatchObject([
    { rule: 'us-advocacy-no-risk-score', facets: ['risk'], source: expect.stringContaining('never a gate') },
  ])
  expect(forbiddingRules(risk, 'primary-care', 'us')).toEqual([])
})

test('a practice that is not permitted is kept, left out of what is matched, and counted as the gap it makes', async () => {
  const { world, editor } = made
  const service = await world.owner.transaction().execute((db) => serviceByCode(db, 'N12'))
  if (service === null) throw new Error('no N12')
  const condition = { substance: ['no'] }
  const before = await world.owner.transaction().execute((db) => systemSource(db, 'uk'))
  await editor.act(async (db, actor) => {
    for (const { position } of service.thresholds.slice(1))
      await setClause(db, actor, { serviceId: service.id, position }, { act: 'remove', why: '' })
    const change = {
      act: 'save',
      condition,
      sentence: 'Sober.',
      soft: false,
      source: '',
      owner: '',
      reviewedOn: null,
      why: '',
    } as const
    await setClause(
      db,
      actor,
      { serviceId: service.id, position: service.thresholds[0]?.position ?? 'new' },
      change,
    )
  })
  const files = await world.owner.transaction().execute(async (db) => ({
    permitted: await systemFile(db, 'uk'),
    practised: await systemFile(db, 'uk', 'practised'),
  }))
  const acceptsIn = (file: typeof files.permitted) =>
    file.services.find((one) => one['id'] === service.id)?.['accepts']
  expect([acceptsIn(files.permitted), acceptsIn(files.practised)]).toEqual([[{}], [condition]])
  const save = (name: string, file: unknown) => {
    const path = join(folder, name)
    writeFileSync(path, JSON.stringify(file))
    return path
  }
  const paths = { permitted: save('p.json', files.permitted), practised: save('q.json', files.practised) }
  const report = JSON.parse(checked([paths.practised, '--against', paths.permitted, '--json']).out) as {
    needs: readonly { need: string; opens: { situations: string }; closes: null }[]
  }
  expect(report.needs.length).toBeGreaterThan(0)
  const look = newLooker()({
    source: before,
    service: service.id,
    accepts: [{}],
    practice: [condition],
    after: service.afterNeeds,
  })
  expect('cannot' in look ? null : look.practice).toEqual(report.needs)
  const words = checked([paths.practised, '--against', paths.permitted]).out
  expect(words).toContain(`not covered here: ${report.needs[0]?.opens.situations} situations`)
  expect(words).toContain('Alcohol or drugs: yes')
  expect(checked([paths.permitted, '--against', paths.permitted]).out).toBe(
    'Both cover the same situations for every need.\n',
  )
  const other = save('o.json', { ...files.permitted, needs: [{ id: 'x' }], services: [] })
  expect(checked([paths.permitted, '--against', other])).toMatchObject({
    code: 2,
    err: expect.stringContaining('compare two files'),
  })
})

function checked(args: readonly string[]): {
  readonly code: number
  readonly out: string
  readonly err: string
} {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    const code = runCheck(args)
    return {
      code,
      out: out.mock.calls.map(([text]) => String(text)).join(''),
      err: err.mock.calls.map(([text]) => String(text)).join(''),
    }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}
