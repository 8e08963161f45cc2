/** Addresses of the list of who helps. They hold ids and nothing that tells. */
export const paths = {
  list: '/cases/:id/helping',
  add: '/cases/:id/helping/new',
  print: '/cases/:id/helping/print',
  line: '/cases/:id/helping/:line',
  off: '/cases/:id/helping/:line/off',
} as const

/** The address of one page of the list of one case. */
export function helpingPath(page: keyof typeof paths, caseId: string, line = ''): string {
  return paths[page].replace(':id', caseId).replace(':line', line)
}
