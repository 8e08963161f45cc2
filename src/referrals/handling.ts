import { handlingIds } from './letter.ts'

export type Handling = (typeof handlingIds)[number]

/** Sectors whose records a person, or somebody who holds their telephone or a child's log-in, may read online. */
const readOnline: ReadonlySet<string> = new Set(['primary-care', 'mental-health', 'child-mental-health'])

/** What a letter asks of the records of an agency of this sector. */
export function handlingAt(sector: string | undefined): readonly Handling[] {
  return sector !== undefined && readOnline.has(sector) ? handlingIds : []
}
