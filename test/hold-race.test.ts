import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { eraseCase, placeHold } from '#people'

import { caseWith } from './world/sending.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'

const rounds = process.env['ANYDOOR_PROVE'] === undefined ? 6 : 200

let at: SendingWorld

beforeAll(async () => {
  at = await sendingWorld()
})
afterAll(() => at?.world.close())

test('a hold against erasing: the hold is in force and the case is whole, or the case is gone and the hold refused', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { caseId } = await caseWith(at.advocate)
    const hold = () =>
      at.advocate.act((db, actor) =>
        placeHold(db, actor, caseId, { ground: 'claim', reason: 'A letter came.' }),
      )
    const erase = () => at.advocate.act((db, actor) => eraseCase(db, actor, caseId))
    const turn = round % 2 === 0 ? [hold, erase] : [erase, hold]
    const done = await Promise.all(turn.map((act) => act()))
    const [held, erased] = (round % 2 === 0 ? done : done.toReversed()).map((each) =>
      'refused' in each ? each.refused : 'done',
    )
    expect(['done legal-hold', 'no-case done']).toContain(`${held} ${erased}`)
    const { rows } = await sql`select from keyring.case_wrap where case_id = ${caseId}`.execute(
      at.world.owner,
    )
    expect(rows.length > 0).toBe(held === 'done')
  }
})
