import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withClearColumns } from '../tools/security-columns.ts'

test('SECURITY.md lists exactly the clear columns (node tools/security-columns.ts writes it)', () => {
  const page = readFileSync(new URL('../SECURITY.md', import.meta.url), 'utf8')
  expect(withClearColumns(page)).toBe(page)
})

test('a page without the marks is refused', () => {
  expect(() => withClearColumns('# Security')).toThrow('clear-columns')
})
