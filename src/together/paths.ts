/** Addresses of help for several people of a family. They hold ids and nothing that tells. */
export const paths = {
  steps: '/cases/:id/together',
  pick: '/cases/:id/together/new',
  step: '/cases/:id/together/:step',
  name: '/cases/:id/together/:step/name',
  introduction: '/cases/:id/together/:step/introduction',
  session: '/cases/:id/together/:step/session',
} as const

/** The address of one page of one case, and of one step in it. */
export function togetherPath(page: keyof typeof paths, caseId: string, step = ''): string {
  return paths[page].replace(':id', caseId).replace(':step', step)
}
