import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** Where faults are planted, in the words of the line at the end of a run. */
export const plantedKinds = {
  fence: 'fences, functions and rights of the database',
  seal: 'seals of a cell',
  history: 'what random histories stand on',
  row: 'rows of the rule tables, broken one by one',
  hole: 'rule tables with a hole in them',
  rule: 'the source of rule functions',
} as const
export type PlantedKind = keyof typeof plantedKinds

/** The fewest that a whole run plants. */
const fewest = 50

/** Writes down how many faults of a kind were planted, and how many of those a check noticed. */
export function countPlanted(book: string, kind: PlantedKind, planted: number, caught: number): void {
  appendFileSync(book, `${kind} ${planted} ${caught}\n`)
}

/**
 * What a run planted and caught, as one line; null where it planted nothing. A fault that nobody noticed, or a whole run with
 * too few of them, is an error.
 */
export function plantedLine(book: string): string | null {
  if (!existsSync(book)) return null
  const counts = new Map<PlantedKind, { planted: number; caught: number }>()
  for (const line of readFileSync(book, 'utf8').trim().split('\n')) {
    const [kind, planted, caught] = line.split(' ') as [PlantedKind, string, string]
    const sum = counts.get(kind) ?? { planted: 0, caught: 0 }
    counts.set(kind, { planted: sum.planted + Number(planted), caught: sum.caught + Number(caught) })
  }
  const all = [...counts.values()]
  const planted = all.reduce((sum, each) => sum + each.planted, 0)
  const caught = all.reduce((sum, each) => sum + each.caught, 0)
  const parts = [...counts].map(
    ([kind, each]) => `${each.caught} of ${each.planted} in ${plantedKinds[kind]}`,
  )
  const said = `Faults planted on purpose: ${caught} of ${planted} caught (${parts.join(', ')}).`
  const whole = counts.size === Object.keys(plantedKinds).length
  if (caught < planted || (whole && planted < fewest)) throw new Error(said)
  return said
}
