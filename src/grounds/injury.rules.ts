import { judge, type LawPack, packField, roleOf, type RulesInForce, type Verdict } from '#releases'

import type { GroundRefusal } from './ground.ts'
import type { Injury } from './injury.ts'
import type { Done } from './told.ts'

/** Where it stands; that follows from what was done. */
export function injuryState(injury: Pick<Injury, 'made' | 'notMade'>): 'written' | 'made' | 'not-made' {
  if (injury.made !== null) return 'made'
  return injury.notMade === null ? 'written' : 'not-made'
}

const done = ['adult-injury', 'minimum-only', 'person-told-or-reason', 'safety-plan-first', 'state-allows']

/** What the table says to the four facts, and to anything of the file beside them. The state's word is the pack's alone. */
export function injuryVerdict(
  rules: RulesInForce,
  sector: string,
  facts: readonly string[] = done,
  record: 'R6' | 'R5' = 'R6',
): Verdict {
  return judge(rules, { from: roleOf(sector), to: 'POL', record, basis: 'MAND', facts })
}

/** Whether this agency may make such a report at all: only where the pack says so. Not set, or no pack, is never. */
export function injuryOffered(rules: RulesInForce, sector: string): boolean {
  return injuryVerdict(rules, sector).outcome === 'allow'
}

/** The answer of the law of the place, and its row. */
export function injuryLaw(law: LawPack | null) {
  return packField(law, 'injury-report')
}

/** It was made, once, and what was written is what went. */
export function injuryMade(injury: Injury, how: NonNullable<Injury['made']>): Injury | GroundRefusal {
  return injuryState(injury) === 'written' ? { ...injury, made: how } : { refused: 'rule', rule: 'injury-3' }
}

/** None is made, with the reason. */
export function injuryNotMade(injury: Injury, why: string, by: Done): Injury | GroundRefusal {
  return injuryState(injury) === 'written'
    ? { ...injury, notMade: { why, ...by } }
    : { refused: 'rule', rule: 'injury-3' }
}
