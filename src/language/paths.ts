/** Where the table can be read, and where a lead switches one row of it off. */
export const paths = { table: '/language', row: '/language/rows/:row' } as const

/** The page of one row. */
export function rowPath(id: string): string {
  return paths.row.replace(':row', id)
}
