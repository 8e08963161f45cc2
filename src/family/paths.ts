/** Addresses of the family. They hold ids and nothing that tells. */
export const paths = {
  family: '/cases/:id/family',
  paper: '/cases/:id/family/print',
  own: '/cases/:id/family/own/:card',
  link: '/cases/:id/family/link',
  unlink: '/cases/:id/family/unlink/:link',
  who: '/cases/:id/family/who',
  review: '/cases/:id/family/who/:line',
  together: '/cases/:id/family/together',
  support: '/cases/:id/support',
  ownWords: '/cases/:id/own-words',
} as const

/** The address of one page of one case, and of one card, link or line in it. */
export function familyPath(page: keyof typeof paths, caseId: string, inner = ''): string {
  return paths[page].replace(':id', caseId).replace(/:(card|link|line)/, inner)
}
