import { describe, expect, test } from 'vitest'

import { LawPack } from './law-pack.ts'
import { mayAgreeAlone } from './law-pack.rules.ts'
import { lawPackOf } from './law-packs.ts'
import { rulesFor } from './rule-packs.ts'
import { withYoung, youngStanding } from './young.rules.ts'

const connecticut = lawPackOf('us', 'us-ct')
const own = { from: 14, citation: 'Section 3' }

function saying(values: Readonly<Record<string, unknown>>): LawPack {
  const set = (value: unknown) => ({
    value,
    citation: 'Section 1',
    source: 'act',
    owner: 'Privacy lead',
    reviewedOn: '2026-11-27',
    reviewedBySurvivors: 'not yet',
  })
  return LawPack.parse({
    ...connecticut,
    sources: { ...connecticut?.sources, act: { title: 'The Act', standing: 'seen' } },
    fields: {
      ...connecticut?.fields,
      ...Object.fromEntries(Object.entries(values).map(([id, value]) => [id, set(value)])),
    },
  })
}

const may = (law: LawPack | null, from: Parameters<typeof mayAgreeAlone>[1], age: number) =>
  mayAgreeAlone(law, from, age * 12).may

describe('what an agency has read for itself', () => {
  test('fills what the law of the place leaves open, from that age and no earlier', () => {
    expect(may(connecticut, 'MHC', 17)).toBe(false)
    const law = withYoung(connecticut, 'MHC', own)
    expect([13, 14, 17].map((age) => may(law, 'MHC', age))).toEqual([false, true, true])
    expect(mayAgreeAlone(law, 'MHC', null).may).toBe(false)
    expect(law?.version).toContain('young-14')
  })
  test('makes what is set later and never earlier', () => {
    const set = saying({ 'minor-mental-health-age': 16 })
    expect(youngStanding(set, 'MHC', own)).toBe('law-later')
    expect(may(withYoung(set, 'MHC', own), 'MHC', 15)).toBe(false)
    expect(may(withYoung(set, 'MHC', own), 'MHC', 16)).toBe(true)
    expect(may(withYoung(set, 'MHC', { ...own, from: 17 }), 'MHC', 16)).toBe(false)
  })
  test('never lets a young person sign alone for an advocate where a parent has to sign too, or nobody read that', () => {
    expect(youngStanding(connecticut, 'DVA', own)).toBe('both-sign')
    expect(may(withYoung(connecticut, 'DVA', own), 'DVA', 17)).toBe(false)
    const alone = saying({ 'minor-release-with-parent': false })
    expect(may(withYoung(alone, 'DVA', own), 'DVA', 14)).toBe(true)
  })
  test('does nothing where no law is chosen, or where no law speaks of such an agency', () => {
    expect(withYoung(null, 'MHC', own)).toBeNull()
    expect(youngStanding(null, 'MHC', own)).toBe('no-pack')
    expect(youngStanding(null, 'DVA', own)).toBe('no-pack')
    expect(may(withYoung(connecticut, 'SCH', own), 'SCH', 17)).toBe(false)
    expect(youngStanding(connecticut, 'SCH', own)).toBe('no-field')
  })
  test('counts in the rules of whoever acts, and is stamped on every release', () => {
    const who = { pack: 'us', law: 'us-ct', sector: 'mental-health', young: own } as const
    expect(may(rulesFor(who).law, 'MHC', 14)).toBe(true)
    expect(rulesFor(who).version).toContain('young-14')
    expect(may(rulesFor({ ...who, young: null }).law, 'MHC', 14)).toBe(false)
  })
})
