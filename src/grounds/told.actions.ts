import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { courtAfter } from './court.rules.ts'
import { stepGround } from './ground.actions.ts'
import type { GroundAt, GroundBody, GroundRefusal } from './ground.ts'
import type { Done, Saying, Told } from './told.ts'

/** Writes down that the person was told, or why not yet. */
export async function tellPerson(
  db: Tx,
  actor: Actor,
  at: GroundAt,
  said: Saying<Told>,
): Promise<GroundRefusal | null> {
  const done = await stepGround(db, actor, at, ({ body }, desk) => {
    const after = toldIn(body, { ...said, ...desk.done }, desk.done)
    return 'refused' in after ? after : { body: after, what: `told-${said.state}` }
  })
  return 'refused' in done ? done : null
}

function toldIn(body: GroundBody, told: Told, done: Done): GroundBody | GroundRefusal {
  if (body.kind === 'court') return courtAfter(body, { act: 'tell', told }, done)
  // Whoever was told need not be told again.
  return body.told?.state === 'told' ? { refused: 'rule', rule: 'told-1' } : { ...body, told }
}
