import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { makeStage, type Stage } from './acts.ts'
import { play, type Tally } from './play.ts'
import { anyStep } from './steps.ts'

const wanted = process.env['ANYDOOR_PROVE'] === undefined ? 5_000 : 100_000
const lanes = 4

let stage: Stage

beforeAll(async () => {
  stage = await makeStage()
})
afterAll(() => stage?.close())

/** Histories of one lane, one after another, until all lanes together have taken the steps. */
async function lane(number: number, tally: Tally): Promise<void> {
  for (let seed = 20_261_127 + number; tally.steps < wanted; seed += lanes)
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 120, size: 'max' }), (steps) =>
        play(stage, steps, tally),
      ),
      { numRuns: 5, seed },
    )
}

test(
  `over ${wanted.toLocaleString('en')} steps of random histories, evaluator, fence and keyring never disagree`,
  async () => {
    const tally: Tally = { steps: 0, reads: 0, opened: 0 }
    await Promise.all(Array.from({ length: lanes }, (_each, number) => lane(number, tally)))
    // Looks that find something and looks that find nothing: a history in which nothing opens proves little.
    expect(tally.reads).toBeGreaterThan(wanted / 4)
    expect(tally.opened).toBeGreaterThan(tally.reads / 10)
    expect(tally.opened).toBeLessThan(tally.reads * 0.9)
  },
  wanted * 60,
)
