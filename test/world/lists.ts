import { sql } from 'kysely'

import { startCase } from '#people'

import { type Person, type TestWorld, testWorld } from './agencies.ts'

/** An agency of five and twelve cases that differ in who may see them, to compare what lists show with what the fence shows. */
export interface ListsWorld {
  readonly world: TestWorld
  readonly founder: Person
  readonly staff: readonly Person[]
  /** Somebody of another agency. */
  readonly partner: Person
  /** One after the other: open to the agency; closed for the first two of the staff; closed for the third; nobody's to see. */
  readonly cases: readonly string[]
  /** The account of one of the staff. */
  readonly account: (at: number) => string
}

/** Makes it. */
export async function listsWorld(): Promise<ListsWorld> {
  const world = await testWorld()
  const founder = await world.found('Harbour Advocacy', 'domestic-abuse')
  const partner = await world.found('Hill Clinic', 'mental-health')
  const staff = [founder]
  for (const name of ['Ash Reed', 'Bea Fell', 'Cleo Moss', 'Dora Marsh'])
    staff.push(await world.join(founder, name, ['worker']))
  const account = (at: number) => staff[at]?.accountId ?? ''
  const cases: string[] = []
  for (let i = 0; i < 12; i += 1) cases.push((await founder.act((db, actor) => startCase(db, actor))).caseId)
  for (const [at, id] of cases.entries()) {
    const readers = [null, [0, 1], [2], []][at % 4]
    if (readers === null || readers === undefined) continue
    for (const reader of readers)
      await sql`insert into keyring.case_wrap select party_id, case_id, ${account(reader)}::uuid, key_version, party_version, wrap
        from keyring.case_wrap where case_id = ${id}::uuid and holder = party_id`.execute(world.owner)
    await sql`delete from keyring.case_wrap where case_id = ${id}::uuid and holder = party_id`.execute(
      world.owner,
    )
  }
  return { world, founder, staff, partner, cases, account }
}
