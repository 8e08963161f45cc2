import fc from 'fast-check'

import { placedIn } from '../../src/intake/form.rules.ts'
import type { FormBody, Item, Option, When } from '../../src/intake/form.ts'

/** Chance wording that asks for nothing that no form may ask. */
const words = fc
  .array(fc.constantFrom('tea', 'bread', 'Who', 'walks', 'home', 'é', '“so”', '<b>', 'سلام', '7', '&', '?'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(' '))

const option = (at: number): fc.Arbitrary<Option> =>
  fc.record({
    code: fc.constant(`c${at}`),
    label: words.map((text) => `${text} ${at}`),
    score: fc.option(fc.integer({ min: -5, max: 20 })),
    sort: fc.constant('coding' as const),
    kept: fc.constantFrom({}, { coding: { system: 'urn:own' } }, { option: { id: 'o' } }),
  })

const options = (kind: Item['kind']) =>
  kind === 'choice' || kind === 'several'
    ? fc
        .integer({ min: 1, max: 4 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_one, at) => option(at))))
    : fc.constant([])

const kept = fc.constantFrom(
  {},
  { prefix: '1.' },
  { required: true, code: [{ system: 'urn:own', code: 'x' }] },
  { extension: [{ url: 'urn:own:colour', valueString: 'green' }] },
)

const leaf = fc
  .constantFrom<Item['kind'][]>(
    'instruction',
    'text',
    'long',
    'yes-no',
    'choice',
    'several',
    'date',
    'number',
  )
  .chain((kind) => item(kind, fc.constant([])))

function item(kind: Item['kind'], items: fc.Arbitrary<Item[]>): fc.Arbitrary<Item> {
  return fc.record({
    id: fc.constant(''),
    kind: fc.constant(kind),
    text: words,
    options: options(kind) as fc.Arbitrary<Option[]>,
    when: fc.constant(null),
    retired: fc.nat(9).map((n) => n === 0),
    // FHIR lets nothing be demanded of what is only read (que-3, que-6).
    kept: kind === 'instruction' ? fc.constant({}) : kept,
    items,
  })
}

const holder = fc.oneof(
  leaf,
  item('section', fc.array(leaf, { minLength: 1, maxLength: 4 })),
  item('yes-no', fc.array(leaf, { maxLength: 2 })),
  item(
    'section',
    fc.array(item('section', fc.array(leaf, { minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 2 }),
  ),
)

/** Any form that could be published, conditions on earlier questions and all. */
export const anyForm: fc.Arbitrary<FormBody> = fc
  .tuple(fc.array(holder, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat(999)), words)
  .map(([items, chances, title]) => ({
    title,
    purpose: '',
    items: withConditions(numbered(items), chances),
    kept: { publisher: 'Somebody' },
    origin: null,
    licence: null,
  }))

function numbered(items: readonly Item[]): Item[] {
  let next = 0
  const walk = (list: readonly Item[]): Item[] =>
    list.map((each) => {
      next += 1
      const id = `q${next}`
      return { ...each, id, items: walk(each.items) }
    })
  return walk(items)
}

/** Gives about every second item one or two conditions on questions that come before it. */
function withConditions(items: Item[], chances: Iterator<number>): Item[] {
  const order = placedIn(items).map((each) => each.item)
  const chance = (most: number) => Number(chances.next().value ?? 0) % most
  const conditionOn = (asked: Item): When['conditions'][number] => {
    const question = asked.id
    const picked = asked.options[chance(Math.max(1, asked.options.length))]
    if (chance(3) === 0) return { question, operator: 'exists', value: true }
    const equal = chance(2) === 0 ? ('=' as const) : ('!=' as const)
    if (asked.kind === 'yes-no') return { question, operator: equal, value: chance(2) === 0 }
    if (picked !== undefined) return { question, operator: equal, value: picked.code }
    if (asked.kind === 'number') return { question, operator: '>=', value: chance(9) }
    if (asked.kind === 'date') return { question, operator: '<', value: '2026-05-01' }
    return { question, operator: equal, value: 'tea' }
  }
  const walk = (list: Item[]): Item[] =>
    list.map((each) => {
      const at = order.findIndex(({ id }) => id === each.id)
      const before = order
        .slice(0, at)
        .filter(({ kind, retired }) => kind !== 'section' && kind !== 'instruction' && !retired)
      const asked =
        before.length > 0 && chance(2) === 0
          ? [before[chance(before.length)], before[chance(before.length)]]
          : []
      const conditions = asked.flatMap((one) => (one === undefined ? [] : [conditionOn(one)]))
      const when = conditions.length === 0 ? null : { all: chance(2) === 0, conditions }
      return { ...each, when, items: walk(each.items) }
    })
  return walk(items)
}
