/** Addresses of permissions. They hold ids and nothing that tells. */
export const paths = {
  list: '/cases/:id/releases',
  drafts: '/drafts',
  one: '/cases/:id/releases/:release',
  turn: '/cases/:id/releases/:release/turn',
  back: '/cases/:id/releases/:release/turn/done',
  copy: '/cases/:id/releases/:release/copy',
  /** The person is not here: a code for their own page, and what they said. */
  apart: '/cases/:id/releases/:release/apart',
  apartCode: '/cases/:id/releases/:release/apart/code',
  spoken: '/cases/:id/releases/:release/spoken',
  /** Answered by the referrals room, which ends what was sent. */
  withdraw: '/cases/:id/releases/:release/withdraw',
  /** Answered by the referrals room, where the wait is. */
  renew: '/cases/:id/releases/:release/renew',
  hold: '/cases/:id/hold',
  /** Where a draft goes on; answered by the referrals room. */
  draft: '/cases/:id/referrals/new/:release',
  talk: '/cases/:id/referrals/new/:release/talk',
  send: '/cases/:id/referrals/new/:release/send',
  sent: '/cases/:id/referrals/new/:release/sent',
  /** Answered by the referrals room, which sends what was signed for after a death. */
  afterDeath: '/cases/:id/releases/:release/after',
  viewAs: '/cases/:id/referrals/new/:release/as',
  /** The person's own page at a distance. Short enough to say; it tells nothing. */
  visit: '/go',
  visitDone: '/go/end',
  visitStep: '/go/:step',
  decisions: '/cases/:id/decisions',
  decide: '/cases/:id/decide',
  /** Answered by the referrals room, which sends. */
  decision: '/cases/:id/decisions/:release',
  privacy: '/privacy',
  rules: '/rules',
  law: '/agency/law',
  young: '/agency/young',
} as const

/** An address of one case, and of one permission in it where it names one. */
export function releasePath(
  page: Exclude<
    keyof typeof paths,
    'drafts' | 'privacy' | 'rules' | 'law' | 'young' | 'visit' | 'visitDone' | 'visitStep'
  >,
  caseId: string,
  releaseId = '',
): string {
  return paths[page].replace(':id', caseId).replace(':release', releaseId)
}
