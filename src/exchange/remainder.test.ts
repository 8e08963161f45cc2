import fc from 'fast-check'
import { expect, test } from 'vitest'
import { remainderOf, withRemainder } from './remainder.rules.ts'

const leaf = fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ max: 3 }), fc.boolean())
const { value } = fc.letrec<{ value: unknown; item: object }>((tie) => ({
  item: fc.record(
    { id: fc.constantFrom('a', 'b', 'c', 'd'), name: leaf, more: tie('value') },
    { requiredKeys: ['id'], noNullPrototype: true },
  ),
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('item'), { maxLength: 4 }),
    fc.array(leaf, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('x', 'y', 'id', 'keys', 'set'), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
}))

test('part and remainder together are the whole, through JSON', () => {
  fc.assert(
    fc.property(value, value, (whole, part) => {
      const kept = remainderOf(whole, part)
      if (kept === null) expect(whole).toEqual(part)
      else expect(withRemainder(part, JSON.parse(JSON.stringify(kept)))).toEqual(whole)
    }),
    { numRuns: 3_000 },
  )
})

test('what somebody changed meanwhile stands, and the rest is put back', () => {
  const whole = { name: 'A', phones: [{ id: '1', number: '+44 113', type: 'voice' }], notes: 'n' }
  const part = { name: 'A', phones: [{ id: '1', number: '0113' }] }
  const kept = remainderOf(whole, part)
  if (kept === null) throw new Error('they differ')
  expect(withRemainder({ name: 'B', phones: [{ id: '1', number: '0114' }] }, kept)).toEqual({
    name: 'B',
    phones: [{ id: '1', number: '0114', type: 'voice' }],
    notes: 'n',
  })
  expect(withRemainder({ name: 'A', phones: [{ id: '2', number: '0115' }] }, kept)).toEqual({
    name: 'A',
    phones: [{ id: '2', number: '0115' }],
    notes: 'n',
  })
})
