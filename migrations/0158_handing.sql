-- While a worker is away, a colleague looks after their diary. Who and when is known to the whole agency.
create table diary.away (
  party_id uuid not null references access.party (id),
  id uuid not null default uuidv7(),
  account_id uuid not null references access.account (id),
  cover_id uuid not null references access.account (id),
  from_on date not null,
  until_on date not null,
  primary key (party_id, id),
  check (until_on >= from_on),
  check (cover_id <> account_id)
);
create index away_by_cover on diary.away (party_id, cover_id, until_on);
create index away_by_account on diary.away (party_id, account_id, until_on);
call access.fence('diary.away', 'party_id = access.party() and access.kind() = ''member''');
grant select, insert, delete on diary.away to anydoor_web;

-- A case on its way to a colleague: offered with a note, then accepted, declined or taken back. The case stays where it is until then.
create table diary.handing (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  from_id uuid not null references access.account (id),
  to_id uuid not null references access.account (id),
  state text not null default 'offered' check (state in ('offered', 'accepted', 'declined', 'taken-back')),
  offered_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade,
  check ((state = 'offered') = (ended_at is null))
);
create unique index handing_open on diary.handing (party_id, case_id) where state = 'offered';
create index handing_by_to on diary.handing (party_id, to_id) where state = 'offered';
call access.fence('diary.handing', 'access.may_see(party_id, case_id)');
grant select, insert, update on diary.handing to anydoor_web;

-- The ending of a case: what was asked before, sealed. A case reaches its end by such a row and in no other way.
create table diary.closing (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  asked_by uuid not null references access.account (id),
  asked_at timestamptz not null default clock_timestamp(),
  confirmed_by uuid references access.account (id),
  state text not null check (state in ('asked', 'ended', 'taken-back', 'reopened')),
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade,
  check (confirmed_by is null or confirmed_by <> asked_by)
);
create unique index closing_current on diary.closing (party_id, case_id) where state in ('asked', 'ended');
create index closing_asked on diary.closing (party_id, asked_at) where state = 'asked';
call access.fence('diary.closing', 'access.may_see(party_id, case_id)');
grant select, insert, update on diary.closing to anydoor_web;

create function diary.end_by_closing() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from diary.closing k where k.party_id = new.party_id and k.case_id = new.id and k.state = 'ended') then
    raise exception 'A case ends by what its closing asked.' using errcode = 'check_violation';
  end if;
  return new;
end $$;
revoke all on function diary.end_by_closing() from public;
create trigger end_by_closing before insert or update of state on people."case"
  for each row when (new.state = 'ended') execute function diary.end_by_closing();

-- One mail that says that something waits, in the same four hours as every other: for what falls due, for a case that is offered,
-- and for a closing that wants a second lead. Only clear columns are read.
create function diary.remind() returns integer
language sql security definer set search_path = '' as $$
  with waits as (
    select coalesce(a.cover_id, case when diary.holds(e.party_id, e.case_id, e.owner_id) then e.owner_id else c.owner_id end) as account_id, e.party_id, e.case_id, e.due_at as since from diary.entry e
    join people."case" c on c.party_id = e.party_id and c.id = e.case_id and c.state = 'active'
    left join diary.away a on a.party_id = e.party_id and a.account_id = e.owner_id and current_date between a.from_on and a.until_on
    where e.state = 'open' and e.due_at <= clock_timestamp()
    union all
    select h.to_id, h.party_id, h.case_id, h.offered_at from diary.handing h where h.state = 'offered'
    union all
    select m.account_id, k.party_id, k.case_id, k.asked_at from diary.closing k
    join access.membership m on m.party_id = k.party_id and m.valid @> clock_timestamp() and 'lead' = any (m.roles) and m.account_id <> k.asked_by
    where k.state = 'asked'
  ), due as (
    select distinct a.id, a.email from waits w join access.account a on a.id = w.account_id and a.state = 'active'
    join access.membership m on m.party_id = w.party_id and m.account_id = w.account_id and m.valid @> clock_timestamp()
    where w.since > coalesce(a.notified_at, '-infinity')
      and (a.notified_at is null or a.notified_at < clock_timestamp() - interval '4 hours')
      and exists (select from keyring.case_wrap k where k.party_id = w.party_id and k.case_id = w.case_id and k.holder in (w.party_id, w.account_id))
    limit 500
  ), noted as (
    update access.account a set notified_at = clock_timestamp() from due where a.id = due.id
  ), put as (
    insert into jobs.mail (address, template) select email, 'something-waits' from due returning 1
  )
  select count(*)::integer from put
$$;
revoke all on function diary.remind() from public;
grant execute on function diary.remind() to anydoor_jobs;
