import type { Chance } from './chance.ts'

const junk: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -1,
  1e308,
  true,
  false,
  [],
  {},
  [[]],
  [null, null],
  'nought\0inside',
  'half \ud83d of a letter',
  '<script>alert(1)</script>',
  '&lt;b&gt;bold&lt;/b&gt;',
  '<p>'.repeat(2_000),
  'x'.repeat(70_000),
  '\u202eturned round',
  '__proto__',
  'constructor',
  '9999-99-99',
  '31/02/2026',
  '٣',
  JSON.parse('{"__proto__": {"polluted": true}}'),
  { constructor: { prototype: {} }, toString: 'x', hasOwnProperty: 1 },
  { id: { id: { id: 1 } } },
  ['a', ['b', ['c']]],
  { name: '<b>x</b>', number: ['1'], value: 7 },
]

/** A copy of a JSON value with a few things in it broken, anywhere in it: taken away, put in a list, doubled, or made to be junk. */
export function damaged(json: unknown, chance: Chance): unknown {
  let result = structuredClone(json)
  for (let times = 1 + chance.below(4); times > 0; times--) result = damagedOnce(result, chance)
  return result
}

function damagedOnce(json: unknown, chance: Chance): unknown {
  if (typeof json !== 'object' || json === null || chance.in100(12)) return replaced(json, chance)
  const keys = Object.keys(json)
  if (keys.length === 0) return replaced(json, chance)
  const key = chance.one(keys)
  if (Array.isArray(json)) {
    const at = Number(key)
    if (chance.in100(10)) return json.toSpliced(at, 1)
    if (chance.in100(10)) return json.toSpliced(at, 0, structuredClone(json[at]))
    return json.with(at, damagedOnce(json[at], chance))
  }
  const entries = Object.entries(json)
  if (chance.in100(10)) return Object.fromEntries(entries.filter(([each]) => each !== key))
  if (chance.in100(5))
    return Object.fromEntries([
      ...entries,
      [chance.one(['__proto__', 'constructor', 'id', 'services', 'contents']), chance.one(junk)],
    ])
  return Object.fromEntries(
    entries.map(([each, value]) => [each, each === key ? damagedOnce(value, chance) : value]),
  )
}

function replaced(json: unknown, chance: Chance): unknown {
  const ways: readonly (() => unknown)[] = [
    () => chance.one(junk),
    () => [json],
    () => ({ value: json }),
    () => (typeof json === 'number' ? String(json) : typeof json === 'string' ? json.toUpperCase() : json),
    () => (Array.isArray(json) ? json[0] : json),
    () => deep(json, 200),
  ]
  return chance.one(ways)()
}

function deep(json: unknown, times: number): unknown {
  let result = json
  for (let i = 0; i < times; i++)
    result = i % 2 === 0 ? [result] : { value: result, parent: result === json ? null : i }
  return result
}
