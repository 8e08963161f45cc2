// Writes the list of clear columns into SECURITY.md: `node tools/security-columns.ts`.
import { readFileSync, writeFileSync } from 'node:fs'
import { clearColumns } from '../src/platform/db/clear-columns.ts'

const page = new URL('../SECURITY.md', import.meta.url)
const start = '<!-- clear-columns -->'
const end = '<!-- /clear-columns -->'

/** The page with the marked part replaced by the list; throws where the marks are missing. */
export function withClearColumns(text: string): string {
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`SECURITY.md has no ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n${table()}\n${text.slice(to)}`
}

function table(): string {
  const rows = Object.entries(clearColumns)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, columns]) => `| \`${name}\` | ${columns.join(', ')} |`)
  return ['', '| table | clear columns |', '| --- | --- |', ...rows, ''].join('\n')
}

if (import.meta.main) writeFileSync(page, withClearColumns(readFileSync(page, 'utf8')))
