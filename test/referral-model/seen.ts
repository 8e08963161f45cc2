import type pg from 'pg'

import type { End, Hold, Pair } from './pair.ts'

interface Rows {
  readonly threads: readonly {
    readonly side: End
    readonly party: string
    readonly state: string
    readonly due: boolean
    readonly expected: string | null
    readonly place: number | null
    readonly version: number
    readonly aside: readonly string[]
  }[]
  readonly lines: readonly {
    readonly side: End
    readonly id: string
    readonly kind: string
    readonly letter: string | null
    readonly actor: string | null
    readonly undoes: string | null
  }[]
  readonly sent: readonly Letter[]
  readonly came: readonly Letter[]
  readonly hold: Hold | null
  readonly keys: readonly { readonly side: End; readonly letter: string }[]
}

interface Letter {
  readonly side: End
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly hash: string
}

/** Everything that the database holds of a thread, behind the fences, on both sides. */
const everything = `
  with t as (select * from referrals.thread where id = $1)
  select (select coalesce(jsonb_agg(jsonb_build_object('side', side, 'party', party_id, 'state', state, 'due', due_at is not null,
      'expected', (expected_at at time zone 'UTC')::date, 'place', place, 'version', version,
      'aside', held_from)), '[]') from t) as threads,
    (select jsonb_build_object('since', k.kept_since is not null, 'settled', k.settled_at is not null, 'version', k.version)
      from referrals.keeping k join t on t.party_id = k.party_id and t.id = k.thread_id) as hold,
    (select coalesce(jsonb_agg(jsonb_build_object('side', t.side, 'id', e.id, 'kind', e.kind, 'letter', e.envelope_id,
      'actor', e.actor_id, 'undoes', e.undoes) order by e.at, e.id), '[]')
      from referrals.event e join t on t.party_id = e.party_id and t.id = e.thread_id) as lines,
    (select coalesce(jsonb_agg(jsonb_build_object('side', t.side, 'id', o.id, 'kind', o.kind, 'state', o.state,
      'hash', md5(o.header || o.ciphertext || o.signature)) order by o.id), '[]')
      from envelopes.outgoing o join t on t.party_id = o.party_id and t.id = o.thread_id) as sent,
    (select coalesce(jsonb_agg(jsonb_build_object('side', t.side, 'id', i.id, 'kind', i.kind, 'state', i.state,
      'hash', md5(i.header || i.ciphertext || i.signature)) order by i.id), '[]')
      from envelopes.incoming i join t on t.party_id = i.party_id and t.id = i.thread_id) as came,
    (select coalesce(jsonb_agg(jsonb_build_object('side', t.side, 'letter', w.envelope_id)), '[]')
      from keyring.envelope_wrap w join t on t.party_id = w.party_id
      where w.envelope_id in (select o.id from envelopes.outgoing o where o.thread_id = $1)) as keys`

/** What a database that nothing happened to still holds, byte for byte: rows of threads, letters, keys, sessions and ledger. */
const print = `
  select md5(string_agg(x.row, '|' order by x.row)) as print from (
    select t::text as row from referrals.thread t where t.id = $1
    union all select e::text from referrals.event e where e.thread_id = $1
    union all select k::text from referrals.keeping k where k.thread_id = $1
    union all select n::text from referrals.notice n where n.thread_id = $1
    union all select s::text from referrals.session s where s.thread_id = $1
    union all select o::text from envelopes.outgoing o where o.thread_id = $1
    union all select i::text from envelopes.incoming i where i.thread_id = $1
    union all select w.party_id::text || w.envelope_id || md5(w.wrap) from keyring.envelope_wrap w
    union all select count(*)::text from ledger.entry
    union all select count(*)::text from people."case") x`

export async function printOf(superuser: pg.Client, threadId: string): Promise<string> {
  const { rows } = await superuser.query<{ print: string }>(print, [threadId])
  return rows[0]?.print ?? ''
}

/** How many ledger lines of each kind each party has; only kinds that a thread writes. */
export async function ledgerOf(superuser: pg.Client): Promise<ReadonlyMap<string, number>> {
  const { rows } = await superuser.query<{ key: string; n: number }>(
    `select party_id || ' ' || kind as key, count(*)::int as n from ledger.entry where kind like 'envelope.%'
       or kind in ('referral.changed', 'conflict.declared', 'link.made', 'link.ended')
     group by 1`,
  )
  return new Map(rows.map(({ key, n }) => [key, n]))
}

/** Everything in which the database is not as the model has it, or in which the two sides do not agree; empty when all is well. */
export async function differences(
  superuser: pg.Client,
  threadId: string,
  pair: Pair,
  workers: Readonly<Record<End, readonly string[]>>,
): Promise<readonly string[]> {
  const found = (await superuser.query<Rows>(everything, [threadId])).rows[0]
  if (found === undefined) return ['nothing is there']
  return [
    ...(['from', 'to'] as const).flatMap((side) => [
      ...standing(found, side, pair, workers[side]),
      ...timeline(found, side, pair, workers[side]),
    ]),
    ...differ('who keeps hold', found.hold, pair.hold),
    ...crossing(found, pair),
  ]
}

function differ(what: string, is: unknown, should: unknown): readonly string[] {
  const [a, b] = [JSON.stringify(is), JSON.stringify(should)]
  return a === b ? [] : [`${what}: is ${a}, should be ${b}`]
}

function standing(found: Rows, side: End, pair: Pair, workers: readonly string[]): readonly string[] {
  const row = found.threads.find((each) => each.side === side)
  const { state, due, expected, place, version, aside } = pair[side]
  const is = row && [row.state, row.due, row.expected, row.place, row.version, row.aside]
  const from = aside.map((worker) => workers[worker])
  return differ(`the thread of ${side}`, is, [state, due, expected, place, version, from])
}

/** A timeline, each line with the place of its letter and of the line that it takes back. */
function timeline(found: Rows, side: End, pair: Pair, workers: readonly string[]): readonly string[] {
  const order = lettersInOrder(found)
  const own = found.lines.filter((line) => line.side === side)
  const is = own.map((line) => [
    line.kind,
    line.letter === null ? null : order.indexOf(line.letter),
    line.undoes === null ? null : own.findIndex((each) => each.id === line.undoes),
  ])
  const should = pair[side].lines.map((line) => [line.kind, line.letter, line.undoes])
  const by = own.filter((line) => line.kind !== 'received').map((line) => line.actor)
  const known = pair[side].lines.filter((line) => line.kind !== 'received')
  return [
    ...differ(`the timeline of ${side}`, is, should),
    ...differ(
      `who acted on ${side}`,
      by,
      known.map((line) => (line.mine === null ? null : workers[line.mine])),
    ),
  ]
}

/** Letters in the order in which the timelines have them. */
function lettersInOrder(found: Rows): readonly string[] {
  return [...new Set(found.lines.flatMap((line) => line.letter ?? []))]
}

/** Nothing is lost or doubled: what was sent and may arrive lies once on each side, the same; what may not lies here alone. */
function crossing(found: Rows, pair: Pair): readonly string[] {
  const order = lettersInOrder(found)
  const sent = found.sent.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  const problems = [
    ...differ(
      'what was sent',
      sent.map((letter) => [letter.side, letter.kind, letter.state]),
      pair.letters.map((letter) => [letter.by, letter.kind, letter.over ? 'ended' : 'sent']),
    ),
    ...differ(
      'what arrived',
      found.came.map((letter) => [order.indexOf(letter.id), letter.side, letter.kind, letter.state]),
      pair.letters.flatMap((letter, at) =>
        letter.arrived ? [[at, letter.by === 'from' ? 'to' : 'from', letter.kind, stateOf(letter)]] : [],
      ),
    ),
    ...differ(
      'which keys there are',
      found.keys.map((key) => `${order.indexOf(key.letter)} ${key.side}`).toSorted(),
      pair.letters
        .flatMap((letter, at) => [
          `${at} ${letter.by}`,
          ...(letter.arrived && !letter.over ? [`${at} ${letter.by === 'from' ? 'to' : 'from'}`] : []),
        ])
        .toSorted(),
    ),
  ]
  for (const letter of found.came) {
    const same = sent.filter((each) => each.id === letter.id && each.hash === letter.hash)
    if (same.length !== 1)
      problems.push(`letter ${order.indexOf(letter.id)} arrived otherwise than it was sent`)
    const lines = found.lines.filter((line) => line.letter === letter.id && line.kind !== 'taken')
    if (lines.length !== 2) problems.push(`letter ${order.indexOf(letter.id)} has ${lines.length} lines`)
  }
  return problems
}

function stateOf(letter: Pair['letters'][number]): string {
  if (letter.over) return 'ended'
  return letter.read ? 'opened' : 'waiting'
}

// What a request leaves behind whether it succeeds or not: sessions, and how often somebody came.
const besides = ['access', 'jobs', 'pg_catalog', 'information_schema', 'pg_toast']

/** How many rows every table has and what they hold, one line a table; only what a request leaves behind anyway is left out. */
export async function allOf(superuser: pg.Client): Promise<readonly string[]> {
  const tables = await superuser.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname <> all($1) order by 1`,
    [besides],
  )
  const lines = tables.rows.map(
    ({ name }) =>
      `select '${name} ' || count(*) || ' ' || coalesce(md5(string_agg(x::text, '|' order by x::text)), '') as line from ${name} x`,
  )
  const { rows } = await superuser.query<{ line: string }>(lines.join(' union all '))
  return rows.map((row) => row.line).toSorted()
}
