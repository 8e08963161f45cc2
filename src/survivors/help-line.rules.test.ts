import { expect, test } from 'vitest'

import { changedLines, freshness, linesToCheck } from './help-line.rules.ts'
import { type HelpLine, helpLineChanges, shippedHelpLines } from './help-line.ts'

const line: HelpLine = {
  id: 'own',
  name: 'Our own line',
  about: 'For everybody.',
  phone: '01632 960100',
  source: 'ourselves',
  checkedOn: '2026-08-24',
}
const day = (iso: string) => Temporal.PlainDate.from(iso)

test('a check lasts ninety days and not one more', () => {
  expect(freshness(line, day('2026-08-24'))).toBe('checked')
  expect(freshness(line, day('2026-11-22'))).toBe('checked')
  expect(freshness(line, day('2026-11-23'))).toBe('old')
  expect(freshness(line, day('2026-08-23'))).toBe('never')
  expect(freshness({ ...line, checkedOn: null }, day('2026-08-24'))).toBe('never')
})

test('what ships is checked by nobody, and the operator is told of each', () => {
  for (const pack of ['uk', 'us'] as const) {
    const lines = shippedHelpLines[pack]
    expect(lines.length).toBeGreaterThan(3)
    expect(linesToCheck(lines, day('2026-11-22'))).toEqual(lines)
    expect(new Set(lines.map((one) => one.id)).size).toBe(lines.length)
    for (const one of lines) expect(one.phone ?? one.text).toBeTruthy()
  }
})

test('an installation checks, takes away and adds', () => {
  const changes = helpLineChanges.parse({
    checked: { men: '2026-11-01' },
    removed: ['lgbt'],
    added: [line],
  })
  const lines = changedLines(shippedHelpLines.uk, changes)
  expect(lines[0]?.id).toBe('own')
  expect(lines.find((one) => one.id === 'men')?.checkedOn).toBe('2026-11-01')
  expect(lines.some((one) => one.id === 'lgbt')).toBe(false)
  expect(helpLineChanges.safeParse({ checked: { men: 'yesterday' } }).success).toBe(false)
})
