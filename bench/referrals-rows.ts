import { randomUUIDv7 } from 'node:crypto'

/** Which end of a referral. */
export type Side = 'from' | 'to'

const closed = ['met', 'ended', 'ended', 'declined', 'met', 'withdrawn'] as const
const open = ['received', 'received', 'question', 'waiting', 'accepted', 'started'] as const
const firstNames = ['Ash', 'Birch', 'Cedar', 'Dogwood', 'Elder', 'Fir', 'Gorse', 'Hazel', 'Ivy', 'Juniper']
const lastNames = ['Brook', 'Cove', 'Dale', 'Ford', 'Glen', 'Hill', 'Isle', 'Lake', 'Marsh', 'Ness', 'Pool']

/** The n-th thread of the measured agency: six in ten are over; of what arrived new, a third lies with nobody yet. */
export function nextThread(
  i: number,
  side: Side,
  about: { readonly partners: readonly string[]; readonly workers: readonly string[] },
) {
  const pair = Math.floor(i / 2)
  const over = pair % 10 < 6
  const state = (over ? closed : open)[Math.floor(pair / 10) % 6] ?? 'received'
  const now = Date.now()
  const hours = (count: number) => new Date(now + count * 3_600_000)
  const nobodys = side === 'to' && state === 'received' && Math.floor(pair / 60) % 3 === 0
  const undecided = state === 'received' || state === 'question'
  return {
    id: randomUUIDv7(),
    side,
    other_party: about.partners[(pair * 7 + i) % about.partners.length] ?? '',
    kind: 'referral' as const,
    state,
    comes_back: 'outcome' as const,
    started_at: hours(over ? -((pair * 13) % 9_000) - 24 : -((pair * 13) % 900) - 1),
    due_at: undecided ? hours(((pair * 31) % 336) - 72) : over ? hours(-((pair * 13) % 9_000)) : null,
    expected_at: state === 'waiting' || state === 'started' ? hours(((pair * 37) % 1_400) - 100) : null,
    assignee_id: nobodys ? null : (about.workers[pair % about.workers.length] ?? null),
    name: `${firstNames[pair % 10]} ${lastNames[Math.floor(pair / 10) % 11]} ${pair}`,
    /** Half of what came in and was said yes to has a case of its own here. */
    inCase: side === 'from' || (state !== 'received' && state !== 'question' && pair % 2 === 0),
  }
}
