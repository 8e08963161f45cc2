/** Where the table can be read, and where a lead switches one row of it off. */
export const paths = { table: '/language', row: '/language/rows/:row', own: '/language/own/:row' } as const

/** The page of wording of the agency's own; `new` adds one. */
export function ownPath(id: string): string {
  return paths.own.replace(':row', id)
}

/** The page of one row. */
export function rowPath(id: string): string {
  return paths.row.replace(':row', id)
}

/** Where a case says what was done, with what it did to each person, and what is done against it. Casework answers there. */
const places = [
  { word: 'pattern', end: 'over-time' },
  { word: 'strengths', end: 'strengths' },
] as const

/** Those pages of the case that an address is of, but for the page itself; none away from a case. Nothing is looked up. */
export function placesFirst(
  address: string,
): readonly { readonly word: (typeof places)[number]['word']; readonly href: string }[] {
  const [ofCase] = /^\/cases\/[0-9a-f-]{36}(?=\/|$)/.exec(address) ?? []
  if (ofCase === undefined) return []
  return places
    .map(({ word, end }) => ({ word, href: `${ofCase}/${end}` }))
    .filter(({ href }) => !address.startsWith(href))
}
