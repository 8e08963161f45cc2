-- What is done about the person causing harm: a file of its own with a key of its own, held by its own team. Its id is a case id of
-- the keyring, so that fences, erasing and closing reach it like any other file. Nothing in it names a survivor's case: only the
-- survivor's case says, sealed under its own key, which of these files belong to it.
create schema accountability;
grant usage on schema accountability to anydoor_web;

create table accountability.thread (
  party_id uuid not null references access.party (id),
  case_id uuid not null,
  owner_id uuid not null references access.account (id),
  key_version integer not null default 1,
  state text not null default 'active' check (state in ('active', 'ended')),
  version integer not null default 1,
  body bytea not null,
  primary key (party_id, case_id)
);
call access.fence('accountability.thread', 'access.may_see(party_id, case_id)');
grant select, insert on accountability.thread to anydoor_web;
grant update (owner_id, key_version, state, version, body) on accountability.thread to anydoor_web;

-- Actions, changes seen and notices of danger: which of them a row is stands in its sealed body.
create table accountability.entry (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  state text not null default 'open' check (state in ('open', 'closed')),
  due_at timestamptz,
  version integer not null default 1,
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references accountability.thread (party_id, case_id) on delete cascade
);
call access.fence('accountability.entry', 'access.may_see(party_id, case_id)');
grant select, insert on accountability.entry to anydoor_web;
grant update (state, version, body) on accountability.entry to anydoor_web;

-- From a survivor's case to the files about who causes harm in it; there is no way back.
create table accountability.link (
  party_id uuid not null,
  case_id uuid not null,
  version integer not null default 1,
  body bytea not null,
  primary key (party_id, case_id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
call access.fence('accountability.link', 'access.may_see(party_id, case_id)');
grant select, insert on accountability.link to anydoor_web;
grant update (version, body) on accountability.link to anydoor_web;

-- After how many days without an action a family is reported to the lead.
create table accountability.setting (
  party_id uuid primary key references access.party (id),
  quiet_days integer not null check (quiet_days between 7 and 180)
);
call access.fence('accountability.setting', 'party_id = access.party() and access.kind() = ''member''');
grant select, insert, update on accountability.setting to anydoor_web;

-- The replay of a restore: a file whose key changed since the copy was made cannot be opened from it by anybody, and is left out.
alter function access.replay_after_restore() rename to replay_before_accountability;
create function access.replay_after_restore() returns table (what text, many integer)
language plpgsql set search_path = '' as $$
declare n integer;
begin
  return query select * from access.replay_before_accountability();
  delete from accountability.thread t where not exists (
    select from keyring.case_wrap w where w.party_id = t.party_id and w.case_id = t.case_id and w.key_version = t.key_version);
  get diagnostics n = row_count;
  return query select 'accountability-left-out', n;
end $$;
revoke all on function access.replay_after_restore() from public;
