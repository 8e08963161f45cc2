import type pg from 'pg'

import type { actChecks } from './fences-acts.ts'
import type { askingChecks, catalogueChecks } from './fences-checks.ts'
import type { groundChecks } from './fences-grounds.ts'
import type { strangerChecks } from './fences-strangers.ts'
import { rewrittenInGrounds, writtenInGrounds } from './planted-grounds.ts'

export type CheckName =
  | keyof typeof catalogueChecks
  | keyof typeof askingChecks
  | keyof typeof actChecks
  | keyof typeof groundChecks
  | keyof typeof strangerChecks

/** One deliberate break, and the check that must notice it. */
export interface Fault {
  readonly what: string
  readonly caughtBy: CheckName
  readonly plant: (superuser: pg.Client) => Promise<void>
  /** The one table it is about, where looking at that table is enough. */
  readonly table?: string
}

const forced: CheckName = 'every table but the public directory has its row security forced'
const clear: CheckName = 'every column that is not sealed stands in the allow-list, and nothing else does'
const keys: CheckName =
  'every key of a party’s table begins with the party, so that no conflict tells of another’s row'
const references: CheckName = 'every reference between parties’ tables carries the party'
const views: CheckName = 'no view runs as its owner, and nothing is materialised'
const definers: CheckName =
  'functions that run as the owner pin their search path, and nobody calls them by default'
const rights: CheckName = 'the logins own nothing, bypass nothing, and can empty no table'
const jobs: CheckName = 'the jobs login reads the clear columns of its list and nothing else'
const open: CheckName =
  'the public login reads the register of agencies and the directory, and everyone else nothing'
const ledger: CheckName = 'the ledger is only ever added to, and erasures cannot be taken back'
const others: CheckName = 'a member sees no row of another party, in any table'
const inserts: CheckName = 'a member inserts nothing in another party’s name, whether or not the row exists'
const moves: CheckName = 'a member moves, changes and deletes nothing of another party'
const excluded: CheckName = 'an excluded member sees nothing of a closed case, nor that it is there'
const guest: CheckName = 'a guest sees the one case of their seat and nothing beside it'
const nobody: CheckName = 'nobody sees any row, and a missing setting raises nothing'
const begins: CheckName = 'only a live session of a member begins'
const links: CheckName = 'a link ends with its time and its tries'
const withdraws: CheckName = 'withdrawing destroys the recipient’s wrap'
const comesBack: CheckName = 'nothing comes back beyond what the release allows'
const opens: CheckName = 'an opening needs a live envelope that is not held from the asker'
const erases: CheckName = 'erasing leaves no wrap, no row and no detail'
const holds: CheckName = 'a legal hold stops erasing'
const removes: CheckName = 'removal takes seals, sessions and case wraps at once'
const administers: CheckName = 'only an administrator changes roles, removes and admits'
const glass: CheckName = 'the glass of a case breaks only for whom it may'
const strangers: CheckName = 'functions that run as the owner do nothing for a stranger'

/** Breaks written in SQL. */
const written: readonly (readonly [CheckName, string])[] = [
  [forced, 'alter table people.note no force row level security'],
  [forced, 'alter table keyring.case_wrap disable row level security'],
  [forced, 'create table people.scrap (party_id uuid, body bytea)'],
  [clear, 'alter table people.card add column nickname text'],
  [clear, 'alter table people.sheet alter column body type text using body::text'],
  [clear, 'create table access.seen (party_id uuid, path text)'],
  [keys, 'alter table people.card add constraint planted unique (id)'],
  [
    references,
    'alter table people."case" add constraint one unique (id); alter table access.bearer add constraint planted foreign key (case_id) references people."case" (id)',
  ],
  [views, 'create view people.names as select * from people.card'],
  [
    views,
    'create materialized view people.summary as select party_id, count(*) from people."case" group by 1',
  ],
  [definers, 'alter function access.may_see(uuid, uuid) reset search_path'],
  [definers, 'grant execute on function parties.admit(uuid) to public'],
  [
    definers,
    `create function people.every() returns setof people.card language sql security definer as 'select * from people.card'`,
  ],
  [rights, 'grant truncate on ledger.entry to anydoor_web'],
  [rights, 'alter role anydoor_web bypassrls'],
  [rights, 'alter table people.note owner to anydoor_web'],
  [jobs, 'grant select on people.card to anydoor_jobs'],
  [jobs, 'grant select (body) on people.sheet to anydoor_jobs'],
  [open, 'grant select on people."case" to public'],
  [open, 'grant select (party_id) on people."case" to anydoor_public'],
  [ledger, 'grant delete on ledger.entry to anydoor_web'],
  [ledger, 'grant update (detail) on ledger.entry to anydoor_web'],
  [ledger, 'grant delete on keyring.erased to anydoor_web'],
  [nobody, 'create policy planted on people."case" for select to anydoor_web using (access.party() is null)'],
  [
    others,
    `create or replace function access.may_see(row_party uuid, row_case uuid) returns boolean language sql stable security definer set search_path = '' return true`,
  ],
  [
    excluded,
    `create or replace function access.may_see(row_party uuid, row_case uuid) returns boolean language sql stable security definer set search_path = '' return row_party = access.party()`,
  ],
  [
    excluded,
    'drop policy fence on people.card; create policy fence on people.card for all to anydoor_web using (party_id = access.party())',
  ],
  [
    guest,
    `drop policy fence on people.card; create policy fence on people.card for all to anydoor_web using (party_id = access.party() or access.kind() = 'bearer')`,
  ],
  [
    inserts,
    `create or replace function access.may_wrap(row_party uuid, row_case uuid) returns boolean language sql stable security definer set search_path = '' return true`,
  ],
  [
    opens,
    'drop policy own_copy on keyring.envelope_wrap; create policy own_copy on keyring.envelope_wrap for all to anydoor_web using (party_id = access.party())',
  ],
  [
    'what is sealed into the ledger stays where it is',
    'drop policy seal on ledger.entry; create policy seal on ledger.entry for update to anydoor_sealer using (true)',
  ],
  [
    'news never takes a thread back',
    `create or replace function referrals.moved(old text, news text) returns text language sql immutable return coalesce(news, old)`,
  ],
]

/** Breaks made by taking a piece out of a function as it stands: name, what goes, what comes. */
const rewritten: readonly (readonly [CheckName, string, string, RegExp, string])[] = [
  [
    begins,
    'accepts an idle session',
    'access.begin',
    /and x\.seen_at > clock_timestamp\(\) - interval '15 minutes'/,
    '',
  ],
  [
    begins,
    'accepts a session for ever',
    'access.begin',
    /and x\.started_at > clock_timestamp\(\) - interval '12 hours'/,
    '',
  ],
  [begins, 'accepts a session without its code', 'access.begin', /and x\.stage = 'open'/, ''],
  [begins, 'accepts a former member', 'access.begin', /and x\.valid @> clock_timestamp\(\)/, ''],
  [
    begins,
    'accepts any party',
    'access.begin',
    /x\.party_id = coalesce\(wanted_party, s\.party_id\)/,
    'true',
  ],
  [links, 'accepts a link after its end', 'access.begin_bearer', /and x\.ends_at > clock_timestamp\(\)/, ''],
  [links, 'accepts a link after five wrong codes', 'access.begin_bearer', /and x\.tries < 5/, ''],
  [links, 'lets a guest’s wrap outlive its end', 'access.may_see', /and w\.ends_at > now\(\)/, ''],
  [
    links,
    'leaves the wrap after five wrong codes',
    'access.bearer_failed',
    /delete from keyring\.case_wrap[^;]*;/,
    '',
  ],
  [withdraws, 'leaves the wrap', 'envelopes.withdraw', /delete from keyring\.envelope_wrap[^;]*;/, ''],
  [withdraws, 'leaves the copy as it was', 'envelopes.withdraw', /update envelopes\.incoming[^;]*;/, ''],
  [comesBack, 'ignores what may come back', 'envelopes.deliver', /return 'kept';/, 'null;'],
  [strangers, 'lets anybody erase', 'people.erase_case', /if not access\.may_see[^;]*; end if;/, ''],
  [opens, 'opens what was ended', 'envelopes.wrap_for_opening', /i\.state = 'ended' or/, ''],
  [opens, 'opens what was not tried', 'envelopes.wrap_for_opening', /or i\.names is not null/, ''],
  [
    opens,
    'opens what has run out',
    'envelopes.wrap_for_opening',
    /or \(i\.ends_at is not null and i\.ends_at <= clock_timestamp\(\)\)/,
    '',
  ],
  [
    opens,
    'opens what is held from the asker',
    'envelopes.wrap_for_opening',
    /access\.account\(\) = any \(i\.held_from\) or/,
    '',
  ],
  [erases, 'leaves the case’s wraps', 'people.erase_rows', /delete from keyring\.case_wrap[^;]*;/, ''],
  [
    erases,
    'leaves the envelopes’ wraps',
    'people.erase_rows',
    /delete from keyring\.envelope_wrap w using envelopes\.outgoing[^;]*;/,
    '',
  ],
  [erases, 'leaves the details', 'people.erase_rows', /update ledger\.entry[^;]*;/, ''],
  [erases, 'leaves no note for restores', 'people.erase_case', /insert into keyring\.erased[^;]*;/, ''],
  [
    holds,
    'erases what is on hold',
    'people.erase_case',
    /if exists \(select from people\.legal_hold[^;]*; end if;/,
    '',
  ],
  [glass, 'opens an ended case', 'grounds.may_break_glass', /and c\.state = 'active'/, ''],
  [
    glass,
    'opens for somebody excluded',
    'grounds.may_break_glass',
    /and not exists \(select from people\.exclusion[^\n]*account_id = me\)/,
    '',
  ],
  [
    glass,
    'opens for somebody who stepped aside',
    'grounds.may_break_glass',
    /and not exists \(select from referrals\.thread[^\n]*held_from\)\)/,
    '',
  ],
  [
    glass,
    'opens what is not wrapped for the agency',
    'grounds.may_break_glass',
    /and exists \(select from keyring\.case_wrap[^\n]*holder = p\)/,
    '',
  ],
  [glass, 'opens a closed case', 'grounds.may_break_glass', /and c\.sort = 'open'/, ''],
  [removes, 'leaves the seals', 'parties.remove_member', /delete from keyring\.party_wrap[^;]*;/, ''],
  [removes, 'leaves the sessions', 'parties.remove_member', /delete from access\.session[^;]*;/, ''],
  [
    administers,
    'asks for no role',
    'parties.change_roles',
    /if is_admin is not true then return false; end if;/,
    '',
  ],
  [administers, 'asks for no role', 'parties.admit', /if is_admin is not true then return null; end if;/, ''],
  ['a code works once', 'accepts a step again', 'access.pass_code', /and a\.totp_step < step/, ''],
  [
    'whoever steps aside sees the thread and its envelopes no more',
    'forgets the envelopes',
    'referrals.step_aside',
    /update envelopes\.incoming[^;]*;/,
    '',
  ],
  [
    'whoever steps aside sees the thread and its envelopes no more',
    'forgets the thread',
    'referrals.step_aside',
    /held_from = array_append\(t\.held_from, me\),/,
    '',
  ],
]

/** A definer function that asks nobody who they are. */
const careless: readonly string[] = [
  `create function people.all_cards() returns setof text language sql security definer set search_path = '' as 'select case_id::text from people.card'`,
  `create function people.move_case(gone uuid) returns boolean language sql security definer set search_path = '' as 'delete from people.note where case_id = gone returning true'`,
  `create function people.count_cases(of uuid) returns bigint language sql security definer set search_path = '' as 'select count(*) from people."case" where party_id = of'`,
]

/** Every fault that is written down one by one. */
export const namedFaults: readonly Fault[] = [
  ...careless.map((sql): Fault => ({
    what: sql,
    caughtBy: strangers,
    plant: async (superuser) => void (await superuser.query(sql)),
  })),
  ...[...written, ...writtenInGrounds].map(([caughtBy, sql]): Fault => ({
    what: sql,
    caughtBy,
    plant: async (superuser) => void (await superuser.query(sql)),
  })),
  ...[...rewritten, ...rewrittenInGrounds].map(([caughtBy, what, name, from, to]): Fault => ({
    what: `${name} ${what}`,
    caughtBy,
    plant: (superuser) => rewrite(superuser, name, from, to),
  })),
]

/** For every table of every party: a policy too many, for each thing that the web login may do to it at all. */
export async function looseFaults(owner: pg.Client, tables: readonly string[]): Promise<readonly Fault[]> {
  const { rows } = await owner.query<{ name: string; act: 'select' | 'insert' | 'update' }>(
    `select t as name, act from unnest($1::text[]) t, unnest(array['select', 'insert', 'update']) act
     where has_column_privilege('anydoor_web', to_regclass(regexp_replace(t, '\\.(.*)$', '."\\1"')), 'party_id', act)`,
    [tables],
  )
  const caught = { select: others, insert: inserts, update: moves } as const
  const rule = {
    select: 'using (true)',
    insert: 'with check (true)',
    update: 'using (true) with check (true)',
  } as const
  return rows.map(({ name, act }) => {
    const sql = `create policy planted on ${name} for ${act} to anydoor_web ${rule[act]}`
    return {
      what: sql,
      caughtBy: caught[act],
      table: name,
      plant: async (superuser) => void (await superuser.query(sql)),
    }
  })
}

/** Puts a function back with one piece changed; a piece that is no longer there is a fault of this list. */
async function rewrite(superuser: pg.Client, name: string, from: RegExp, to: string): Promise<void> {
  const { rows } = await superuser.query<{ text: string }>(
    `select pg_get_functiondef(p.oid) as text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname || '.' || p.proname = $1`,
    [name],
  )
  const before = rows[0]?.text ?? ''
  const after = before.replace(from, to)
  if (rows.length !== 1 || after === before) throw new Error(`${name} has no such piece: ${from.source}`)
  await superuser.query(after)
}
