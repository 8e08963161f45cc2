import { setReceiver } from '../../src/events/receiver.actions.ts'
import type { Person, TestWorld } from './agencies.ts'

/** Gives an agency a system of its own that is told of changes, at an address where nobody is. */
export async function listens({ installation }: TestWorld, person: Person): Promise<void> {
  const own = { hosts: ['records.example.org'], reach: { loopback: false }, installation }
  const typed = { address: 'https://records.example.org/events', version: '' }
  const made = await person.act((db, actor) => setReceiver(db, actor, own, typed))
  if ('refused' in made) throw new Error(made.refused)
}
