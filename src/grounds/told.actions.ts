import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { courtAfter } from './court.rules.ts'
import { stepGround } from './ground.actions.ts'
import type { GroundAt, GroundBody, GroundRefusal } from './ground.ts'
import type { Done, Told } from './told.ts'

/** What is answered to *was the person told?*, before it is known who answers and when. */
type Saying<T> = T extends unknown ? Omit<T, keyof Done> : never

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
  return courtAfter(body, { act: 'tell', told }, done)
}
