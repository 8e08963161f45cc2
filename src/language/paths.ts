/** Where the table can be read. */
export const paths = { table: '/language' } as const
