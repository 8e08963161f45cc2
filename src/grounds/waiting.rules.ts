import { dangerState } from './danger.rules.ts'
import { glassState } from './glass.rules.ts'
import type { StoredGround } from './ground.ts'

/** What a ground waits for from whoever looks. */
export type Waits = 'confirm' | 'review' | 'look-back' | 'tell'

/** Who looks, and when: their day is the day in their own zone. */
export interface Looker {
  readonly accountId: string
  readonly leads: boolean
  readonly now: Date
  readonly today: string
}

/** What this ground waits for from this worker; null where from them it waits for nothing. */
export function waitsFor(ground: StoredGround, by: Looker): Waits | null {
  const { body } = ground
  const others = ground.madeBy !== by.accountId
  if (body.kind === 'danger') {
    const state = dangerState(body, ground.endsAt, by.now)
    if (state === 'asked' && others) return 'confirm'
    if (state === 'over' && others && by.leads) return 'review'
  }
  if (body.kind === 'glass' && glassState(body, ground.endsAt, by.now) !== 'reviewed' && others && by.leads)
    return 'look-back'
  return body.told?.state === 'not-yet' && body.told.again <= by.today ? 'tell' : null
}
