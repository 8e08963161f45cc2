/** Addresses of what is done about a person causing harm. They hold ids and nothing that tells. */
export const paths = {
  list: '/accountability',
  notice: '/accountability/notice',
  quiet: '/accountability/quiet',
  thread: '/accountability/:thread',
  action: '/accountability/:thread/action',
  change: '/accountability/:thread/change',
  person: '/accountability/:thread/person',
  team: '/accountability/:thread/team',
  doubt: '/accountability/:thread/doubt',
  end: '/accountability/:thread/end',
  erase: '/accountability/:thread/erase',
  entry: '/accountability/:thread/:entry',
  inCase: '/cases/:id/accountability',
} as const

/** The address of a page of one file, and of one entry in it. */
export function threadPath(
  page: Exclude<keyof typeof paths, 'list' | 'notice' | 'quiet' | 'inCase'>,
  thread: string,
  entry = '',
): string {
  return paths[page].replace(':thread', thread).replace(':entry', entry)
}

/** The page of a survivor's case that leads to the files about who causes harm in it. */
export function inCasePath(caseId: string): string {
  return paths.inCase.replace(':id', caseId)
}
