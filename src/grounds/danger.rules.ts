import { judge, type RulesInForce, roleOf, type Verdict } from '#releases'

import type { Danger } from './danger.ts'
import type { GroundRefusal, StoredGround } from './ground.ts'
import type { Done } from './told.ts'

/** Where it stands; by the database's clock it is over after 24 hours, whatever anybody does. */
export const dangerStates = ['asked', 'sent', 'over', 'reviewed', 'dropped'] as const
export type DangerState = (typeof dangerStates)[number]

/** Hours for which the other agency can read it: the day that rules us-66 and uk-50 leave. */
export const dangerHours = 24

/** The state follows from what was done and from the clock. */
export function dangerState(danger: Danger, endsAt: Date | null, now: Date): DangerState {
  if (danger.dropped !== null) return 'dropped'
  if (danger.sent === null) return 'asked'
  if (danger.review !== null) return 'reviewed'
  return endsAt === null || endsAt.getTime() <= now.getTime() ? 'over' : 'sent'
}

/** What the table says to each thing that would go, the strictest answer first. */
export function dangerVerdicts(
  rules: RulesInForce,
  from: string,
  danger: Pick<Danger, 'to' | 'items' | 'told'>,
  so: { readonly twoPeople: boolean; readonly excluded: boolean },
): readonly Verdict[] {
  const facts = [
    'imminent-danger',
    ...(so.twoPeople ? ['two-people'] : []),
    ...(so.excluded ? ['recipient-excluded'] : []),
    ...(danger.told === null ? [] : ['person-told-or-reason']),
  ]
  const asked = danger.items.map(({ record }) =>
    judge(rules, { from: roleOf(from), to: danger.to.role, record, basis: 'EMRG', facts }),
  )
  return asked.toSorted((a, b) => Number(a.outcome === 'allow') - Number(b.outcome === 'allow'))
}

/** Who confirms is somebody else than who asked, and confirms what lies before them: nothing changed since. */
export function mayConfirm(
  ground: Pick<StoredGround, 'madeBy'>,
  danger: Danger,
  by: { readonly accountId: string; readonly now: ReadonlyMap<string, string> },
): GroundRefusal | null {
  if (danger.sent !== null || danger.dropped !== null) return { refused: 'rule', rule: 'danger-3' }
  if (ground.madeBy === by.accountId) return { refused: 'rule', rule: 'danger-1' }
  const same = danger.items.every((item) => by.now.get(item.key) === item.text)
  return same ? null : { refused: 'rule', rule: 'danger-2' }
}

/** Not sent after all: either of the two can say so, until it went. */
export function dropped(danger: Danger, done: Done): Danger | GroundRefusal {
  if (danger.sent !== null || danger.dropped !== null) return { refused: 'rule', rule: 'danger-3' }
  return { ...danger, dropped: done }
}

/** Looked at afterwards, once, by somebody who leads and did not ask for it. Before its end that ends it. */
export function reviewed(
  ground: Pick<StoredGround, 'madeBy'>,
  danger: Danger,
  by: { readonly accountId: string; readonly leads: boolean },
  review: NonNullable<Danger['review']>,
): Danger | GroundRefusal {
  if (danger.sent === null || danger.review !== null) return { refused: 'rule', rule: 'danger-3' }
  if (!by.leads || by.accountId === ground.madeBy) return { refused: 'rule', rule: 'danger-4' }
  return { ...danger, review }
}
