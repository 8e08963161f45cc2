/** Addresses of what a person can ask for. They hold ids and nothing that tells. */
export const paths = {
  asks: '/cases/:id/asks',
  account: '/cases/:id/asks/account',
  newFile: '/cases/:id/asks/file',
  file: '/cases/:id/asks/file/:ask',
  give: '/cases/:id/asks/file/:ask/give',
  data: '/cases/:id/asks/file/:ask/data',
  newCorrection: '/cases/:id/asks/correction',
  correction: '/cases/:id/asks/correction/:ask',
  tell: '/cases/:id/asks/correction/:ask/tell',
  retention: '/cases/:id/retention',
  due: '/retention',
  letters: '/letters',
  letter: '/letters/:letter',
} as const

/** An address of one case, and of one ask in it where it names one. */
export function askPath(
  page: Exclude<keyof typeof paths, 'due' | 'letters' | 'letter'>,
  caseId: string,
  askId = '',
): string {
  return paths[page].replace(':id', caseId).replace(':ask', askId)
}

/** The address of one letter. */
export function letterPath(id: string): string {
  return paths.letter.replace(':letter', id)
}
