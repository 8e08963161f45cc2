import { handlingIds } from './letter.ts'

export type Handling = (typeof handlingIds)[number]

/** Sectors whose records a person, or somebody who holds their telephone or a child's log-in, may read online. */
const health: ReadonlySet<string> = new Set([
  'primary-care',
  'mental-health',
  'child-mental-health',
  'substance-use',
])

/** What a letter asks of the records of an agency of this sector. A school's records are read by parents, online as well. */
export function handlingAt(sector: string | undefined): readonly Handling[] {
  if (sector === 'education') return ['hide-online']
  return sector !== undefined && health.has(sector) ? handlingIds : []
}

/** What a letter asks: what its recipient's sector always asks for, and what the sender adds. */
export function handlingFor(sector: string | undefined, added: readonly Handling[]): readonly Handling[] {
  const always = handlingAt(sector)
  return handlingIds.filter((each) => always.includes(each) || added.includes(each))
}
