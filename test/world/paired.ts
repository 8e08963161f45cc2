import { startCase } from '#people'

import type { Person } from './agencies.ts'
import type { SendingWorld } from './sending-world.ts'

/** Pairs a case of the advocate with one of somebody else's, as a privacy lead who works with neither; gives that lead. */
export async function pairedFiles({ world, served, advocate }: SendingWorld, one: string): Promise<Person> {
  const other = await world.join(advocate, 'Other Team', ['worker'])
  const { caseId } = await other.act((db, actor) => startCase(db, actor))
  const lead = await world.join(advocate, 'Pair Lead', ['privacy-lead'])
  const done = await served.post(`/cases/${one}/pair`, { with: caseId }, lead)
  if (done.status !== 303) throw new Error(`The two files were not paired: ${done.status}.`)
  return lead
}
