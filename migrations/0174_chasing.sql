-- An answer that does not come is asked for: by when it is due, who is told first and who next, and one mail that says no more than
-- that something waits. Everything here is about agencies, threads and colleagues; no column says anything of a person.

-- What two agencies agreed about how soon an answer comes; without a row the country's own table holds.
create table referrals.reply_time (
  party_id uuid not null references access.party (id),
  partner_id uuid not null references access.party (id),
  kind text not null check (kind in ('ask', 'referral')),
  level text not null check (level in ('now', 'today', 'this-week', 'no-hurry')),
  hours integer not null check (hours between 1 and 1000),
  primary key (party_id, partner_id, kind, level),
  check (partner_id <> party_id)
);
call access.fence('referrals.reply_time', 'party_id = access.party() and access.kind() = ''member''');
grant select, insert, update, delete on referrals.reply_time to anydoor_web;

-- Which lead hears of what is late, and after how many tries somebody counts as not reached. Empty: every lead, the country's number.
create table referrals.chase_setting (
  party_id uuid not null references access.party (id),
  lead_id uuid references access.account (id),
  tries integer check (tries between 1 and 20),
  primary key (party_id)
);
call access.fence('referrals.chase_setting', 'party_id = access.party() and access.kind() = ''member''');
grant select, insert, update on referrals.chase_setting to anydoor_web;

-- What was given to a worker, taken from them or changed by somebody else, until they have looked.
create table referrals.notice (
  party_id uuid not null,
  account_id uuid not null references access.account (id),
  thread_id uuid not null,
  kind text not null check (kind in ('given', 'taken-away', 'changed')),
  noted_at timestamptz not null default clock_timestamp(),
  primary key (party_id, account_id, thread_id),
  foreign key (party_id, thread_id) references referrals.thread (party_id, id) on delete cascade
);
create index notice_by_time on referrals.notice (noted_at);
call access.fence('referrals.notice', 'party_id = access.party() and account_id = access.account() and access.kind() = ''member''
  and exists (select from referrals.thread t where t.party_id = notice.party_id and t.id = notice.thread_id)');
grant select, delete on referrals.notice to anydoor_web;

-- Written wherever a thread changes hands or stands elsewhere, whoever does it. Nobody is told of what they did themselves, and
-- nobody of a thread that is held from them: not even that it went.
create function referrals.note_change() returns trigger
language plpgsql security definer set search_path = '' as $$
declare me uuid := access.account(); told uuid; what text;
begin
  if new.assignee_id is distinct from old.assignee_id then
    -- Whoever gives a thread away has looked at it.
    delete from referrals.notice n where n.party_id = new.party_id and n.thread_id = new.id and n.account_id = me;
    if old.assignee_id is not null and old.assignee_id is distinct from me and old.assignee_id <> all (new.held_from) then
      insert into referrals.notice as n (party_id, account_id, thread_id, kind) values (new.party_id, old.assignee_id, new.id, 'taken-away')
        on conflict (party_id, account_id, thread_id) do update set kind = excluded.kind, noted_at = clock_timestamp();
    end if;
    told := new.assignee_id; what := 'given';
  elsif (new.state, new.place, new.expected_at) is distinct from (old.state, old.place, old.expected_at)
      and (old.state, new.state) is distinct from ('sent', 'received') then
    told := new.assignee_id; what := 'changed';
  end if;
  if told is not null and told is distinct from me and told <> all (new.held_from) then
    insert into referrals.notice as n (party_id, account_id, thread_id, kind) values (new.party_id, told, new.id, what)
      on conflict (party_id, account_id, thread_id) do update set noted_at = clock_timestamp(),
        kind = case when n.kind = 'given' and excluded.kind = 'changed' then n.kind else excluded.kind end;
  end if;
  return null;
end $$;
revoke all on function referrals.note_change() from public;
create trigger note_change after update of assignee_id, state, place, expected_at on referrals.thread
  for each row execute function referrals.note_change();

-- How long after the due time the next one is told: as long as there was for the answer, between half an hour and a day.
create function referrals.chase_unit(started timestamptz, due timestamptz) returns interval
language sql immutable set search_path = ''
  return greatest(least(due - started, interval '24 hours'), interval '30 minutes');

create index thread_owed on referrals.thread (due_at) where due_at is not null and state in ('sent', 'received', 'question');

-- Who is told of an answer that is late, and from when on. First whoever owes it: their worker at once, their lead one unit later.
-- Then whoever waits for it: the worker after two units, the lead after three. A colleague who covers comes before one who is away;
-- with nobody in charge it is the lead's at once. Nobody who may not see the thread, and nobody where nothing is shared any more.
create function referrals.late(of_party uuid, due_after timestamptz) returns table (party_id uuid, thread_id uuid, account_id uuid, as_lead boolean, since timestamptz)
language sql stable security definer set search_path = '' as $$
  with late as materialized (
    select t.party_id, t.id, t.case_id, t.assignee_id, t.held_from, t.due_at, referrals.chase_unit(t.started_at, t.due_at) as unit,
      case when (t.side = 'to') <> (t.state = 'question') then 0 else 2 end as step
    from referrals.thread t
    where t.due_at <= clock_timestamp() and (due_after is null or t.due_at > due_after) and t.state in ('sent', 'received', 'question')
      and (of_party is null or t.party_id = of_party) and not t.untried
      and (t.side = 'to' or t.kind = 'ask' or t.state = 'question' or referrals.reach(t.comes_back) >= 3)
      and case t.side
        when 'to' then exists (select from envelopes.incoming i where i.party_id = t.party_id and i.thread_id = t.id and i.kind in ('ask', 'request')
          and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp()))
        else exists (select from envelopes.outgoing o where o.party_id = t.party_id and o.thread_id = t.id and o.kind in ('ask', 'request')
          and o.state <> 'ended' and (o.ends_at is null or o.ends_at > clock_timestamp())) end
  ), staff as materialized (
    select m.party_id, m.account_id, 'lead' = any (m.roles) as leads from access.membership m
    join access.account a on a.id = m.account_id and a.state = 'active'
    where m.valid @> clock_timestamp() and m.roles && array['worker', 'lead'] and (of_party is null or m.party_id = of_party)
  ), candidates as (
    select l.party_id, l.id, 1 as rank, w.cover_id as account_id from late l
      join diary.away w on w.party_id = l.party_id and w.account_id = l.assignee_id and current_date between w.from_on and w.until_on
    union all
    select l.party_id, l.id, 2, l.assignee_id from late l where l.assignee_id is not null
    union all
    select l.party_id, l.id, 3, c.owner_id from late l join people."case" c on c.party_id = l.party_id and c.id = l.case_id
  ), workers as (
    select distinct on (k.party_id, k.id) k.party_id, k.id, k.account_id from candidates k
    join late l on l.party_id = k.party_id and l.id = k.id
    join staff s on s.party_id = k.party_id and s.account_id = k.account_id
    where k.account_id <> all (l.held_from) and (l.case_id is null or exists (select from keyring.case_wrap w
      where w.party_id = l.party_id and w.case_id = l.case_id and w.holder in (l.party_id, k.account_id)))
    order by k.party_id, k.id, k.rank
  ), leads as (
    select l.party_id, l.id, s.account_id, s.account_id is not distinct from g.lead_id as named,
      bool_or(s.account_id is not distinct from g.lead_id) over (partition by l.party_id, l.id) as has_named
    from late l join staff s on s.party_id = l.party_id and s.leads
    left join referrals.chase_setting g on g.party_id = l.party_id
    where s.account_id <> all (l.held_from) and (l.case_id is null or exists (select from keyring.case_wrap w
      where w.party_id = l.party_id and w.case_id = l.case_id and w.holder in (l.party_id, s.account_id)))
  ), told as (
    select l.party_id, l.id, w.account_id, false as as_lead, l.due_at + l.unit * l.step as since
      from late l join workers w on w.party_id = l.party_id and w.id = l.id
    union all
    select l.party_id, l.id, k.account_id, true, l.due_at + l.unit * (l.step + case when w.account_id is null then 0 else 1 end)
      from late l join leads k on k.party_id = l.party_id and k.id = l.id and (k.named or not k.has_named)
      left join workers w on w.party_id = l.party_id and w.id = l.id
  )
  select distinct on (t.party_id, t.id, t.account_id) t.party_id, t.id, t.account_id, t.as_lead, t.since from told t
  where t.since <= clock_timestamp() order by t.party_id, t.id, t.account_id, t.as_lead
$$;

-- What is late for the asker, the longest first, with how many there are.
create function referrals.late_for_me(most integer) returns table (thread_id uuid, as_lead boolean, since timestamptz, total integer)
language sql stable security definer set search_path = '' as $$
  select l.thread_id, l.as_lead, l.since, count(*) over ()::integer from referrals.late(access.party(), null) l
  where access.kind() = 'member' and l.account_id = access.account()
  order by l.since, l.thread_id limit least(most, 100)
$$;

-- "Please answer": from the side that asked, about what is late, once in a day, and only while the other side could still answer and
-- its answer may come back. There is nothing in it to seal: both timelines have a line, as of an opening.
create function referrals.please_answer(thread uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare mine referrals.thread;
begin
  if access.kind() is distinct from 'member' then return 'no-thread'; end if;
  select * into mine from referrals.thread t where t.party_id = access.party() and t.id = thread and t.side = 'from' for update;
  if not found or mine.untried or access.account() = any (mine.held_from)
    or (mine.case_id is not null and not access.may_see(mine.party_id, mine.case_id)) then return 'no-thread'; end if;
  if mine.state not in ('sent', 'received') or (mine.kind = 'referral' and referrals.reach(mine.comes_back) < 3)
    or not exists (select from envelopes.outgoing o where o.party_id = mine.party_id and o.thread_id = thread and o.kind in ('ask', 'request')
      and o.state <> 'ended' and (o.ends_at is null or o.ends_at > clock_timestamp())) then return 'not-now'; end if;
  if coalesce(mine.due_at, mine.started_at + interval '24 hours') > clock_timestamp() then return 'not-due'; end if;
  if exists (select from referrals.event e where e.party_id = mine.party_id and e.thread_id = thread and e.kind = 'nudged'
    and e.at > clock_timestamp() - interval '24 hours') then return 'asked-today'; end if;
  insert into referrals.event (party_id, thread_id, kind, actor_id, at) values (mine.party_id, thread, 'nudged', access.account(), clock_timestamp());
  insert into referrals.event (party_id, thread_id, kind, at) select t.party_id, t.id, 'nudged', clock_timestamp() from referrals.thread t
    where t.party_id = mine.other_party and t.id = thread and t.other_party = mine.party_id;
  return 'asked';
end $$;
create index event_nudged on referrals.event (at) where kind = 'nudged';

-- What of all this waits for whom, and since when, for the one mail. A late answer is new once a day, for five days; then the lists
-- have it, and no more mail.
create function referrals.waits() returns table (account_id uuid, since timestamptz)
language sql stable security definer set search_path = '' as $$
  select l.account_id, l.since + interval '1 day' * least(floor(extract(epoch from clock_timestamp() - l.since) / 86400), 4)
    from referrals.late(null, clock_timestamp() - interval '9 days') l
  union all
  select n.account_id, n.noted_at from referrals.notice n
    join referrals.thread t on t.party_id = n.party_id and t.id = n.thread_id and not t.untried and n.account_id <> all (t.held_from)
    join access.membership m on m.party_id = n.party_id and m.account_id = n.account_id and m.valid @> clock_timestamp()
    where n.kind = 'given' and n.noted_at > clock_timestamp() - interval '9 days'
      and (t.case_id is null or exists (select from keyring.case_wrap w
        where w.party_id = t.party_id and w.case_id = t.case_id and w.holder in (t.party_id, n.account_id)))
  union all
  select m.account_id, e.at from referrals.event e
    join referrals.thread t on t.party_id = e.party_id and t.id = e.thread_id and t.side = 'to' and t.state in ('sent', 'received') and not t.untried
      and exists (select from envelopes.incoming i where i.party_id = t.party_id and i.thread_id = t.id and i.kind in ('ask', 'request')
        and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp()))
    join access.membership m on m.party_id = t.party_id and m.valid @> clock_timestamp() and m.roles && array['worker', 'lead']
      and m.account_id <> all (t.held_from) and (t.assignee_id is null or m.account_id = t.assignee_id)
    where e.kind = 'nudged' and e.at > clock_timestamp() - interval '9 days'
      and (t.case_id is null or exists (select from keyring.case_wrap w
        where w.party_id = t.party_id and w.case_id = t.case_id and w.holder in (t.party_id, m.account_id)))
$$;

-- The one mail: as it comes, and then not again for four hours; or once a day, at an hour that the colleague chose.
alter table access.account add column mail_hour smallint check (mail_hour between 0 and 23),
  add column mail_zone text check (mail_zone is null or timezone(mail_zone, timestamptz '2026-01-01 00:00+00') is not null),
  add constraint account_mail_check check ((mail_hour is null) = (mail_zone is null));
grant select (mail_hour, mail_zone) on access.account to anydoor_web;

-- A colleague sets the hour of their own mail; nulls are as it comes.
create function parties.set_mail_hour(hour integer, zone text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if access.kind() is distinct from 'member' then return false; end if;
  update access.account a set mail_hour = hour, mail_zone = zone where a.id = access.account();
  return found;
end $$;
revoke all on function parties.set_mail_hour(integer, text) from public;
grant execute on function parties.set_mail_hour(integer, text) to anydoor_web;

create function jobs.may_mail(told timestamptz, hour integer, zone text) returns boolean
language sql stable set search_path = ''
  return case
    when hour is null then told is null or told < clock_timestamp() - interval '4 hours'
    else extract(hour from clock_timestamp() at time zone zone) >= hour
      and (told is null or (told at time zone zone)::date < (clock_timestamp() at time zone zone)::date) end;

-- "Something waits", as before, and for what is late, given or asked for again.
create or replace function jobs.notify_waiting() returns integer
language sql security definer set search_path = '' as $$
  with waits as (
    select m.account_id, greatest(i.received_at, i.tried_at) as since from access.membership m
    join envelopes.incoming i on i.party_id = m.party_id and i.state = 'waiting' and i.names is null and m.account_id <> all (i.held_from)
      and not exists (select from referrals.thread t where t.party_id = i.party_id and t.id = i.thread_id and t.untried)
      and (i.case_id is null or exists (select from keyring.case_wrap w
        where w.party_id = i.party_id and w.case_id = i.case_id and w.holder in (i.party_id, m.account_id)))
    where m.valid @> clock_timestamp() and m.roles && array['worker', 'lead', 'privacy-lead']
    union all
    select m.account_id, f.since from exchange.needs_somebody() f
    join access.membership m on m.party_id = f.party_id and m.valid @> clock_timestamp() and 'directory-editor' = any (m.roles)
    where m.account_id = f.keeper_id or not exists (select from access.membership k join access.account a on a.id = k.account_id
      where k.party_id = f.party_id and k.account_id = f.keeper_id and k.valid @> clock_timestamp()
        and 'directory-editor' = any (k.roles) and a.state = 'active')
    union all
    select m.account_id, c.due_at from people."case" c
    join access.membership m on m.party_id = c.party_id and m.account_id = c.owner_id and m.valid @> clock_timestamp()
    where c.state = 'active' and c.due_at <= clock_timestamp()
    union all
    select w.account_id, w.since from referrals.waits() w
  ), due as (
    select distinct a.id, a.email from access.account a join waits w on w.account_id = a.id
      and w.since > coalesce(a.notified_at, '-infinity')
    where a.state = 'active' and jobs.may_mail(a.notified_at, a.mail_hour, a.mail_zone)
    limit 500
  ), noted as (
    update access.account a set notified_at = clock_timestamp() from due where a.id = due.id
  ), put as (
    insert into jobs.mail (address, template) select email, 'something-waits' from due returning 1
  )
  select count(*)::integer from put
$$;

-- As before, at the hour that the colleague chose.
create or replace function diary.remind() returns integer
language sql security definer set search_path = '' as $$
  with waits as (
    select case when diary.holds(e.party_id, e.case_id, a.cover_id) then a.cover_id
      when diary.holds(e.party_id, e.case_id, e.owner_id) then e.owner_id else c.owner_id end as account_id, e.party_id, e.case_id, e.due_at as since from diary.entry e
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
      and jobs.may_mail(a.notified_at, a.mail_hour, a.mail_zone)
      and exists (select from keyring.case_wrap k where k.party_id = w.party_id and k.case_id = w.case_id and k.holder in (w.party_id, w.account_id))
    limit 500
  ), noted as (
    update access.account a set notified_at = clock_timestamp() from due where a.id = due.id
  ), put as (
    insert into jobs.mail (address, template) select email, 'something-waits' from due returning 1
  )
  select count(*)::integer from put
$$;

-- What nobody looked at within a month, and what was for somebody who has left, goes.
create function referrals.sweep() returns integer
language sql security definer set search_path = '' as $$
  with gone as (delete from referrals.notice n where n.noted_at < clock_timestamp() - interval '31 days'
    or not exists (select from access.membership m where m.party_id = n.party_id and m.account_id = n.account_id and m.valid @> clock_timestamp()) returning 1)
  select count(*)::integer from gone
$$;

revoke all on function referrals.chase_unit(timestamptz, timestamptz), referrals.late(uuid, timestamptz), referrals.late_for_me(integer),
  referrals.please_answer(uuid), referrals.waits(), jobs.may_mail(timestamptz, integer, text), referrals.sweep() from public;
grant execute on function referrals.chase_unit(timestamptz, timestamptz), referrals.late_for_me(integer), referrals.please_answer(uuid) to anydoor_web;
grant execute on function referrals.sweep() to anydoor_jobs;

-- In the demo an answer is due from the day on which it was asked for, and what was changed was changed then.
create or replace function access.backdate_step(of_thread uuid, happened timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if (select i.demo_begun is null from access.installation i) then return; end if;
  update releases.release r set starts_at = happened where r.starts_at > now() - interval '1 hour'
    and exists (select from envelopes.outgoing o where o.party_id = r.party_id and o.release_id = r.id and o.thread_id = of_thread);
  update referrals.thread t set started_at = happened, due_at = t.due_at + (happened - t.started_at)
    where t.id = of_thread and t.started_at > now() - interval '1 hour';
  update referrals.event e set at = happened where e.thread_id = of_thread and e.at > now() - interval '1 hour';
  update referrals.notice n set noted_at = happened where n.thread_id = of_thread and n.noted_at > now() - interval '1 hour';
  update envelopes.outgoing o set sent_at = happened where o.thread_id = of_thread and o.sent_at > now() - interval '1 hour';
  update envelopes.incoming n set received_at = happened where n.thread_id = of_thread and n.received_at > now() - interval '1 hour';
end $$;
