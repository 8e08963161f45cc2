-- The diary: next steps and appointments of a case, and a worker's own tasks. What is to be done, for whom, and what came of it
-- is sealed; clear is whose it is, when it falls due, and whether it is over. Not even whether somebody came stands in clear.
create schema diary;
grant usage on schema diary to anydoor_web, anydoor_jobs;

create table diary.entry (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  owner_id uuid not null references access.account (id),
  state text not null default 'open' check (state in ('open', 'over')),
  due_at timestamptz not null,
  version integer not null default 1,
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
create index entry_by_owner on diary.entry (party_id, owner_id, due_at, id) where state = 'open';
create index entry_by_case on diary.entry (party_id, case_id, due_at desc, id);
call access.fence('diary.entry', 'access.may_see(party_id, case_id)');
grant select, insert, update on diary.entry to anydoor_web;

-- A worker's own task, of no case: nobody else is shown it.
create table diary.task (
  party_id uuid not null references access.party (id),
  id uuid not null default uuidv7(),
  owner_id uuid not null references access.account (id),
  due_at timestamptz not null,
  key_version integer not null,
  body bytea not null,
  primary key (party_id, id)
);
create index task_by_owner on diary.task (party_id, owner_id, due_at, id);
call access.fence('diary.task', 'party_id = access.party() and access.kind() = ''member'' and owner_id = access.account()');
grant select, insert, delete on diary.task to anydoor_web;

-- What is open of a case follows its worker, whoever gives the case away and by whichever page.
create function diary.follow_worker() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update diary.entry set owner_id = new.owner_id, version = version + 1
    where party_id = new.party_id and case_id = new.id and owner_id = old.owner_id and state = 'open';
  return null;
end $$;
revoke all on function diary.follow_worker() from public;
create trigger follow_worker after update of owner_id on people."case"
  for each row when (old.owner_id is distinct from new.owner_id) execute function diary.follow_worker();

-- Whether somebody still works here and holds the case's key: what lies with anybody else shows with the case's worker.
create function diary.holds(p uuid, wanted uuid, who uuid) returns boolean
language sql stable security invoker set search_path = ''
  return exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = wanted and w.holder in (p, who))
    and exists (select from access.membership m where m.party_id = p and m.account_id = who and m.valid @> clock_timestamp());
revoke all on function diary.holds(uuid, uuid, uuid) from public;
grant execute on function diary.holds(uuid, uuid, uuid) to anydoor_web;
