/** Addresses of the office's side: short, and saying nothing. The token of a link is no secret without its code. */
export const paths = {
  knock: '/l/:token',
  again: '/l/:token/again',
  letter: '/letter',
  answer: '/letter/:answer',
  leave: '/letter/leave',
} as const

/** An address under a token. */
export function knockPath(page: 'knock' | 'again', token: string): string {
  return paths[page].replace(':token', encodeURIComponent(token))
}

/** The page of one answer. */
export function answerPath(answer: string): string {
  return paths.answer.replace(':answer', answer)
}
