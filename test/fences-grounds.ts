import { randomUUIDv7 } from 'node:crypto'

import type pg from 'pg'

import { attempt, type FenceCheck } from './fences-checks.ts'

/**
 * What the database itself keeps of grounds, holds, decisions, letters and erasing. `owner` must be a superuser inside a transaction
 * that is rolled back.
 */
export const groundChecks = {
  'the database keeps who began a ground and a decision, and that two are two': ({ filled, as }) =>
    as(filled.a.row, (client) =>
      refusals(client, filled.closedCase, [
        ['23514', 'update grounds.ground set confirmed_by = made_by where case_id = $1'],
        ['42501', 'update grounds.ground set made_by = made_by where case_id = $1'],
        ['42501', 'update grounds.ground set case_id = case_id where case_id = $1'],
        ['42501', 'delete from grounds.ground where case_id = $1'],
        ['42501', 'update releases.decision set made_by = made_by where case_id = $1'],
        ['42501', 'update releases.decision set case_id = case_id where case_id = $1'],
        ['42501', 'delete from releases.decision where case_id = $1'],
      ]),
    ),

  'a hold is one, says who lifted it, and is not deleted': async ({ filled, owner, as }) => {
    const hold = `insert into people.legal_hold (party_id, case_id, placed_by, body)
      select party_id, case_id, placed_by, body from people.legal_hold where case_id = $1 limit 1`
    await owner.query('savepoint scene')
    await owner.query('update people.legal_hold set lifted_at = null, lifted_by = null where case_id = $1', [
      filled.closedCase,
    ])
    const problems = await as(filled.a.row, (client) =>
      refusals(client, filled.closedCase, [
        ['23505', hold],
        ['23514', 'update people.legal_hold set lifted_at = clock_timestamp() where case_id = $1'],
        ['42501', 'delete from people.legal_hold where case_id = $1'],
      ]),
    )
    await owner.query('rollback to savepoint scene')
    return problems
  },

  'what was asked, decided and destroyed is not deleted, and a proof not changed': ({ filled, as }) =>
    as(filled.a.row, (client) =>
      refusals(client, filled.a.partyId, [
        ['42501', 'delete from asks.ask where party_id = $1'],
        ['42501', 'delete from asks.retention where party_id = $1'],
        ['42501', 'delete from asks.letter where party_id = $1'],
        ['42501', 'delete from people.erasure_proof where party_id = $1'],
        ['42501', 'update people.erasure_proof set body = body where party_id = $1'],
      ]),
    ),

  'a try at the glass is seen by whoever tried alone': async ({ filled, owner, as }) => {
    const { rows } = await owner.query<{ n: string }>(
      'select count(*) as n from grounds.glass_try where party_id = $1',
      [filled.a.partyId],
    )
    if (Number(rows[0]?.n) === 0) return ['there is no try to hide']
    const seen = await as(filled.excluded.row, (client) =>
      attempt(client, 'select id from grounds.glass_try'),
    )
    return seen === 0 ? [] : [`a colleague sees ${seen}`]
  },

  'a letter goes with its note for restores, for a member of its own agency alone': async (at) => {
    const { filled, owner } = at
    const { rows } = await owner.query<{ id: string }>(
      'select id from asks.letter where party_id = $1 limit 1',
      [filled.a.partyId],
    )
    const id = rows[0]?.id ?? randomUUIDv7()
    const erase = async (client: pg.Client) => {
      await attempt(client, 'select asks.erase_letters($1)', [[id]])
      await client.query('reset role')
      const left = await client.query('select from asks.letter where id = $1', [id])
      const noted = await client.query('select from keyring.erased where case_id = $1', [id])
      return `${left.rowCount} left, ${noted.rowCount} noted`
    }
    const went = {
      'for its own agency': [await at.as(filled.a.row, erase), '0 left, 1 noted'],
      'for another agency': [await at.as(filled.b.row, erase), '1 left, 0 noted'],
      'for a guest': [await at.asBearer(filled.guest.row, erase), '1 left, 0 noted'],
      'for a guest who carries the agency': [
        await at.asBearer(filled.guest.row, async (client) => {
          await carrying(client, filled.a.partyId)
          return erase(client)
        }),
        '1 left, 0 noted',
      ],
      'for nobody': [await at.as(null, erase), '1 left, 0 noted'],
    }
    return differences(went)
  },

  'a restored letter that was erased goes again, and no other': async ({ filled, owner }) => {
    await owner.query('savepoint scene')
    await owner.query(
      'insert into keyring.erased (party_id, case_id) select party_id, id from asks.letter where party_id = $1',
      [filled.a.partyId],
    )
    await owner.query('select * from access.replay_after_restore()')
    const { rows } = await owner.query<{ own: string; others: string }>(
      `select count(*) filter (where party_id = $1) as own, count(*) filter (where party_id <> $1) as others from asks.letter`,
      [filled.a.partyId],
    )
    await owner.query('rollback to savepoint scene')
    const [left] = rows
    return [
      ...(left?.own === '0' ? [] : ['an erased letter came back']),
      ...(Number(left?.others) > 0 ? [] : ['another letter went']),
    ]
  },

  'a guest erases nothing and breaks no glass, whatever party they carry': ({ filled, asBearer }) =>
    asBearer(filled.guest.row, async (client) => {
      const { caseId } = filled.guest
      await carrying(client, filled.a.partyId)
      await client.query('reset role')
      // As if the case were one that a member could open and erase.
      for (const scene of [
        'update people.legal_hold set lifted_at = now(), lifted_by = placed_by where case_id = $1 and lifted_at is null',
        `update people."case" set sort = 'open', state = 'active' where id = $1`,
        `insert into keyring.case_wrap (party_id, case_id, holder, key_version, party_version, wrap)
           select party_id, case_id, party_id, key_version, party_version, wrap from keyring.case_wrap where case_id = $1 limit 1
           on conflict do nothing`,
      ])
        await client.query(scene, [caseId])
      await client.query('set local role anydoor_web')
      const broke = await client.query('select where grounds.may_break_glass($1)', [caseId])
      await attempt(client, 'select people.erase_case($1)', [caseId])
      await client.query('reset role')
      const left = await client.query('select from people."case" where id = $1', [caseId])
      return [
        ...(broke.rowCount === 0 ? [] : ['the glass breaks']),
        ...(left.rowCount === 1 ? [] : ['the case is erased']),
      ]
    }),

  'erasing ends what others hold': async ({ filled, owner, as }) => {
    const { rows } = await owner.query<{ id: string; case_id: string }>(
      `select o.id, o.case_id from envelopes.outgoing o join envelopes.incoming i on i.party_id = o.to_party and i.id = o.id
       where o.party_id = $1 and o.case_id is not null limit 1`,
      [filled.a.partyId],
    )
    const [sent] = rows
    if (sent === undefined) return ['nothing was sent']
    return as(filled.a.row, async (client) => {
      await client.query('reset role')
      await client.query(
        'update people.legal_hold set lifted_at = now(), lifted_by = placed_by where case_id = $1 and lifted_at is null',
        [sent.case_id],
      )
      await client.query(`update envelopes.incoming set state = 'waiting', ends_at = null where id = $1`, [
        sent.id,
      ])
      await client.query('set local role anydoor_web')
      await client.query('select people.erase_case($1)', [sent.case_id])
      await client.query('reset role')
      const live = await client.query(
        `select from envelopes.incoming where id = $1 and (state <> 'ended' or ends_at is null)`,
        [sent.id],
      )
      return live.rowCount === 0 ? [] : ['the copy is not ended']
    })
  },
} as const satisfies Readonly<Record<string, FenceCheck>>

/** A guest has no party; each function refuses them all the same, should a link ever carry one. */
async function carrying(client: pg.Client, partyId: string): Promise<void> {
  await client.query(`select set_config('anydoor.party', $1, true)`, [partyId])
}

/** Statements that the database refuses, each for its own reason; there has to be a row for it to refuse. */
async function refusals(
  client: pg.Client,
  id: string,
  statements: readonly (readonly [code: string, text: string])[],
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const [code, text] of statements) {
    const said = await attempt(client, text, [id])
    if (said !== code) problems.push(`${text}: ${said}`)
  }
  return problems
}

function differences(went: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(went).flatMap(([who, [is, should]]) => (is === should ? [] : [`${who}: ${is}`]))
}
