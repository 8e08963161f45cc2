/** Addresses of what crossed out of a case. They hold ids and nothing that tells. */
export const paths = {
  shared: '/cases/:id/shared',
  envelope: '/cases/:id/shared/:envelope',
  seen: '/cases/:id/seen',
} as const

/** An address of one case, and of one envelope in it where it names one. */
export function sharedPath(page: keyof typeof paths, caseId: string, envelopeId = ''): string {
  return paths[page].replace(':id', caseId).replace(':envelope', envelopeId)
}
