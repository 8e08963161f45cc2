/** Addresses of what is shared on other grounds. They hold ids and nothing that tells. */
export const paths = {
  list: '/cases/:id/grounds',
  court: '/cases/:id/grounds/paper',
  danger: '/cases/:id/grounds/today',
  report: '/cases/:id/grounds/concern',
  injury: '/cases/:id/grounds/injury',
  one: '/cases/:id/grounds/:ground',
  told: '/cases/:id/grounds/:ground/told',
  order: '/cases/:id/grounds/:ground/order',
  facts: '/cases/:id/grounds/:ground/facts',
  glass: '/glass',
  through: '/glass/:ground',
  copy: '/cases/:id/grounds/:ground/copy',
} as const

/** An address of one case, and of one ground in it where it names one. */
export function groundPath(page: keyof typeof paths, caseId: string, groundId = ''): string {
  return paths[page].replace(':id', caseId).replace(':ground', groundId)
}
