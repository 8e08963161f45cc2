/** Addresses of permissions. They hold ids and nothing that tells. */
export const paths = {
  list: '/cases/:id/releases',
  one: '/cases/:id/releases/:release',
  turn: '/cases/:id/releases/:release/turn',
  back: '/cases/:id/releases/:release/turn/done',
  copy: '/cases/:id/releases/:release/copy',
  /** Answered by the referrals room, which ends what was sent. */
  withdraw: '/cases/:id/releases/:release/withdraw',
  hold: '/cases/:id/hold',
  /** Where a draft goes on; answered by the referrals room. */
  draft: '/cases/:id/referrals/new/:release',
  talk: '/cases/:id/referrals/new/:release/talk',
  send: '/cases/:id/referrals/new/:release/send',
  sent: '/cases/:id/referrals/new/:release/sent',
  viewAs: '/cases/:id/referrals/new/:release/as',
  privacy: '/privacy',
  rules: '/rules',
  law: '/agency/law',
} as const

/** An address of one case, and of one permission in it where it names one. */
export function releasePath(
  page: Exclude<keyof typeof paths, 'privacy' | 'rules' | 'law'>,
  caseId: string,
  releaseId = '',
): string {
  return paths[page].replace(':id', caseId).replace(':release', releaseId)
}
