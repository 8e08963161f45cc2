-- A key to a closed case may have an end, as after breaking the glass: whoever holds one whose time is over is told of nothing in it.

create or replace function referrals.waits() returns table (account_id uuid, since timestamptz)
language sql stable security definer set search_path = '' as $$
  select l.account_id, l.since + interval '1 day' * least(floor(extract(epoch from clock_timestamp() - l.since) / 86400), 4)
    from referrals.late(null, clock_timestamp() - interval '9 days') l
  union all
  select n.account_id, n.noted_at from referrals.notice n
    join referrals.thread t on t.party_id = n.party_id and t.id = n.thread_id and not t.untried and n.account_id <> all (t.held_from)
    join access.membership m on m.party_id = n.party_id and m.account_id = n.account_id and m.valid @> clock_timestamp()
    where n.kind = 'given' and n.noted_at > clock_timestamp() - interval '9 days'
      and (t.case_id is null or exists (select from keyring.case_wrap w
        where w.party_id = t.party_id and w.case_id = t.case_id and w.holder in (t.party_id, n.account_id) and (w.ends_at is null or w.ends_at > clock_timestamp())))
  union all
  select m.account_id, e.at from referrals.event e
    join referrals.thread t on t.party_id = e.party_id and t.id = e.thread_id and t.side = 'to' and t.state in ('sent', 'received') and not t.untried
      and exists (select from envelopes.incoming i where i.party_id = t.party_id and i.thread_id = t.id and i.kind in ('ask', 'request')
        and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp()))
    join access.membership m on m.party_id = t.party_id and m.valid @> clock_timestamp() and m.roles && array['worker', 'lead']
      and m.account_id <> all (t.held_from) and (t.assignee_id is null or m.account_id = t.assignee_id)
    where e.kind = 'nudged' and e.at > clock_timestamp() - interval '9 days'
      and (t.case_id is null or exists (select from keyring.case_wrap w
        where w.party_id = t.party_id and w.case_id = t.case_id and w.holder in (t.party_id, m.account_id) and (w.ends_at is null or w.ends_at > clock_timestamp())))
  union all
  select p.account_id, p.since from referrals.passed_on_to() p
$$;

create or replace function jobs.notify_waiting() returns integer
language sql security definer set search_path = '' as $$
  with waits as (
    select m.account_id, greatest(i.received_at, i.tried_at) as since from access.membership m
    join envelopes.incoming i on i.party_id = m.party_id and i.state = 'waiting' and i.names is null and m.account_id <> all (i.held_from)
      and not exists (select from referrals.thread t where t.party_id = i.party_id and t.id = i.thread_id and t.untried)
      and (i.case_id is null or exists (select from keyring.case_wrap w
        where w.party_id = i.party_id and w.case_id = i.case_id and w.holder in (i.party_id, m.account_id) and (w.ends_at is null or w.ends_at > clock_timestamp())))
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
    select w.account_id, w.since from referrals.waits() w union all select x.account_id, x.since from light.waits() x
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
      and exists (select from keyring.case_wrap k where k.party_id = w.party_id and k.case_id = w.case_id and k.holder in (w.party_id, w.account_id) and (k.ends_at is null or k.ends_at > clock_timestamp()))
    limit 500
  ), noted as (
    update access.account a set notified_at = clock_timestamp() from due where a.id = due.id
  ), put as (
    insert into jobs.mail (address, template) select email, 'something-waits' from due returning 1
  )
  select count(*)::integer from put
$$;

create or replace function light.waits() returns table (account_id uuid, since timestamptz)
language sql stable security definer set search_path = '' as $$
  with over as materialized (select * from light.to_renew(clock_timestamp() - interval '12 days')), candidates as (
    select o.thread_id, o.party_id, 1 as rank, w.cover_id as account_id from over o
      join diary.away w on w.party_id = o.party_id and w.account_id = coalesce(o.assignee_id, o.made_by) and current_date between w.from_on and w.until_on
    union all
    select o.thread_id, o.party_id, 2, o.assignee_id from over o where o.assignee_id is not null
    union all
    select o.thread_id, o.party_id, 3, c.owner_id from over o join people."case" c on c.party_id = o.party_id and c.id = o.case_id
    union all
    select o.thread_id, o.party_id, 4, o.made_by from over o
    union all
    select o.thread_id, o.party_id, 5, m.account_id from over o join access.membership m on m.party_id = o.party_id and 'lead' = any (m.roles)
      and m.valid @> clock_timestamp()
  ), able as (
    select k.account_id, o.since, k.rank, min(k.rank) over (partition by k.party_id, k.thread_id) as first from candidates k
    join over o on o.party_id = k.party_id and o.thread_id = k.thread_id
    join access.membership m on m.party_id = k.party_id and m.account_id = k.account_id and m.valid @> clock_timestamp()
      and m.roles && array['worker', 'lead']
    join access.account a on a.id = k.account_id and a.state = 'active'
    where k.account_id <> all (o.held_from) and (o.case_id is null or exists (select from keyring.case_wrap w
      where w.party_id = o.party_id and w.case_id = o.case_id and w.holder in (o.party_id, k.account_id) and (w.ends_at is null or w.ends_at > clock_timestamp())))
  )
  select a.account_id, a.since from able a where a.rank = a.first
$$;

create or replace function jobs.notify_at_once() returns integer
language sql security definer set search_path = '' as $$
  with asked as (
    select t.party_id, t.id, t.case_id, t.held_from, t.at_once_told from referrals.thread t
    where t.at_once_at > clock_timestamp() - interval '1 hour' and t.side = 'to' and t.state = 'received' and not t.untried
    order by t.at_once_at limit 200 for update skip locked
  ), waits as (
    select k.party_id, k.id, m.account_id, a.email from asked k
    join access.membership m on m.party_id = k.party_id and m.valid @> clock_timestamp() and m.roles && array['worker', 'lead']
    join access.account a on a.id = m.account_id and a.state = 'active'
    where m.account_id <> all (k.held_from) and m.account_id <> all (k.at_once_told)
      and exists (select from envelopes.incoming i where i.party_id = k.party_id and i.thread_id = k.id and i.kind = 'ask'
        and i.state in ('waiting', 'opened') and i.names is null and m.account_id <> all (i.held_from))
      and (k.case_id is null or exists (select from keyring.case_wrap w
        where w.party_id = k.party_id and w.case_id = k.case_id and w.holder in (k.party_id, m.account_id) and (w.ends_at is null or w.ends_at > clock_timestamp())))
    limit 500
  ), told as (
    update referrals.thread t set at_once_told = t.at_once_told || n.accounts
    from (select w.party_id, w.id, array_agg(w.account_id) as accounts from waits w group by w.party_id, w.id) n
    where t.party_id = n.party_id and t.id = n.id
  ), noted as (
    update access.account a set notified_at = clock_timestamp() from waits w
    where a.id = w.account_id and (a.mail_hour is null or jobs.may_mail(a.notified_at, a.mail_hour, a.mail_zone))
  ), put as (
    insert into jobs.mail (address, template) select distinct on (w.account_id) w.email, 'something-waits' from waits w returning 1
  )
  select count(*)::integer from put
$$;
