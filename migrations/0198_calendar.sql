-- A worker's own calendar: by an address that only they know, or by a mail for one time. Whose it is and when stand in clear; what it is,
-- with whom and for whom stands nowhere here.
alter table jobs.mail drop constraint mail_template_check;
alter table jobs.mail add constraint mail_template_check
  check (template in ('something-waits', 'invitation-link', 'something-waits-link', 'letter-link', 'calendar'));

create schema calendar;
grant usage on schema calendar to anydoor_web, anydoor_public, anydoor_jobs;

create table calendar.address (
  party_id uuid not null references access.party (id),
  account_id uuid not null references access.account (id),
  key_hash bytea not null,
  made_on date not null default current_date,
  read_on date,
  primary key (party_id, account_id)
);
create index address_by_key on calendar.address (key_hash);
call access.fence('calendar.address', 'party_id = access.party() and access.kind() = ''member'' and account_id = access.account()');
grant select, insert, update (key_hash, made_on, read_on), delete on calendar.address to anydoor_web;

-- What somebody asked to have in their calendar: the subject is an entry of the diary or a referral.
create table calendar.invitation (
  party_id uuid not null references access.party (id),
  account_id uuid not null references access.account (id),
  subject_id uuid not null,
  uid uuid not null default gen_random_uuid(),
  at timestamptz not null,
  minutes integer check (minutes between 5 and 600),
  sequence integer not null default 0,
  told integer not null default -1,
  state text not null default 'planned' check (state in ('planned', 'off', 'out')),
  primary key (party_id, account_id, subject_id)
);
create index invitation_by_subject on calendar.invitation (party_id, subject_id);
create index invitation_to_tell on calendar.invitation (at) where told < sequence;
call access.fence('calendar.invitation', 'party_id = access.party() and access.kind() = ''member'' and account_id = access.account()');
grant select, insert, update (at, minutes, sequence, state) on calendar.invitation to anydoor_web;

-- Moves what everybody of the agency has of one time in their calendar, or takes it out of it. What somebody took out by hand stays out.
create function calendar.change(p uuid, subject uuid, moment timestamptz, off boolean) returns void
language sql security definer set search_path = '' as $$
  update calendar.invitation i set at = coalesce(moment, i.at), state = case when off then 'off' else 'planned' end, sequence = i.sequence + 1
    where i.party_id = p and i.subject_id = subject and i.state <> 'out'
      and (i.state <> case when off then 'off' else 'planned' end or (not off and i.at <> coalesce(moment, i.at)));
$$;
revoke all on function calendar.change(uuid, uuid, timestamptz, boolean) from public;

-- An entry of the diary that is over, moved in time, or given to somebody else is out of the calendar of whoever had it.
create function calendar.follow_entry() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    perform calendar.change(old.party_id, old.id, null, true);
  elsif new.state = 'over' or new.owner_id <> old.owner_id then
    perform calendar.change(new.party_id, new.id, null, true);
  elsif new.due_at <> old.due_at then
    perform calendar.change(new.party_id, new.id, new.due_at, false);
  end if;
  return null;
end $$;
revoke all on function calendar.follow_entry() from public;
create trigger calendar_follows after update of state, owner_id, due_at or delete on diary.entry
  for each row execute function calendar.follow_entry();

-- A referral that is over has no meeting any more.
create function calendar.follow_thread() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform calendar.change(old.party_id, old.id, null, true);
  return null;
end $$;
revoke all on function calendar.follow_thread() from public;
create trigger calendar_follows after update of state on referrals.thread
  for each row when (new.state in ('met', 'declined', 'ended', 'withdrawn')) execute function calendar.follow_thread();
create trigger calendar_follows_erasing after delete on referrals.thread for each row execute function calendar.follow_thread();

-- From whom a referral is held, of them nothing of it is in a calendar any more: no change of it reaches them, and no word that it is off.
create function calendar.follow_held() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from calendar.invitation i where i.party_id = new.party_id and i.subject_id = new.id and i.account_id = any (new.held_from);
  return null;
end $$;
revoke all on function calendar.follow_held() from public;
create trigger calendar_follows_held after update of held_from on referrals.thread
  for each row when (new.held_from <> old.held_from) execute function calendar.follow_held();

-- Whether somebody may still hear of what a time is for: they hold the key of its case, and nothing is held from them. What is erased is
-- no secret any more: that it is off may be said.
create function calendar.may_hear(p uuid, who uuid, subject uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((
    select bool_and(who <> all (s.held_from) and (s.case_id is null or exists (select from keyring.case_wrap k where k.party_id = p
      and k.case_id = s.case_id and k.holder in (p, who) and (k.ends_at is null or k.ends_at > clock_timestamp()))))
    from (
      select t.case_id, t.held_from from referrals.thread t where t.party_id = p and t.id = subject
      union all
      select e.case_id, '{}'::uuid[] from diary.entry e where e.party_id = p and e.id = subject
    ) s), true);
$$;
revoke all on function calendar.may_hear(uuid, uuid, uuid) from public;

-- The meeting of a referral is at another time, or off (null). Only of a referral that the asker may see.
create function calendar.meeting_at(thread uuid, moment timestamptz) returns void
language sql security definer set search_path = '' as $$
  select calendar.change(t.party_id, t.id, moment, moment is null) from referrals.thread t
    where t.party_id = access.party() and access.kind() = 'member' and t.id = thread and access.account() <> all (t.held_from)
      and (t.case_id is null or access.may_see(t.party_id, t.case_id));
$$;

-- What was moved in the diary stands there as a new entry: whoever had the old one in a calendar has the new one.
create function calendar.moved_to(old_entry uuid, new_entry uuid) returns void
language sql security definer set search_path = '' as $$
  update calendar.invitation i set subject_id = e.id, at = e.due_at, state = 'planned', sequence = i.sequence + 1
    from diary.entry o join diary.entry e on e.party_id = o.party_id and e.case_id = o.case_id and e.id = new_entry and e.state = 'open'
    where o.party_id = access.party() and access.kind() = 'member' and access.may_see(o.party_id, o.case_id) and o.id = old_entry
      and i.party_id = o.party_id and i.subject_id = o.id and i.account_id = e.owner_id and i.state <> 'out';
$$;
revoke all on function calendar.meeting_at(uuid, timestamptz), calendar.moved_to(uuid, uuid) from public;
grant execute on function calendar.meeting_at(uuid, timestamptz), calendar.moved_to(uuid, uuid) to anydoor_web;

-- What an address answers with: one's own open entries and the meetings one asked for, from two weeks ago to half a year ahead.
-- The same work for an address that nobody has.
create function calendar.lines(hash bytea) returns table (id uuid, at timestamptz, minutes integer, sequence integer)
language sql stable security definer set search_path = '' as $$
  with who as (
    select a.party_id, a.account_id from calendar.address a join access.membership m on m.party_id = a.party_id and m.account_id = a.account_id
      and m.valid @> clock_timestamp() join access.account k on k.id = a.account_id and k.state = 'active' where a.key_hash = hash
  )
  select coalesce(i.uid, e.id), e.due_at, i.minutes, greatest(e.version, i.sequence) from who w join diary.entry e on e.party_id = w.party_id and e.owner_id = w.account_id
      and e.state = 'open' and e.due_at between clock_timestamp() - interval '14 days' and clock_timestamp() + interval '180 days'
    join people."case" c on c.party_id = e.party_id and c.id = e.case_id and c.state = 'active'
    left join calendar.invitation i on i.party_id = e.party_id and i.account_id = e.owner_id and i.subject_id = e.id
    where exists (select from keyring.case_wrap k where k.party_id = e.party_id and k.case_id = e.case_id
      and k.holder in (e.party_id, w.account_id) and (k.ends_at is null or k.ends_at > clock_timestamp()))
  union all
  select i.uid, i.at, i.minutes, i.sequence from who w join calendar.invitation i on i.party_id = w.party_id and i.account_id = w.account_id
    and i.state = 'planned' and i.at between clock_timestamp() - interval '14 days' and clock_timestamp() + interval '180 days'
    where not exists (select from diary.entry e where e.party_id = i.party_id and e.id = i.subject_id)
      and calendar.may_hear(i.party_id, i.account_id, i.subject_id)
  order by 2, 1 limit 500;
$$;
create function calendar.read(hash bytea) returns boolean
language sql security definer set search_path = '' as $$
  update calendar.address a set read_on = current_date where a.key_hash = hash and exists (select from access.membership m
    join access.account k on k.id = m.account_id and k.state = 'active'
    where m.party_id = a.party_id and m.account_id = a.account_id and m.valid @> clock_timestamp()) returning true;
$$;
revoke all on function calendar.lines(bytea), calendar.read(bytea) from public;
grant execute on function calendar.lines(bytea), calendar.read(bytea) to anydoor_public;

-- What has still to be mailed; whoever has an address reads it there.
create function calendar.to_tell() returns table (party_id uuid, account_id uuid, subject_id uuid, email bytea, uid uuid, at timestamptz, minutes integer, sequence integer, off boolean)
language sql security definer set search_path = '' as $$
  select i.party_id, i.account_id, i.subject_id, a.email, i.uid, i.at, i.minutes, i.sequence, i.state <> 'planned' from calendar.invitation i
    join access.account a on a.id = i.account_id and a.state = 'active'
    join access.membership m on m.party_id = i.party_id and m.account_id = i.account_id and m.valid @> clock_timestamp()
    where i.told < i.sequence and (i.told >= 0 or i.state = 'planned') and i.at > clock_timestamp()
      and calendar.may_hear(i.party_id, i.account_id, i.subject_id)
      and not exists (select from calendar.address d where d.party_id = i.party_id and d.account_id = i.account_id)
    order by i.at limit 100 for update of i skip locked;
$$;
create function calendar.tell(p uuid, who uuid, subject uuid, said integer, address bytea) returns void
language sql security definer set search_path = '' as $$
  with told as (
    update calendar.invitation i set told = said where i.party_id = p and i.account_id = who and i.subject_id = subject and i.told < said returning 1
  ) insert into jobs.mail (address, template) select address, 'calendar' from told;
$$;
-- What is over, was called off, or belongs to somebody who has left.
create function calendar.sweep() returns integer
language sql security definer set search_path = '' as $$
  with left_over as (
    delete from calendar.address a where not exists (select from access.membership m where m.party_id = a.party_id and m.account_id = a.account_id
      and m.valid @> clock_timestamp()) returning 1
  ), gone as (
    delete from calendar.invitation i where i.at < clock_timestamp() - interval '14 days'
      or (i.state <> 'planned' and (i.told < 0 or i.told >= i.sequence or i.at < clock_timestamp()
        or exists (select from calendar.address d where d.party_id = i.party_id and d.account_id = i.account_id)))
      or not exists (select from access.membership m where m.party_id = i.party_id and m.account_id = i.account_id and m.valid @> clock_timestamp())
    returning 1
  ) select (select count(*) from left_over)::integer + (select count(*) from gone)::integer;
$$;
revoke all on function calendar.to_tell(), calendar.tell(uuid, uuid, uuid, integer, bytea), calendar.sweep() from public;
grant execute on function calendar.to_tell(), calendar.tell(uuid, uuid, uuid, integer, bytea), calendar.sweep() to anydoor_jobs;
