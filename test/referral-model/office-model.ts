import { after } from './model.ts'
import { type End, isFirst, type Move, noted, type Pair, type Told } from './pair.ts'

/** Where a link stands: sent, opened, or over, each for its own reason. */
export type LinkStands = 'sent' | 'opened' | 'answered' | 'left' | 'late' | 'spent' | 'ended'

export interface LinkSeen {
  readonly stands: LinkStands
  readonly tries: number
  /** Whoever holds it has asked for a new one. */
  readonly asked: boolean
  /** Its time is over, whether or not the job has come by. */
  readonly over: boolean
}

/** A thread to an office without an account: both halves, and the links to the second one. */
export interface Office {
  readonly pair: Pair
  readonly links: readonly LinkSeen[]
  /** Which link the browser at the office went through last. */
  readonly through: number | null
  readonly member: boolean
}

/** What somebody does with the links, or on the thread; `back`: how many links before the newest. */
export type OfficeMove =
  | { readonly act: 'link' | 'end-link' | 'leave' | 'time' | 'sweep' | 'join' }
  | { readonly act: 'ask-again'; readonly back: number }
  | { readonly act: 'code'; readonly back: number; readonly right: boolean }
  | { readonly act: 'say'; readonly end: End; readonly worker: number; readonly move: Move }

export interface OfficeOutcome {
  readonly office: Office
  readonly told: Told
}

const isOpen = ({ stands }: LinkSeen): boolean => stands === 'sent' || stands === 'opened'
const own: Told = { reached: 'own' }
const no = (office: Office, rule: string): OfficeOutcome => ({ office, told: { refused: rule } })

export function officeBegun(pair: Pair): Office {
  return { pair, links: [], through: null, member: false }
}

/** What happens when somebody makes a move, having read their half of the thread at a version. */
export function officeAfter(office: Office, version: number, move: OfficeMove): OfficeOutcome {
  switch (move.act) {
    case 'link':
      return linked(office)
    case 'end-link':
      return linkEnded(office)
    case 'code':
      return typed(office, office.links.length - 1 - move.back, move.right)
    case 'ask-again':
      return {
        office: changed(office, move.back === 0 ? office.links.length - 1 : -1, { asked: true }),
        told: own,
      }
    case 'leave':
      return inside(office)
        ? { office: changed(office, office.through, { stands: 'left' }), told: own }
        : no(office, 'over')
    case 'time':
      return { office: { ...office, links: office.links.map(timedOut) }, told: own }
    case 'sweep':
      return { office: { ...office, links: office.links.map(swept) }, told: own }
    case 'join':
      return { office: { ...office, links: shut(office.links, 'ended'), member: true }, told: own }
    case 'say':
      return said(office, version, move)
  }
}

function changed(office: Office, at: number | null, to: Partial<LinkSeen>): Office {
  return { ...office, links: office.links.map((link, nth) => (nth === at ? { ...link, ...to } : link)) }
}

const timedOut = (link: LinkSeen): LinkSeen => (isOpen(link) ? { ...link, over: true } : link)
const swept = (link: LinkSeen): LinkSeen =>
  isOpen(link) && link.over ? { ...link, stands: link.stands === 'opened' ? 'left' : 'late' } : link
const shut = (links: readonly LinkSeen[], stands: LinkStands): readonly LinkSeen[] =>
  links.map((link) => (isOpen(link) ? { ...link, stands } : link))

/** Where the permission does not let the whole outcome come back, how a link came to its end is forgotten with the next one. */
function allEnded({ pair, links }: Office): readonly LinkSeen[] {
  const forgets = pair.sort === 'referral' && pair.level !== 'outcome'
  return shut(links, 'ended').map((link) =>
    forgets && ['answered', 'left', 'late'].includes(link.stands) ? { ...link, stands: 'ended' } : link,
  )
}

function linked(office: Office): OfficeOutcome {
  const { pair } = office
  if (office.member) return no(office, 'has-account')
  if (!pair.letters.some((letter) => isFirst(letter) && !letter.over)) return no(office, 'no-longer-shared')
  if (pair.from.state === 'ended' || pair.from.state === 'withdrawn') return no(office, 'not-now')
  const fresh = { stands: 'sent', tries: 0, asked: false, over: false } as const
  const from = noted(pair.from, 'link.made')
  return {
    office: { ...office, pair: { ...pair, from }, links: [...allEnded(office), fresh] },
    told: own,
  }
}

function linkEnded(office: Office): OfficeOutcome {
  const links = allEnded(office)
  const some = links.some((link, at) => link.stands !== office.links[at]?.stands)
  const { pair } = office
  const from = some ? noted(pair.from, 'link.ended') : pair.from
  return { office: { ...office, links, pair: { ...pair, from } }, told: own }
}

/** A code: everything that is not the right one for the one open link is answered alike, and five wrong ones end it. */
function typed(office: Office, at: number, right: boolean): OfficeOutcome {
  const link = office.links[at]
  if (link === undefined || link.stands !== 'sent') return no(office, 'no-match')
  if (link.over) return no(changed(office, at, { stands: 'late' }), 'no-match')
  if (right)
    return { office: { ...changed(office, at, { stands: 'opened' }), through: at }, told: { reached: 'in' } }
  const tries = link.tries + 1
  return no(changed(office, at, { tries, ...(tries === 5 ? { stands: 'spent' } : {}) }), 'no-match')
}

/** Whether the browser at the office still has the letter before it. */
function inside({ links, through }: Office): boolean {
  const link = links[through ?? -1]
  return link !== undefined && link.stands === 'opened' && !link.over
}

/** The office acts as any partner does, once for each link; the thread's end at the sender's is the end of its links. */
function said(
  office: Office,
  version: number,
  { end, worker, move }: Extract<OfficeMove, { readonly act: 'say' }>,
): OfficeOutcome {
  const byLink = end === 'to' && !office.member
  if (byLink && !inside(office)) return no(office, 'over')
  // Nobody sits there before whom *please answer* would stand: an office is asked with a new link.
  if (end === 'from' && move.act === 'nudge' && !office.member) return no(office, 'not-now')
  const was = office.pair.from.state
  const { pair, told } = after(office.pair, end, worker, version, move)
  const now = pair.from.state
  const closes = now !== was && (now === 'ended' || now === 'withdrawn')
  const followed = { ...office, pair, links: closes ? allEnded(office) : office.links }
  const answered = byLink && move.act !== 'look' && !('refused' in told) && inside(followed)
  return { office: answered ? changed(followed, office.through, { stands: 'answered' }) : followed, told }
}
