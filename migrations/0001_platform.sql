-- The platform beneath every room: who acts (access), keys (keyring), what happened (ledger), later work (jobs).
create extension if not exists btree_gist;

create schema access;
create schema keyring;
create schema ledger;
create schema jobs;

revoke all on schema public from public;
grant usage on schema access, keyring, ledger to anydoor_web;
grant usage on schema access to anydoor_public, anydoor_jobs, anydoor_sealer;
grant usage on schema jobs to anydoor_jobs, anydoor_web;
grant usage on schema ledger to anydoor_sealer;

-- Who is asking. Set only by the begin functions, for one transaction; absent means nobody, and shows nothing.
create function access.kind() returns text language sql stable parallel safe
  return nullif(current_setting('anydoor.kind', true), '');
create function access.party() returns uuid language sql stable parallel safe
  return nullif(current_setting('anydoor.party', true), '')::uuid;
create function access.account() returns uuid language sql stable parallel safe
  return nullif(current_setting('anydoor.account', true), '')::uuid;
create function access.holder() returns uuid language sql stable parallel safe
  return nullif(current_setting('anydoor.holder', true), '')::uuid;
create function access.guest_case() returns uuid language sql stable parallel safe
  return nullif(current_setting('anydoor.guest_case', true), '')::uuid;
create function access.guest_envelope() returns uuid language sql stable parallel safe
  return nullif(current_setting('anydoor.guest_envelope', true), '')::uuid;

-- Whoever holds keys and records.
create table access.party (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('agency', 'survivor', 'forum')),
  created_at timestamptz not null default now()
);

-- Somebody who can sign in. The login is found by a hash keyed with the pepper; mail address and authenticator are sealed.
create table access.account (
  id uuid primary key default uuidv7(),
  login_hash bytea not null unique,
  state text not null check (state in ('invited', 'active', 'removed')),
  email bytea not null,
  totp bytea,
  totp_step bigint not null default 0,
  created_at timestamptz not null default now()
);

create table access.membership (
  party_id uuid not null references access.party (id),
  account_id uuid not null references access.account (id),
  roles text[] not null,
  valid tstzrange not null default tstzrange(now(), null),
  primary key (party_id, account_id, valid without overlaps)
);
create index membership_by_account on access.membership (account_id);

-- Sessions may be lost with the server: then everybody signs in again.
create unlogged table access.session (
  id_hash bytea primary key,
  kind text not null default 'member' check (kind in ('member', 'survivor')),
  account_id uuid not null,
  party_id uuid,
  stage text not null check (stage in ('code', 'open')),
  secret bytea not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
create index session_by_account on access.session (account_id);

-- Failed sign-ins by login hash, known or not, so that the delay tells nothing.
create unlogged table access.attempt (
  login_hash bytea primary key,
  failures integer not null,
  retry_at timestamptz not null
);

-- A one-time link with its code, or a guest's seat: one envelope or one case, nothing else.
create table access.bearer (
  id uuid primary key default uuidv7(),
  id_hash bytea not null unique,
  party_id uuid not null references access.party (id),
  case_id uuid,
  envelope_id uuid,
  tries integer not null default 0,
  ends_at timestamptz not null,
  check (num_nonnulls(case_id, envelope_id) = 1)
);

-- Someone who lost password and authenticator: a recovery code, and a colleague who confirms.
create table access.recovery (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references access.account (id),
  party_id uuid not null references access.party (id),
  state text not null check (state in ('asked', 'confirmed', 'used')),
  fingerprint bytea not null,
  confirmed_by uuid,
  ends_at timestamptz not null
);

-- Keys. No foreign keys leave or enter this schema: old data is restored beside the current keyring.
create table keyring.account_key (
  account_id uuid primary key,
  version integer not null default 1,
  public_key bytea not null,
  salt bytea not null,
  params integer not null,
  secret bytea not null,
  recovery bytea not null
);

create table keyring.party_key (
  party_id uuid not null,
  version integer not null,
  box_public bytea not null,
  sign_public bytea not null,
  created_at timestamptz not null default now(),
  primary key (party_id, version)
);

create table keyring.party_wrap (
  party_id uuid not null,
  version integer not null,
  account_id uuid not null,
  secrets bytea not null,
  primary key (party_id, version, account_id)
);
create index party_wrap_by_account on keyring.party_wrap (account_id);

-- The recovery sheet stands for the last member: an offline pair, printed once.
create table keyring.party_sheet (
  party_id uuid not null,
  version integer not null,
  sheet_public bytea not null,
  secrets bytea not null,
  printed_at timestamptz not null default now(),
  primary key (party_id, version)
);

-- One key a case. The holder is the party itself (open case), a member or a guest (closed case).
create table keyring.case_wrap (
  party_id uuid not null,
  case_id uuid not null,
  holder uuid not null,
  key_version integer not null,
  party_version integer not null,
  wrap bytea not null,
  ends_at timestamptz,
  primary key (party_id, case_id, holder)
);
create index case_wrap_by_holder on keyring.case_wrap (holder);

create table keyring.envelope_wrap (
  party_id uuid not null,
  envelope_id uuid not null,
  party_version integer not null,
  wrap bytea not null,
  primary key (party_id, envelope_id)
);

-- What was erased, so that a restored copy of older data is erased again before it opens.
create table keyring.erased (
  party_id uuid not null,
  case_id uuid not null,
  erased_at timestamptz not null default now(),
  primary key (party_id, case_id)
);

-- The one question every case-bound row asks. True only while a wrap for the asker exists: the lock in SQL and the
-- lock in cryptography are the same lock.
create function access.may_see(row_party uuid, row_case uuid) returns boolean
language plpgsql stable security definer parallel safe set search_path = '' as $$
begin
  if access.kind() = 'bearer' then
    return row_case = access.guest_case() and exists (
      select from keyring.case_wrap w
      where w.party_id = row_party and w.case_id = row_case and w.holder = access.holder() and w.ends_at > now());
  end if;
  return row_party = access.party() and exists (
    select from keyring.case_wrap w
    where w.party_id = row_party and w.case_id = row_case
      and w.holder in (row_party, access.holder())
      and (w.ends_at is null or w.ends_at > now()));
end $$;

-- Fences a party's table: rows of the asking party only; with a case, only of cases the asker may see.
create procedure access.fence(fenced regclass, rule text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', fenced);
  execute format('alter table %s force row level security', fenced);
  execute format('create policy owner on %s for all to current_user using (true) with check (true)', fenced);
  if rule <> '' then
    execute format('create policy fence on %s for all to anydoor_web using (%s) with check (%s)', fenced, rule, rule);
  end if;
end $$;

call access.fence('access.party', '');
call access.fence('access.account', '');
call access.fence('access.membership', 'party_id = access.party()');
call access.fence('access.session', '');
call access.fence('access.attempt', '');
call access.fence('access.bearer', 'party_id = access.party() and (case_id is null or access.may_see(party_id, case_id))');
call access.fence('access.recovery', 'party_id = access.party()');
call access.fence('keyring.account_key', 'account_id = access.account()');
call access.fence('keyring.party_wrap', 'party_id = access.party()');
call access.fence('keyring.party_sheet', 'party_id = access.party()');
call access.fence('keyring.case_wrap', 'access.may_see(party_id, case_id)');
call access.fence('keyring.envelope_wrap', 'party_id = access.party()');
call access.fence('keyring.erased', '');

-- Public keys and the list of parties are read by everyone who acts: sealing to a partner needs them.
call access.fence('keyring.party_key', '');
create policy everyone_reads on keyring.party_key for select to anydoor_web using (access.kind() is not null);
create policy own_party on keyring.party_key for insert to anydoor_web with check (party_id = access.party());
create policy everyone_reads on access.party for select to anydoor_web using (access.kind() is not null);
create policy own_self on access.account for select to anydoor_web using (id = access.account());
create policy own_self_changes on access.account for update to anydoor_web using (id = access.account()) with check (id = access.account());
create policy own_sessions on access.session for select to anydoor_web using (account_id = access.account());
create policy own_sessions_end on access.session for delete to anydoor_web using (account_id = access.account());
-- A colleague's public key is needed to seal the party's secrets or a case to them.
create policy colleagues on keyring.account_key for select to anydoor_web using (
  exists (select from access.membership m where m.account_id = account_key.account_id and m.party_id = access.party()));

-- The first wrap of a new case cannot pass may_see, which asks for a wrap: members may add wraps to their own party's cases
-- that have none yet, and to those they see.
create function access.may_wrap(row_party uuid, row_case uuid) returns boolean
language sql stable security definer set search_path = ''
  return row_party = access.party() and access.kind() in ('member', 'survivor')
    and (access.may_see(row_party, row_case)
      or not exists (select from keyring.case_wrap w where w.party_id = row_party and w.case_id = row_case));
drop policy fence on keyring.case_wrap;
create policy see on keyring.case_wrap for select to anydoor_web using (access.may_see(party_id, case_id));
create policy add on keyring.case_wrap for insert to anydoor_web with check (access.may_wrap(party_id, case_id));
create policy change on keyring.case_wrap for update to anydoor_web using (access.may_see(party_id, case_id)) with check (access.may_see(party_id, case_id));
create policy remove on keyring.case_wrap for delete to anydoor_web using (access.may_see(party_id, case_id));

grant select on access.party, access.membership to anydoor_web;
grant select (id, state, totp, totp_step, email, created_at), update (email, totp, totp_step) on access.account to anydoor_web;
grant select (id_hash, kind, account_id, party_id, stage, started_at, seen_at), delete on access.session to anydoor_web;
grant select, insert, delete on access.bearer to anydoor_web;
grant select, update on access.recovery to anydoor_web;
grant select, update on keyring.account_key to anydoor_web;
grant select, insert on keyring.party_key to anydoor_web;
grant select, insert on keyring.party_wrap, keyring.party_sheet to anydoor_web;
grant delete on keyring.party_sheet to anydoor_web;
grant select, insert, update, delete on keyring.case_wrap to anydoor_web;
grant select, insert on keyring.envelope_wrap to anydoor_web;

-- The ledger: append-only, one tree for the installation, each party reads its own lines.
create table ledger.entry (
  id uuid primary key default uuidv7(),
  party_id uuid not null references access.party (id),
  case_id uuid,
  kind text not null,
  minute timestamptz not null,
  commitment bytea not null,
  key_scope text not null check (key_scope in ('case', 'party', 'box')),
  key_version integer not null,
  detail bytea,
  position bigint unique
);
create index entry_by_party on ledger.entry (party_id, id desc);
create index entry_by_case on ledger.entry (party_id, case_id, id desc) where case_id is not null;
create index entry_unsealed on ledger.entry (id) where position is null;

create table ledger.head (
  size bigint primary key,
  root bytea not null,
  previous bytea not null,
  at timestamptz not null,
  signature bytea not null,
  peaks bytea not null
);

create table ledger.witness (
  party_id uuid not null references access.party (id),
  size bigint not null,
  root bytea not null,
  sign_version integer not null,
  signature bytea not null,
  at timestamptz not null default now(),
  primary key (party_id, size)
);

call access.fence('ledger.entry', '');
create policy see on ledger.entry for select to anydoor_web using (
  party_id = access.party() and access.kind() in ('member', 'survivor') and (case_id is null or access.may_see(party_id, case_id)));
create policy add on ledger.entry for insert to anydoor_web with check (
  party_id = access.party() and (case_id is null or access.may_see(party_id, case_id)));
create policy seal_read on ledger.entry for select to anydoor_sealer using (true);
create policy seal on ledger.entry for update to anydoor_sealer using (position is null) with check (position is not null);
call access.fence('ledger.head', '');
create policy read on ledger.head for select to anydoor_web using (access.kind() is not null);
create policy seal_read on ledger.head for select to anydoor_sealer using (true);
create policy seal on ledger.head for insert to anydoor_sealer with check (true);
call access.fence('ledger.witness', 'party_id = access.party()');
create policy read_all on ledger.witness for select to anydoor_sealer using (true);

grant select, insert (id, party_id, case_id, kind, minute, commitment, key_scope, key_version, detail) on ledger.entry to anydoor_web;
grant select on ledger.head to anydoor_web;
grant select, insert on ledger.witness to anydoor_web;
grant select (id, party_id, kind, minute, commitment, position), update (position) on ledger.entry to anydoor_sealer;
grant select, insert on ledger.head to anydoor_sealer;
grant select on ledger.witness to anydoor_sealer;

-- Mail waiting to leave. The address is sealed to the installation's mail key; the template names one of a closed, neutral list.
create table jobs.mail (
  id uuid primary key default gen_random_uuid(),
  address bytea not null,
  template text not null check (template in ('something-waits', 'invitation-link')),
  due_at timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  tries integer not null default 0
);
create index mail_due on jobs.mail (due_at) where state = 'waiting';
call access.fence('jobs.mail', '');
create policy send on jobs.mail for all to anydoor_jobs using (true) with check (true);
create policy put on jobs.mail for insert to anydoor_web with check (access.kind() is not null);
grant insert on jobs.mail to anydoor_web;
grant select (id, address, template, due_at, state, tries), update (state, tries, due_at), delete on jobs.mail to anydoor_jobs;
