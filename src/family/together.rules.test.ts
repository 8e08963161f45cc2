import fc from 'fast-check'
import { expect, test } from 'vitest'

import { WorkStep } from '#people'

import { planRefused, stagesOf } from './together.rules.ts'

const step = (said: Partial<WorkStep> & { readonly kind: WorkStep['kind'] }): WorkStep =>
  WorkStep.parse({ id: said.id ?? said.kind, words: 'x', who: ['parent', 'child'], ...said })

const safety = step({ kind: 'safety', who: ['parent'] })
const joint = step({ kind: 'joint' })

test.each([
  ['safety, then together', [safety, joint], null],
  ['together without safety', [joint], 'safety-first'],
  ['safety afterwards', [joint, safety], 'safety-first'],
  ['safety beside it is not before it', [safety, { ...joint, beside: true }], 'safety-first'],
  ['help of their own needs no order', [step({ kind: 'own', who: ['child'] })], null],
  ['two own steps side by side', [safety, step({ kind: 'own', beside: true }), joint], null],
  ['nobody in it', [step({ kind: 'own', who: [] })], 'who-missing'],
  ['together alone', [safety, { ...joint, who: ['child'] }], 'joint-two'],
  ['with whoever causes harm', [safety, { ...joint, who: ['child', 'harm'] }], 'harm-not-joined'],
  ['safety with whoever causes harm', [{ ...safety, who: ['harm'] }], 'harm-not-joined'],
] satisfies readonly (readonly [string, readonly WorkStep[], string | null])[])('%s', (_, steps, refused) => {
  expect(planRefused(steps, ['harm'])?.refused ?? null).toBe(refused)
})

test('no plan that stands joins anybody to whoever causes harm, or people before a step for their safety', () => {
  const any = fc.record({
    kind: fc.constantFrom('safety', 'own', 'joint'),
    who: fc.array(fc.constantFrom('parent', 'child', 'harm'), { maxLength: 3 }),
    beside: fc.boolean(),
    id: fc.uuid(),
  })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 6 }), (said) => {
      const steps = said.map(step)
      if (planRefused(steps, ['harm']) !== null) return
      expect(steps.some((each) => each.who.includes('harm'))).toBe(false)
      const stages = stagesOf(steps)
      for (const [at, stage] of stages.entries()) {
        if (!stage.some((each) => each.kind === 'joint')) continue
        expect(
          stages
            .slice(0, at)
            .flat()
            .some((each) => each.kind === 'safety'),
        ).toBe(true)
      }
    }),
  )
})

test('stages keep every step in its order', () => {
  const steps = [safety, { ...joint, id: 'b', beside: true }, { ...joint, id: 'c' }]
  expect(stagesOf(steps).map((stage) => stage.map((each) => each.id))).toEqual([['safety', 'b'], ['c']])
})
