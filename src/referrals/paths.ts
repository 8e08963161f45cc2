/** Addresses of referrals. They hold ids and nothing that tells. */
export const paths = {
  list: '/referrals',
  find: '/referrals/find',
  load: '/referrals/by-person',
  give: '/referrals/give',
  thread: '/referrals/:id',
  question: '/referrals/:id/question',
  answer: '/referrals/:id/answer',
  accept: '/referrals/:id/accept',
  wait: '/referrals/:id/wait',
  decline: '/referrals/:id/decline',
  take: '/referrals/:id/take',
  introduce: '/referrals/:id/introduction',
  met: '/referrals/:id/met',
  agreed: '/referrals/:id/introduction/agreed',
  happened: '/referrals/:id/introduction/happened',
  notHappened: '/referrals/:id/introduction/not-happened',
  contact: '/referrals/:id/contact',
  end: '/referrals/:id/end',
  session: '/referrals/:id/session',
  sessionAsked: '/referrals/:id/session/:session',
  reopen: '/referrals/:id/reopen',
  undo: '/referrals/:id/undo',
  refer: '/referrals/:id/refer',
  acknowledged: '/referrals/:id/acknowledged',
  meanwhile: '/referrals/:id/meanwhile',
  callOff: '/referrals/:id/call-off',
  calendar: '/referrals/:id/calendar',
  flow: '/referrals-flow',
  flowGiven: '/referrals-flow/given',
  flowFile: '/referrals-flow/file',
  notMe: '/referrals/:id/not-me',
  pleaseAnswer: '/referrals/:id/please-answer',
  tries: '/referrals/:id/tries',
  unreached: '/referrals/:id/unreached',
  now: '/now',
  seen: '/referrals/news/seen',
  chasing: '/referrals/answers',
  partnerTimes: '/referrals/answers/:id',
  ring: '/cases/:id/ring/:purpose',
  unmet: '/unmet-needs',
  link: '/referrals/:id/link',
  office: '/cases/:id/referrals/office',
} as const

export type ThreadPath = Exclude<
  keyof typeof paths,
  | 'list'
  | 'find'
  | 'load'
  | 'give'
  | 'now'
  | 'ring'
  | 'unmet'
  | 'seen'
  | 'chasing'
  | 'partnerTimes'
  | 'flow'
  | 'flowGiven'
  | 'flowFile'
  | 'office'
>

/** The address of one page of one thread. */
export function threadPath(page: ThreadPath, threadId: string): string {
  return paths[page].replace(':id', threadId)
}

/** Where a lead gives a worker's open work to a colleague, or what nobody has taken up. */
export function givePath(accountId: string): string {
  return `${paths.give}?from=${accountId}`
}

/** Where a referral to a service is begun from a case; with the ask it grew out of. */
export function sendingPath(caseId: string, serviceId: string, ask: string): string {
  return `/cases/${caseId}/referrals/new?service=${encodeURIComponent(serviceId)}&ask=${ask}`
}

/** Where a referral is begun from what was agreed for an earlier one: another recipient, so another permission. */
export function againPath(caseId: string, serviceId: string, releaseId: string | null): string {
  const like = releaseId === null ? '' : `&like=${releaseId}`
  return `/cases/${caseId}/referrals/new?service=${encodeURIComponent(serviceId)}${like}`
}

/** Where what was shared is changed: the same talk once more, beginning with what the permission says now. */
export function amendPath(caseId: string, serviceId: string, releaseId: string): string {
  return `/cases/${caseId}/referrals/new?service=${encodeURIComponent(serviceId)}&renew=${releaseId}`
}

/** Where an organisation without an account is written to: its address first. */
export function officePath(caseId: string, serviceId: string): string {
  return `${paths.office.replace(':id', caseId)}?service=${encodeURIComponent(serviceId)}`
}
