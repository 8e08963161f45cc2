import { readSystem, problemLine, type System } from '#engine/space'
import { facets, needs, possible } from './facet.ts'

/** The stored view of the engine: two JSON lists as text. */
export interface MatchingRow {
  readonly agencies: string
  readonly services: string
}

let last: readonly { readonly row: MatchingRow; readonly system: System }[] = []

/**
 * The system of a row. Only the work is remembered, never the answer: the text decides, and the same text gives the same
 * object. The directory is public, so nothing that anybody opened is kept.
 */
export function systemOfRow(row: MatchingRow): System {
  const known = last.find((each) => each.row.services === row.services && each.row.agencies === row.agencies)
  if (known !== undefined) return known.system
  const system = systemOf(row)
  last = [{ row, system }, ...last].slice(0, 3)
  return system
}

/** The live directory as a service system. Throws when what is stored is no service system: a fault, never input. */
export function systemOf(row: MatchingRow): System {
  const read = readSystem({
    facets,
    possible,
    needs: needs.map(({ id, label, arises }) => ({ id, label, ...(arises === null ? {} : { arises }) })),
    agencies: JSON.parse(row.agencies) as unknown,
    services: JSON.parse(row.services) as unknown,
  })
  if (!read.ok) throw new Error(`the directory is not a service system: ${problemLine(read.problem)}`)
  return read.value
}
