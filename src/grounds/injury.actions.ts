import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { rulesFor } from '#releases'

import { beginGround, groundDesk, heldGround, keepStep, stepGround } from './ground.actions.ts'
import type { GroundAt, GroundRefusal } from './ground.ts'
import type { Injury, injuryWays } from './injury.ts'
import { injuryLaw, injuryMade, injuryNotMade, injuryOffered, injuryVerdict } from './injury.rules.ts'
import type { Saying, Told } from './told.ts'

/** Writes the four facts down, after the person was told and safety was planned. Nothing goes. */
export async function writeInjury(
  db: Tx,
  actor: Actor,
  caseId: string,
  given: { readonly facts: Injury['facts']; readonly told: Saying<Told> },
): Promise<{ readonly id: string } | GroundRefusal> {
  const rules = rulesFor(actor)
  const desk = await groundDesk(db, actor, caseId)
  if (desk === null || !injuryOffered(rules, actor.sector)) return { refused: 'missing' }
  return beginGround(db, actor, desk.key, {
    kind: 'injury',
    rulesVersion: rules.version,
    law: actor.law,
    row: injuryLaw(rules.law).row,
    facts: given.facts,
    told: { ...given.told, ...desk.done },
    planned: desk.done,
    written: desk.done,
    made: null,
    notMade: null,
  })
}

/** It was made, in their own way; asked of the rules once more, as the law may have changed since it was written. */
export async function makeInjury(
  db: Tx,
  actor: Actor,
  at: GroundAt,
  how: { readonly to: string; readonly way: (typeof injuryWays)[number]; readonly reference: string },
): Promise<GroundRefusal | null> {
  const held = await heldGround(db, actor, at)
  if ('refused' in held) return held
  const { ground, desk } = held
  if (ground.body.kind !== 'injury') return { refused: 'missing' }
  const verdict = injuryVerdict(rulesFor(actor), actor.sector)
  const rules = [...verdict.rules]
  if (verdict.outcome !== 'allow') return { refused: 'rule', rule: 'injury-1' }
  const body = injuryMade(ground.body, { ...how, rules, ...desk.done })
  if ('refused' in body) return body
  await keepStep(db, actor, held, { body, what: 'injury-made' })
  const detail = { ground: ground.id, what: 'injury', rules }
  await record(db, actor, { kind: 'ground.shared', of: desk.key, detail })
  return null
}

/** None is made. */
export async function dropInjury(
  db: Tx,
  actor: Actor,
  at: GroundAt,
  why: string,
): Promise<GroundRefusal | null> {
  const after = await stepGround(db, actor, at, ({ body }, { done }) => {
    if (body.kind !== 'injury') return { refused: 'missing' }
    const next = injuryNotMade(body, why, done)
    return 'refused' in next ? next : { body: next, what: 'injury-none' }
  })
  return 'refused' in after ? after : null
}
