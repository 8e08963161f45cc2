import { expect, test } from 'vitest'

import { ageBand } from './unmet.ts'

test.each([
  [0, '0-4'],
  [59, '0-4'],
  [60, '5-10'],
  [131, '5-10'],
  [191, '11-15'],
  [192, '16-17'],
  [215, '16-17'],
  [216, '18-24'],
  [299, '18-24'],
  [719, '25-59'],
  [720, '60-up'],
  [1319, '60-up'],
  [undefined, 'not-said'],
  ['nine', 'not-said'],
])('an age of %s months is counted as %s', (months, band) => {
  expect(ageBand(months)).toBe(band)
})
