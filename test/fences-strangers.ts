import { randomBytes } from 'node:crypto'

import type pg from 'pg'

import type { FenceCheck } from './fences-checks.ts'

/** Functions that do something for whoever calls them, and why they may. Everything else does nothing for a stranger. */
const doorways: Readonly<Record<string, string>> = {
  'access.start_session':
    'the program has checked the password; the row opens nothing without the secret that it seals',
  'access.sign_in_failed': 'counts a wrong try for a login, known or not',
  'parties.use_totp_step': 'the program has checked the code in a recovery; a step only moves forward',
  'access.is_demo': 'says whether everything here is invented',
  'events.ask':
    'notes that a system of the asker’s own agency asks for events; it takes no id and answers nothing',
  'events.test': 'puts an event about nobody for the asker’s own agency; it takes no id',
  'clients.make':
    'an administrator’s act in their own agency, under any id that is no account yet; it looks at no row of others',
}

interface Definer {
  readonly name: string
  readonly types: readonly string[]
}

/**
 * Calls every function that runs as the owner and that the web login may call, as nobody and as a member of another party, with
 * the first party's own ids: it must answer nothing and change nothing. `owner` is a superuser in a transaction.
 */
export const strangerChecks = {
  'functions that run as the owner do nothing for a stranger': async ({ filled, owner, as }) => {
    const { rows } = await owner.query<Definer>(
      `select n.nspname || '.' || p.proname as name, array(select format_type(t, null) from unnest(p.proargtypes) t) as types
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where p.prosecdef and p.prorettype <> 'trigger'::regtype and has_function_privilege('anydoor_web', p.oid, 'execute') order by 1`,
    )
    const definers = rows.filter((fn) => !(fn.name in doorways))
    const ids = await idsOf(owner, filled.a.partyId, filled.b.partyId)
    const problems = new Set<string>()
    const ask = async (
      who: string,
      row: Uint8Array | null,
      fn: Definer,
      id: string,
      telling: readonly string[],
    ) => {
      const seen = await as(row, (client) => called(client, fn, id, telling))
      if (seen !== null) problems.add(`${fn.name} ${seen} for ${who}`)
    }
    for (const fn of definers) {
      const takesId = fn.types.includes('uuid')
      for (const id of takesId ? ids : ids.slice(0, 1)) {
        await ask('nobody', null, fn, id, [])
        await ask('another party', filled.b.row, fn, id, takesId ? [] : ids)
      }
      if (!takesId) await ask('an excluded member', filled.excluded.row, fn, '', [filled.closedCase])
    }
    return [...problems]
  },
} as const satisfies Readonly<Record<string, FenceCheck>>

/** Ids of what the party has and the other has no part in: what a stranger could have learned. */
async function idsOf(owner: pg.Client, partyId: string, otherId: string): Promise<readonly string[]> {
  const sources = [
    'select account_id as id, party_id from access.membership',
    'select id, party_id from people."case"',
    'select id, party_id from people.card',
    `select id, party_id from envelopes.incoming where from_party <> $2`,
    `select id, party_id from referrals.thread where other_party <> $2`,
    'select id, party_id from releases.release',
    'select id, party_id from parties.invitation',
    'select id, party_id from access.bearer',
  ]
  const ids = [partyId]
  for (const text of sources) {
    const { rows } = await owner.query<{ id: string }>(
      `select id from (${text}) s where party_id = $1 and $2::uuid is not null limit 1`,
      [partyId, otherId],
    )
    ids.push(...rows.map((row) => row.id))
  }
  return ids
}

/** What a call gave away or did; null for nothing, which an error also is. With `telling`, only an answer that holds one of them counts. */
async function called(
  client: pg.Client,
  { name, types }: Definer,
  id: string,
  telling: readonly string[],
): Promise<string | null> {
  const before = await changes(client)
  await client.query('savepoint call; set local role anydoor_web')
  const marks = types.map((type, at) => `$${at + 1}::${type}`).join(', ')
  try {
    const { rows } = await client.query<Record<string, unknown>>(
      `select * from ${name}(${marks})`,
      types.map((type) => argument(type, id)),
    )
    const values = rows.flatMap((row) => Object.values(row)).filter((value) => !empty(value))
    if (telling.length === 0 ? values.length > 0 : tells(values, telling)) return 'answers'
    return (await changes(client)) === before ? null : 'changes something'
  } catch {
    await client.query('rollback to savepoint call')
    return null
  }
}

function argument(type: string, id: string): unknown {
  if (type === 'uuid') return id
  if (type === 'bytea') return randomBytes(32)
  if (type === 'text[]') return ['agency-administrator']
  if (type === 'uuid[]') return [id]
  if (type === 'bytea[]') return [randomBytes(32)]
  if (type === 'integer' || type === 'bigint') return 2
  if (type === 'boolean') return false
  return type.startsWith('timestamp') ? null : 'accepted'
}

function empty(value: unknown): boolean {
  return value === null || value === false || value === 0 || value === '' || value === '0'
}

function tells(values: readonly unknown[], telling: readonly string[]): boolean {
  const text = values
    .map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value),
    )
    .join(' ')
  return telling.some((id) => text.includes(id))
}

/** Rows that this transaction has written so far, looked at from behind the fences. */
async function changes(client: pg.Client): Promise<string> {
  await client.query('reset role')
  const { rows } = await client.query<{ n: string }>(
    `select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::text as n from pg_stat_xact_user_tables`,
  )
  return rows[0]?.n ?? ''
}
