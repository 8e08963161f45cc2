-- Cases that an agency brings along from a spreadsheet. What was read lies sealed line by line until its case is made, is seen by
-- nobody but whoever brought it, and is forgotten after a fortnight.
create schema caseload;
grant usage on schema caseload to anydoor_web, anydoor_jobs;

create table caseload.run (
  party_id uuid not null references access.party (id),
  id uuid not null default uuidv7(),
  made_by uuid not null references access.account (id),
  made_at timestamptz not null default clock_timestamp(),
  state text not null default 'columns' check (state in ('columns', 'ready', 'bringing', 'done', 'undone')),
  key_version integer not null,
  version integer not null default 1,
  body bytea not null,
  primary key (party_id, id)
);
create index run_by_time on caseload.run (party_id, made_by, id desc);

create table caseload.line (
  party_id uuid not null,
  run_id uuid not null,
  nth integer not null check (nth > 0),
  outcome text not null default 'waiting' check (outcome in ('waiting', 'made', 'refused', 'left', 'undone')),
  case_id uuid,
  case_version integer,
  key_version integer not null,
  body bytea,
  primary key (party_id, run_id, nth),
  foreign key (party_id, run_id) references caseload.run (party_id, id) on delete cascade
);
create index line_by_outcome on caseload.line (party_id, run_id, outcome, nth);

-- Which column of the agency's sheet is which field, as it was last said.
create table caseload.mapping (
  party_id uuid not null references access.party (id),
  key_version integer not null,
  body bytea not null,
  primary key (party_id)
);

call access.fence('caseload.run', 'party_id = access.party() and access.kind() = ''member'' and made_by = access.account()');
call access.fence('caseload.line', 'party_id = access.party() and access.kind() = ''member'' and exists (select from caseload.run r
  where r.party_id = line.party_id and r.id = line.run_id)');
call access.fence('caseload.mapping', 'party_id = access.party() and access.kind() = ''member''');
grant select, insert, update, delete on caseload.run, caseload.line to anydoor_web;
grant select, insert, update on caseload.mapping to anydoor_web;

-- A run is forgotten a fortnight after it was begun, and with it the way back.
create function caseload.sweep() returns integer
language sql security definer set search_path = '' as $$
  with gone as (delete from caseload.run r where r.made_at < clock_timestamp() - interval '14 days' returning 1)
  select count(*)::integer from gone
$$;
revoke all on function caseload.sweep() from public;
grant execute on function caseload.sweep() to anydoor_jobs;
