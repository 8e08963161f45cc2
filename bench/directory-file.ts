import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The invented services of the demo, again and again under other ids and age limits, until there are `count`: an HSDS file as text. */
export function directoryFile(count: number): string {
  const source = new URL('../src/demo/northmere.hsds.json', import.meta.url)
  const file = JSON.parse(readFileSync(source, 'utf8')) as { contents: Record<string, unknown>[] }
  const services = Array.from({ length: count }, (_, index) => {
    const pattern = file.contents[index % file.contents.length]
    if (pattern === undefined) throw new Error('The demo lists no service.')
    return index < file.contents.length ? pattern : again(pattern, Math.floor(index / file.contents.length))
  })
  return JSON.stringify({ ...file, total_items: count, size: count, contents: services })
}

function again(pattern: Record<string, unknown>, round: number): Record<string, unknown> {
  const { organization, name, ...own } = pattern
  const text = JSON.stringify(own)
    .replaceAll(/"id":"([0-9a-f-]{36})"/g, (_all, id: string) => `"id":"${otherId(id, round)}"`)
    .replaceAll(/(\\"age\\":\{\\"min\\":)(\d+)/g, (_all, before: string, months: string) => {
      return `${before}${Math.max(0, Number(months) - (round % 37))}`
    })
  return { ...(JSON.parse(text) as Record<string, unknown>), name: `${String(name)} ${round}`, organization }
}

/** Another id, the same in every run. */
function otherId(id: string, round: number): string {
  const hex = createHash('sha256').update(`${id} ${round}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
