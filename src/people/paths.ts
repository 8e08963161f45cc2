/** Addresses of casework. They hold ids and nothing that tells. */
export const paths = {
  work: '/work',
  everyone: '/work/everyone',
  ended: '/work/ended',
  of: '/work/of/:account',
  search: '/work/find',
  known: '/work/people-i-know',
  pairs: '/work/paired-files',
  start: '/cases',
  call: '/work/call',
  letter: '/work/letter',
  repeats: '/work/asked-again',
  case: '/cases/:id',
  card: '/cases/:id/names/:card',
  sameName: '/cases/:id/same-name',
  contact: '/cases/:id/contact',
  contactNow: '/cases/:id/contact/now',
  needs: '/cases/:id/needs',
  situation: '/cases/:id/details',
  strengths: '/cases/:id/strengths',
  abuse: '/cases/:id/how-things-are',
  effects: '/cases/:id/threads',
  pattern: '/cases/:id/over-time',
  patternEntry: '/cases/:id/over-time/:entry',
  coercion: '/cases/:id/alone',
  coercionAsk: '/cases/:id/alone/:part',
  progress: '/cases/:id/needs/now',
  wishes: '/cases/:id/wishes',
  careful: '/cases/:id/careful',
  chosen: '/cases/:id/chosen',
  chosenNotSafe: '/cases/:id/chosen/away',
  accessNeeds: '/cases/:id/access',
  urgency: '/cases/:id/urgency',
  told: '/cases/:id/told',
  notes: '/cases/:id/notes',
  worker: '/cases/:id/worker',
  team: '/cases/:id/team',
  conflict: '/cases/:id/not-me',
  end: '/cases/:id/end',
  /** How a case is handed to a colleague; the diary answers there. */
  handing: '/cases/:id/handing',
  /** How a case ends and is taken up again; the diary answers there. */
  closing: '/cases/:id/closing',
  pair: '/cases/:id/pair',
  erase: '/cases/:id/erase',
  legalHold: '/cases/:id/legal-hold',
  liftHold: '/cases/:id/legal-hold/lift',
  erasures: '/erasures',
  erasure: '/erasures/:erasure',
  print: '/cases/:id/print',
  menu: '/cases/:id/menu',
  /** Where it is said that nobody takes the person; the referrals room answers there. */
  nowhere: '/cases/:id/nowhere',
} as const

type CasePath = Exclude<
  keyof typeof paths,
  | 'work'
  | 'everyone'
  | 'ended'
  | 'of'
  | 'search'
  | 'known'
  | 'pairs'
  | 'start'
  | 'call'
  | 'letter'
  | 'repeats'
  | 'card'
  | 'patternEntry'
  | 'coercionAsk'
  | 'erasures'
  | 'erasure'
>

/** The address of one page of one case. */
export function casePath(page: CasePath, caseId: string): string {
  return paths[page].replace(':id', caseId)
}

/** The address of one person's name card; `new` asks for another person. */
export function cardPath(caseId: string, card: string): string {
  return paths.card.replace(':id', caseId).replace(':card', card)
}

/** The address of one entry of the pattern of behaviour; `new` asks for another. */
export function patternPath(caseId: string, entry: string): string {
  return paths.patternEntry.replace(':id', caseId).replace(':entry', entry)
}

/** The address of the questions about coercion, part by part. */
export function coercionPath(caseId: string, part: string): string {
  return paths.coercionAsk.replace(':id', caseId).replace(':part', part)
}

/** The address of the sheet that says what an erasure destroyed. */
export function erasurePath(id: string): string {
  return paths.erasure.replace(':erasure', id)
}

/** Where a referral to a service, or a question to it, is begun; the referrals room answers there. */
export function referPath(caseId: string, serviceId: string, ask: boolean): string {
  return `/cases/${caseId}/referrals/new?service=${serviceId}${ask ? '&ask=1' : ''}`
}

/** The list of one worker's cases. */
export function ofPath(accountId: string): string {
  return paths.of.replace(':account', accountId)
}
