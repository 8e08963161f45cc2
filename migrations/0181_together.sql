-- A step of the help for one person of a family: one service, one permission, in that person's own file and under its key. Which act
-- it belongs to, with whom it goes and what it waits for stand inside the seal. Clear is only whether it waits, for *My work*.
create schema together;
grant usage on schema together to anydoor_web;

create table together.step (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default gen_random_uuid(),
  waits boolean not null default false,
  version integer not null default 1,
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
call access.fence('together.step', 'access.may_see(party_id, case_id)');
grant select, insert, update, delete on together.step to anydoor_web;
create index step_that_waits on together.step (party_id, case_id) where waits;

-- That two files belong to one family act: a row on each side, under that side's own key, of one size; the rows share no id and no time.
create table together.tie (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default gen_random_uuid(),
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
call access.fence('together.tie', 'access.may_see(party_id, case_id)');
grant select, insert, update, delete on together.tie to anydoor_web;

-- Takes away the other side of a tie whose own side was opened: only there does its id stand, sealed. It answers nothing.
create function together.cut(mirrors uuid[]) returns void
language sql security definer set search_path = '' as $$
  delete from together.tie l where l.party_id = access.party() and access.kind() = 'member' and l.id = any (mirrors);
$$;
revoke all on function together.cut(uuid[]) from public;
grant execute on function together.cut(uuid[]) to anydoor_web;
