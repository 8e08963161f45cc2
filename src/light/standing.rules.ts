import type { BackLevel } from '#envelopes'
import { hears, type Thread } from '#referrals'

import type { Link, LinkState } from './link.ts'

const hour = 3_600_000

/** How a link may be shown to whoever sent it: no more than the permission lets come back. */
export interface Standing {
  /** `untold` and `untold-over` where nothing may come back: whether it was used is not in it. */
  readonly state: LinkState | 'untold' | 'untold-over'
  readonly endsAt: Date
  readonly openedAt: Date | null
  /** Null: not to be told. */
  readonly tries: number | null
  /** It can still be taken back. */
  readonly running: boolean
}

interface Around {
  readonly thread: Pick<Thread, 'kind' | 'comesBack' | 'state'>
  /** Something of the office's has come since it opened the link. */
  readonly heard: boolean
  /** The office has an account by now. */
  readonly joined: boolean
  readonly now: Date
}

/**
 * Where a link stands, as its sender may know it. An answer shows only by what came of it; that nothing was answered shows only where
 * every answer that could be given would have come.
 */
export function standingFor(link: Link, at: Around): Standing {
  const { thread, now } = at
  const tells = (level: BackLevel) => thread.kind === 'ask' || hears(thread.comesBack, level)
  const over = at.joined || ['ended', 'withdrawn'].includes(thread.state)
  const ended = over && !tells('outcome') && link.state !== 'spent'
  const openedAt = tells('received') ? link.openedAt : null
  const tries = tells('received') ? link.tries : null
  const shown = { endsAt: link.endsAt, openedAt, tries, running: false }
  if (ended || link.state === 'ended') return { ...shown, state: 'ended' }
  if (link.state === 'spent' || link.state === 'late' || link.state === 'sent') {
    if (link.state === 'spent' || tells('received'))
      return { ...shown, state: link.state, running: link.state === 'sent' }
  }
  if (openedAt === null) {
    const endsAt = new Date(link.madeAt.getTime() + 72 * hour)
    const running = now < endsAt
    return { ...shown, endsAt, state: running ? 'untold' : 'untold-over', running }
  }
  const undecided = ['sent', 'received', 'question'].includes(thread.state)
  const all = tells('outcome') || (tells('decision-and-place') && undecided)
  if (link.state === 'answered' && (at.heard || all)) return { ...shown, state: 'answered' }
  if (link.state === 'left' && all) return { ...shown, state: 'left' }
  return { ...shown, state: 'opened', running: now.getTime() < openedAt.getTime() + hour }
}
