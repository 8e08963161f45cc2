/** Addresses of the papers of a case. They hold ids and nothing that tells. */
export const paths = {
  papers: '/cases/:id/papers',
  paper: '/cases/:id/papers/:paper',
  remove: '/cases/:id/papers/:paper/remove',
} as const

/** The address of a case's papers. */
export function papersPath(caseId: string): string {
  return paths.papers.replace(':id', caseId)
}

/** The address of one paper, or of taking it out. */
export function paperPath(page: 'paper' | 'remove', caseId: string, id: string): string {
  return paths[page].replace(':id', caseId).replace(':paper', id)
}
