import { describe, expect, test } from 'vitest'
import { warningKeys } from './recipients.ts'
import { itemKindIds } from './release.ts'
import { ruleTables } from './rule-packs.ts'
import { needKey, ruleKey } from './sharing.rules.ts'
import { basisIds, comesBackIds, outcomeIds, recordIds, roleIds, sectorIds } from './sharing.ts'
import type { RuleTable } from './rule-table.ts'
import type { PackId } from './sharing.ts'
import fields from './release-fields.json' with { type: 'json' }
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

const catalogues: Readonly<Record<PackId, readonly unknown[]>> = { uk: [uk], us: [us, uk] }

function wordOf(pack: PackId, key: string): string | undefined {
  const found = catalogues[pack].map((catalogue) =>
    key
      .split('.')
      .reduce<unknown>((branch, part) => (branch as Record<string, unknown> | undefined)?.[part], catalogue),
  )
  return found.find((each): each is string => typeof each === 'string')
}

function sentences(branch: unknown): readonly string[] {
  if (typeof branch === 'string') return [branch]
  return typeof branch === 'object' && branch !== null ? Object.values(branch).flatMap(sentences) : []
}

function needsOf(table: RuleTable): readonly string[] {
  return table.rows.flatMap((row) => [
    ...row.override,
    ...(row.outcome === 'F*' ? ['judges-order'] : []),
    ...row.needs.map((each) => (typeof each === 'string' ? each : each.need)),
  ])
}

describe.each(['uk', 'us'] as const)('words of the %s pack', (pack) => {
  const table = ruleTables[pack]

  test('a sentence for every rule, rule 0 included, and for everything that can be missing', () => {
    const keys = [`${pack}-0`, ...table.rows.map((row) => row.id)].map(ruleKey)
    for (const key of [...keys, ...needsOf(table).map(needKey)])
      expect([key, wordOf(pack, key)]).not.toContain(undefined)
  })

  test('words for items, what comes back, problems and recipients', () => {
    const keys = [
      ...itemKindIds.map((kind) => `releases.item.${kind}`),
      ...comesBackIds.map((value) => `releases.comes-back.${value}`),
      ...fields.map((field) => `releases.problem.release-${field.id}`),
      ...sectorIds.flatMap((sector) => [...warningKeys(pack, sector)]),
    ]
    for (const key of keys) expect([key, wordOf(pack, key)]).not.toContain(undefined)
  })
})

describe.each(['uk', 'us'] as const)('the page of rules in the %s pack', (pack) => {
  const { rows, sources } = ruleTables[pack]
  const named = <T extends string>(kind: string, values: readonly T[]) =>
    values.map((value) => `releases.${kind}.${value}`)
  const facts = rows.flatMap((row) => [
    ...row.when,
    ...row.unless,
    ...row.override,
    ...row.needs.flatMap((each) => (typeof each === 'string' ? [] : (each.when ?? []))),
  ])

  test('has words for every role, record, ground, fact, answer and standing', () => {
    const keys = [
      ...named('role', roleIds),
      ...named('record-kind', recordIds),
      ...named('ground', basisIds),
      ...named('fact', facts),
      ...named('rules.outcome', ['A', 'N', 'F', 'F*', ...outcomeIds]),
      ...named(
        'rules.standing',
        Object.values(sources).map((source) => source.standing),
      ),
    ]
    for (const key of keys) expect([key, wordOf(pack, key)]).not.toContain(undefined)
  })
})

describe('how it is said', () => {
  const all = [uk.releases, us.releases].flatMap(sentences)

  test('nobody is he or she', () => {
    const gendered = /\b(he|she|him|her|his|hers|himself|herself|mother|father|wife|husband)\b/i
    expect(all.filter((each) => gendered.test(each))).toEqual([])
  })

  test('sentences are short, words are short', () => {
    const long = all
      .flatMap((each) => each.split(/(?<=[.?!])\s+/))
      .filter((each) => each.split(/\s+/).length > 22)
    expect(long).toEqual([])
    expect(average(all.map(grade))).toBeLessThan(6)
  })
})

/** Flesch-Kincaid grade of one text, with a rough count of syllables. */
function grade(text: string): number {
  const words = text.match(/[A-Za-z’]+/g) ?? []
  const ends = Math.max(1, (text.match(/[.?!](\s|$)/g) ?? []).length)
  const beats = words.map((word) =>
    Math.max(
      1,
      (
        word
          .toLowerCase()
          .replace(/e$/, '')
          .match(/[aeiouy]+/g) ?? []
      ).length,
    ),
  )
  return 0.39 * (words.length / ends) + 11.8 * average(beats) - 15.59
}

function average(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length)
}
