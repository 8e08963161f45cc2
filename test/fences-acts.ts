import { randomUUIDv7 } from 'node:crypto'

import type pg from 'pg'

import { attempt, type FenceCheck, type Fences } from './fences-checks.ts'

/**
 * What the definer functions promise, tried one by one. `owner` must be a superuser inside a transaction that is rolled back:
 * each check sets its scene, acts as the web login, and looks behind the fences in the same breath.
 */
export const actChecks = {
  'only a live session of a member begins': async (at) => {
    const { b, a } = at.filled
    const dead: readonly (readonly [string, string])[] = [
      [
        'idle',
        `update access.session set seen_at = clock_timestamp() - interval '16 minutes' where id_hash = $1`,
      ],
      [
        'too old',
        `update access.session set started_at = clock_timestamp() - interval '13 hours' where id_hash = $1`,
      ],
      ['without its code', `update access.session set stage = 'code' where id_hash = $1`],
      [
        'of a former member',
        `update access.membership m set valid = tstzrange(lower(m.valid), clock_timestamp()) from access.session s where s.id_hash = $1 and m.account_id = s.account_id`,
      ],
    ]
    const problems: string[] = []
    for (const [name, scene] of dead) {
      const begun = await staged(at, [scene, [b.row]], (client) => rowsOf(client, BEGIN, [b.row, null]))
      if (begun !== 0) problems.push(`a session ${name} begins`)
    }
    const elsewhere = await at.as(null, (client) => rowsOf(client, BEGIN, [b.row, a.partyId]))
    return elsewhere === 0 ? problems : [...problems, 'a session begins for another party']
  },

  'a link ends with its time and its tries': async (at) => {
    const { guest } = at.filled
    const problems: string[] = []
    for (const scene of ['ends_at = clock_timestamp()', 'tries = 5']) {
      const begun = await staged(
        at,
        [`update access.bearer set ${scene} where id_hash = $1`, [guest.row]],
        (client) => rowsOf(client, 'select * from access.begin_bearer($1, $2)', [guest.row, 'test']),
      )
      if (begun !== 0) problems.push(`a link with ${scene} opens`)
    }
    const seen = await staged(
      at,
      [
        'update keyring.case_wrap w set ends_at = now() from access.bearer b where b.id_hash = $1 and w.holder = b.id',
        [guest.row],
      ],
      async (client) => {
        await client.query('select * from access.begin_bearer($1, $2)', [guest.row, 'test'])
        return rowsOf(client, 'select id from people.card', [])
      },
    )
    if (seen !== 0) problems.push('a guest’s wrap outlives its end')
    const left = await at.as(null, async (client) => {
      for (let round = 0; round < 5; round += 1)
        await client.query('select access.bearer_failed($1)', [guest.row])
      await client.query('reset role')
      return rowsOf(
        client,
        'select from keyring.case_wrap w join access.bearer b on b.id = w.holder where b.id_hash = $1',
        [guest.row],
      )
    })
    return left === 0 ? problems : [...problems, 'five wrong codes leave the wrap']
  },

  'withdrawing destroys the recipient’s wrap': async ({ filled, owner, as }) => {
    const { rows } = await owner.query<{ id: string; to_party: string }>(
      `select id, to_party from envelopes.outgoing where party_id = $1 and state = 'sent' limit 1`,
      [filled.a.partyId],
    )
    const { id, to_party: to } = only(rows)
    return as(filled.a.row, async (client) => {
      await client.query('select envelopes.withdraw(null, $1)', [id])
      await client.query('reset role')
      const wraps = await rowsOf(
        client,
        'select from keyring.envelope_wrap where envelope_id = $1 and party_id = $2',
        [id, to],
      )
      const live = await rowsOf(client, `select from envelopes.incoming where id = $1 and state <> 'ended'`, [
        id,
      ])
      return [...(wraps === 0 ? [] : ['the wrap is there']), ...(live === 0 ? [] : ['the copy is not ended'])]
    })
  },

  'nothing comes back beyond what the release allows': async ({ filled, owner, as }) => {
    const { a, b } = filled
    const { rows } = await owner.query<{ id: string; account: string }>(
      `select t.id, s.account_id as account from referrals.thread t, access.session s
       where t.party_id = $1 and t.side = 'to' and t.other_party = $2 and s.id_hash = $3 limit 1`,
      [b.partyId, a.partyId, b.row],
    )
    const { id: thread, account } = only(rows)
    const envelope = randomUUIDv7()
    await owner.query('savepoint scene')
    await owner.query(`update referrals.thread set comes_back = 'nothing' where party_id = $1 and id = $2`, [
      b.partyId,
      thread,
    ])
    await owner.query(
      `insert into envelopes.outgoing (party_id, id, thread_id, to_party, kind, sender_id, size, header, ciphertext, signature)
       values ($1, $2, $3, $4, 'decision', $5, 0, '', '', '')`,
      [b.partyId, envelope, thread, a.partyId, account],
    )
    const problems = await as(b.row, async (client) => {
      const said = await client.query<{ said: string }>(
        `select envelopes.deliver($1, '', 1, 'accepted', null, null, null, 'nothing', '', '', null, null) as said`,
        [envelope],
      )
      await client.query('reset role')
      const arrived = await rowsOf(client, 'select from envelopes.incoming where id = $1', [envelope])
      return [
        ...(said.rows[0]?.said === 'kept' ? [] : ['it is delivered']),
        ...(arrived === 0 ? [] : ['it arrived']),
      ]
    })
    await owner.query('rollback to savepoint scene')
    return problems
  },

  'an opening needs a live envelope that is not held from the asker': async (at) => {
    const { b } = at.filled
    const { rows } = await at.owner.query<{ id: string; account: string }>(
      `select i.id, s.account_id as account from envelopes.incoming i, access.session s where i.party_id = $1 and i.state = 'waiting' and s.id_hash = $2 limit 1`,
      [b.partyId, b.row],
    )
    const { id, account } = only(rows)
    const open = (client: pg.Client) => rowsOf(client, 'select * from envelopes.wrap_for_opening($1)', [id])
    const problems = (await at.as(b.row, open)) === 1 ? [] : ['a live envelope does not open']
    for (const scene of [
      `state = 'ended'`,
      'ends_at = clock_timestamp()',
      `held_from = array['${account}'::uuid]`,
      `names = 'sealed', names_version = 1`,
    ]) {
      const opened = await staged(
        at,
        [`update envelopes.incoming set ${scene} where id = $1`, [id]],
        async (client) => {
          await client.query(BEGIN, [b.row, null])
          return open(client)
        },
      )
      if (opened !== 0) problems.push(`an envelope with ${scene} opens`)
    }
    const beside = await at.as(b.row, (client) =>
      attempt(client, 'select wrap from keyring.envelope_wrap where envelope_id = $1', [id]),
    )
    return beside === 0 ? problems : [...problems, 'a recipient reads the wrap without opening']
  },

  'erasing leaves no wrap, no row and no detail': ({ filled, tables, as }) =>
    as(filled.a.row, async (client) => {
      const gone = [filled.closedCase]
      const sent = await client.query<{ id: string }>(
        'select id from envelopes.outgoing where case_id = $1',
        gone,
      )
      await client.query('select people.erase_case($1)', gone)
      await client.query('reset role')
      const problems: string[] = []
      const kept = ['ledger.entry', 'keyring.erased']
      for (const { name, columns } of tables)
        if (columns.some((column) => column.name === 'case_id') && !kept.includes(name))
          if ((await rowsOf(client, `select from ${name} where case_id = $1`, gone)) !== 0)
            problems.push(`a row of ${name} is left`)
      if ((await rowsOf(client, 'select from people."case" where id = $1', gone)) !== 0)
        problems.push('the case is left')
      if (
        (await rowsOf(client, 'select from ledger.entry where case_id = $1 and detail is not null', gone)) !==
        0
      )
        problems.push('a detail is left')
      const ids = sent.rows.map((row) => row.id)
      if (
        (await rowsOf(client, 'select from keyring.envelope_wrap where envelope_id = any ($1)', [ids])) !== 0
      )
        problems.push('a wrap of an envelope is left')
      if ((await rowsOf(client, 'select from keyring.erased where case_id = $1', gone)) !== 1)
        problems.push('there is no note for restores')
      return problems
    }),

  'a legal hold stops erasing': (at) =>
    staged(
      at,
      [
        'update people.legal_hold set lifted_at = null, lifted_by = null where case_id = $1',
        [at.filled.closedCase],
      ],
      async (client) => {
        await client.query(BEGIN, [at.filled.a.row, null])
        await client.query('select people.erase_case($1)', [at.filled.closedCase])
        const left = await rowsOf(client, 'select from people."case" where id = $1', [at.filled.closedCase])
        return left === 1 ? [] : ['a case on hold is gone']
      },
    ),

  'removal takes seals, sessions and case wraps at once': async ({ filled, owner, as }) => {
    const account = await accountOf(owner, filled.excluded.row)
    return as(filled.a.row, async (client) => {
      await client.query('select parties.remove_member($1)', [account])
      await client.query('reset role')
      const left = [
        'keyring.party_wrap where account_id',
        'keyring.case_wrap where holder',
        'access.session where account_id',
      ]
      const problems: string[] = []
      for (const what of left)
        if ((await rowsOf(client, `select from ${what} = $1`, [account])) !== 0)
          problems.push(`${what} is left`)
      return problems
    })
  },

  'only an administrator changes roles, removes and admits': async (at) => {
    const { filled, owner } = at
    const [worker, admin] = [
      await accountOf(owner, filled.excluded.row),
      await accountOf(owner, filled.a.row),
    ]
    const stranger = await accountOf(owner, filled.b.row)
    const scene = `update parties.invitation set state = 'ready', account_id = $1 where state = 'sent'`
    return staged(at, [scene, [stranger]], async (client) => {
      await client.query(BEGIN, [filled.excluded.row, null])
      const { rows } = await client.query<Record<string, boolean | null>>(
        `select parties.change_roles($1, '{agency-administrator}') as roles, parties.remove_member($2) as removal,
           parties.admit((select id from parties.invitation where state = 'ready' limit 1)) is not null as admission`,
        [worker, admin],
      )
      return Object.entries(rows[0] ?? {}).flatMap(([what, done]) => (done === true ? [what] : []))
    })
  },

  'the glass of a case breaks only for whom it may': async (at) => {
    const { b, a, closedCase } = at.filled
    const account = await accountOf(at.owner, b.row)
    const { rows } = await at.owner.query<{ id: string }>(
      `select id from people."case" where party_id = $1 and sort = 'open' limit 1`,
      [b.partyId],
    )
    const { id } = only(rows)
    const breaks = (client: pg.Client, of: string) =>
      rowsOf(client, 'select where grounds.may_break_glass($1)', [of])
    // The filled world keeps everybody from their own case; most scenes take that away first.
    const free = 'with free as (delete from people.exclusion where party_id = $1 and account_id = $3)'
    const kept = {
      missing: `${free} select $2::uuid`,
      ended: `${free}, asked as (insert into diary.closing (party_id, case_id, asked_by, state, body) values ($1, $2, $3, 'ended', '') returning 1) update people."case" set state = 'ended' from asked where id = $2`,
      closed: `${free} update people."case" set sort = 'closed' where id = $2`,
      'without the party’s wrap': `${free} delete from keyring.case_wrap where case_id = $2 and holder = $1`,
      'kept from the asker': 'select $1::uuid, $2::uuid, $3::uuid',
      'stepped aside from': `${free} update referrals.thread set case_id = $2, held_from = array[$3::uuid] where party_id = $1`,
    }
    const brokeIn = (scene: string, of: string) =>
      staged(at, [scene, [b.partyId, id, account]], async (client) => {
        await client.query(BEGIN, [b.row, null])
        return breaks(client, of)
      })
    const problems = (await brokeIn(kept.missing, id)) === 1 ? [] : ['an open case stays shut']
    for (const [name, scene] of Object.entries(kept)) {
      const broke = await brokeIn(scene, name === 'missing' ? randomUUIDv7() : id)
      if (broke !== 0) problems.push(`a case ${name} opens`)
    }
    if ((await at.as(a.row, (client) => breaks(client, id))) !== 0) problems.push('another party opens it')
    if ((await at.as(a.row, (client) => breaks(client, closedCase))) !== 0)
      problems.push('a case closed for its team opens')
    return problems
  },

  'a code works once': async ({ filled, owner, as }) => {
    const pass = (client: pg.Client) =>
      client.query<{ passed: boolean }>('select access.pass_code($1, 9000000000) as passed', [filled.b.row])
    await owner.query('savepoint scene')
    const wait = () =>
      owner.query(`update access.session set stage = 'code' where id_hash = $1`, [filled.b.row])
    await wait()
    const passed = await as(null, async (client) => {
      const first = (await pass(client)).rows[0]?.passed
      await client.query('reset role')
      await wait()
      return [first, (await pass(client)).rows[0]?.passed]
    })
    await owner.query('rollback to savepoint scene')
    return passed[0] === true && passed[1] === false ? [] : [`first ${passed[0]}, again ${passed[1]}`]
  },

  'what is sealed into the ledger stays where it is': async ({ owner }) => {
    await owner.query('savepoint asker; set local role anydoor_sealer')
    const moved = await attempt(
      owner,
      'update ledger.entry set position = position + 1000000 where position is not null',
    )
    await owner.query('rollback to savepoint asker')
    return moved === 0 ? [] : [`${moved} lines moved`]
  },

  'news never takes a thread back': async ({ owner }) => {
    const { rows } = await owner.query<{ state: string }>(
      `select referrals.moved('accepted', 'received') || ' ' || referrals.moved('withdrawn', 'accepted') as state`,
    )
    return rows[0]?.state === 'accepted withdrawn' ? [] : [String(rows[0]?.state)]
  },

  'whoever steps aside sees the thread and its envelopes no more': async ({ filled, owner, as }) => {
    const { b } = filled
    const { rows } = await owner.query<{ id: string }>(
      `select id from referrals.thread where party_id = $1 and side = 'to' limit 1`,
      [b.partyId],
    )
    const { id } = only(rows)
    return as(b.row, async (client) => {
      await client.query('select referrals.step_aside($1)', [id])
      const thread = await rowsOf(client, 'select id from referrals.thread where id = $1', [id])
      const incoming = await rowsOf(client, 'select id from envelopes.incoming where thread_id = $1', [id])
      return [...(thread === 0 ? [] : ['the thread']), ...(incoming === 0 ? [] : ['an envelope'])]
    })
  },
} as const satisfies Readonly<Record<string, FenceCheck>>

const BEGIN = `select * from access.begin($1, $2, 'test')`

/** Sets a scene behind the fences, acts as the web login before anybody has begun, and takes the scene back. */
async function staged<T>(
  { owner, as }: Fences,
  [scene, values]: readonly [string, unknown[]],
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  await owner.query('savepoint scene')
  try {
    await owner.query(scene, values)
    return await as(null, work)
  } finally {
    await owner.query('rollback to savepoint scene')
  }
}

async function rowsOf(client: pg.Client, text: string, values: readonly unknown[]): Promise<number> {
  return (await client.query(text, [...values])).rowCount ?? 0
}

async function accountOf(owner: pg.Client, row: Uint8Array): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    'select account_id as id from access.session where id_hash = $1',
    [row],
  )
  return only(rows).id
}

function only<T>(rows: readonly T[]): T {
  const [row] = rows
  if (row === undefined) throw new Error('The filled world has no such row.')
  return row
}
