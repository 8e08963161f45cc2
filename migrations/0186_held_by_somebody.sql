-- Nobody has a person of whom they were only asked without a name: a no is settled by an own referral, never by a question.
create or replace function referrals.keeping_settled() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.next_thread is null and new.body is null or new.next_thread is not null and not exists (
    select from referrals.thread t where t.party_id = new.party_id and t.id = new.next_thread and t.id <> new.thread_id
      and t.side = 'from' and t.kind = 'referral' and t.case_id is not distinct from new.case_id
      and t.state not in ('sent', 'unreached', 'declined', 'ended', 'withdrawn')) then
    raise exception 'not-acknowledged' using errcode = 'check_violation', table = 'keeping', schema = 'referrals';
  end if;
  return new;
end $$;

-- Whether somebody said yes to a referral out of a case; a yes to a question without a name has nobody in it.
create function referrals.taken(of_party uuid, of_case uuid) returns boolean
language sql stable set search_path = ''
  return exists (select from referrals.thread y where y.party_id = of_party and y.case_id = of_case and y.side = 'from'
    and y.kind = 'referral' and y.state in ('waiting', 'accepted', 'started', 'met'));

-- As before; a question that was answered yes does not take a case off the list.
create or replace function referrals.passed_on(most integer) returns table (case_id uuid, times bigint, last timestamptz)
language sql stable security definer set search_path = '' as $$
  select g.case_id, g.times, g.last from (
    select k.case_id, count(*) as times, max(k.kept_since) as last
    from referrals.keeping k join referrals.thread t on t.party_id = k.party_id and t.id = k.thread_id
    where access.kind() = 'member' and k.party_id = access.party() and k.kept_since is not null
      and k.case_id in (select o.case_id from referrals.keeping o
        where o.party_id = access.party() and o.kept_since is not null and o.settled_at is null)
      and access.account() <> all (t.held_from)
    group by k.case_id having count(*) >= 2 and bool_or(k.settled_at is null)) g
  where not referrals.taken(access.party(), g.case_id) and access.may_see(access.party(), g.case_id)
  order by g.last desc limit least(most, 100)
$$;

create index keeping_heard on referrals.keeping (kept_since) where kept_since is not null and case_id is not null;

-- Who is mailed of a case by the same rule, and since when: the lead whom the agency named for what is late, else every lead; of the
-- newest no, once. A lead whom a thread is held from does not count its no, as in the list.
create function referrals.passed_on_to() returns table (account_id uuid, since timestamptz)
language sql stable security definer set search_path = '' as $$
  with heard as materialized (
    select distinct k.party_id, k.case_id from referrals.keeping k
    where k.case_id is not null and k.kept_since > clock_timestamp() - interval '9 days'
  ), counted as (
    select h.party_id, h.case_id, m.account_id, max(k.kept_since) as since from heard h
    join access.membership m on m.party_id = h.party_id and m.valid @> clock_timestamp() and 'lead' = any (m.roles)
    join access.account a on a.id = m.account_id and a.state = 'active'
    join referrals.keeping k on k.party_id = h.party_id and k.case_id = h.case_id and k.kept_since is not null
    join referrals.thread t on t.party_id = k.party_id and t.id = k.thread_id and m.account_id <> all (t.held_from)
    where not referrals.taken(h.party_id, h.case_id) and exists (select from keyring.case_wrap w
      where w.party_id = h.party_id and w.case_id = h.case_id and w.holder in (h.party_id, m.account_id)
        and (w.ends_at is null or w.ends_at > clock_timestamp()))
    group by h.party_id, h.case_id, m.account_id having count(*) >= 2 and bool_or(k.settled_at is null)
  ), told as (
    select c.account_id, c.since, c.account_id is not distinct from g.lead_id as named,
      bool_or(c.account_id is not distinct from g.lead_id) over (partition by c.party_id, c.case_id) as has_named
    from counted c left join referrals.chase_setting g on g.party_id = c.party_id
  )
  select t.account_id, t.since from told t where t.named or not t.has_named
$$;

-- As before, and a case that was turned away twice.
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
  union all
  select p.account_id, p.since from referrals.passed_on_to() p
$$;
revoke all on function referrals.taken(uuid, uuid), referrals.passed_on_to() from public;
