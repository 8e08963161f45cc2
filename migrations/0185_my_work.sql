-- *My work* where an agency has thousands of referrals: each part finds its first lines along an index, by the rule of the fence as a
-- whole, and what is counted is counted at once. What is held from somebody, or closed to them, is neither found nor counted.

create index thread_owed_here on referrals.thread (party_id, due_at) where due_at is not null and state in ('sent', 'received', 'question');

-- Who is told of what is late, in all parties, as before; the moment is said once, so that the index finds what is due.
create or replace function referrals.late(of_party uuid, due_after timestamptz) returns table (party_id uuid, thread_id uuid, account_id uuid, as_lead boolean, since timestamptz)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare moment timestamptz := clock_timestamp(); earliest timestamptz := coalesce(due_after, '-infinity');
begin
  return query
  with late as materialized (
    select t.party_id, t.id, t.case_id, t.assignee_id, t.held_from, t.due_at, referrals.chase_unit(t.started_at, t.due_at) as unit,
      case when (t.side = 'to') <> (t.state = 'question') then 0 else 2 end as step
    from referrals.thread t
    where t.due_at <= moment and t.due_at > earliest and t.state in ('sent', 'received', 'question')
      and (of_party is null or t.party_id = of_party) and not t.untried
      and (t.side = 'to' or t.kind = 'ask' or t.state = 'question' or referrals.reach(t.comes_back) >= 3)
      and case t.side
        when 'to' then exists (select from envelopes.incoming i where i.party_id = t.party_id and i.thread_id = t.id and i.kind in ('ask', 'request')
          and i.state <> 'ended' and (i.ends_at is null or i.ends_at > moment))
        else exists (select from envelopes.outgoing o where o.party_id = t.party_id and o.thread_id = t.id and o.kind in ('ask', 'request')
          and o.state <> 'ended' and (o.ends_at is null or o.ends_at > moment)) end
  ), staff as materialized (
    select m.party_id, m.account_id, 'lead' = any (m.roles) as leads from access.membership m
    join access.account a on a.id = m.account_id and a.state = 'active'
    where m.valid @> moment and m.roles && array['worker', 'lead'] and (of_party is null or m.party_id = of_party)
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
  where t.since <= moment order by t.party_id, t.id, t.account_id, t.as_lead;
end $$;

-- The same for one account of one party: only what may be theirs is looked at, and of each thread who is told first. A lead hears of
-- every late thread of the party, anybody else of their own, of those they cover, and of what nobody else can be told of.
create function referrals.late_of(p uuid, me uuid) returns table (thread_id uuid, as_lead boolean, since timestamptz)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare moment timestamptz := clock_timestamp(); staff uuid[]; lead_ids uuid[]; covered uuid[]; named uuid; leads boolean;
begin
  select array_agg(m.account_id), coalesce(array_agg(m.account_id) filter (where 'lead' = any (m.roles)), '{}') into staff, lead_ids
    from access.membership m join access.account a on a.id = m.account_id and a.state = 'active'
    where m.party_id = p and m.valid @> moment and m.roles && array['worker', 'lead'];
  if me is null or staff is null or me <> all (staff) then return; end if;
  leads := me = any (lead_ids);
  select g.lead_id into named from referrals.chase_setting g where g.party_id = p and g.lead_id = any (lead_ids);
  select coalesce(array_agg(w.account_id), '{}') into covered from diary.away w
    where w.party_id = p and w.cover_id = me and current_date between w.from_on and w.until_on;
  return query
  with late as materialized (
    select t.id, t.case_id, t.assignee_id, t.held_from, c.owner_id, t.due_at, u.unit, u.step,
      t.case_id is null or exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = t.case_id and w.holder = p) as open
    from referrals.thread t
    left join people."case" c on c.party_id = p and c.id = t.case_id
    cross join lateral (select greatest(least(t.due_at - t.started_at, interval '24 hours'), interval '30 minutes') as unit,
      case when (t.side = 'to') <> (t.state = 'question') then 0 else 2 end as step) u
    where t.party_id = p and t.due_at <= moment and t.state in ('sent', 'received', 'question') and not t.untried and me <> all (t.held_from)
      and (leads or t.assignee_id = me or t.assignee_id = any (covered) or c.owner_id = me)
      and t.due_at + u.unit * u.step <= moment
      and (t.side = 'to' or t.kind = 'ask' or t.state = 'question' or referrals.reach(t.comes_back) >= 3)
      and case t.side
        when 'to' then exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.kind in ('ask', 'request')
          and i.state <> 'ended' and (i.ends_at is null or i.ends_at > moment))
        else exists (select from envelopes.outgoing o where o.party_id = p and o.thread_id = t.id and o.kind in ('ask', 'request')
          and o.state <> 'ended' and (o.ends_at is null or o.ends_at > moment)) end
  ), mine as (
    select l.*, k.account_id as worker from late l
    left join lateral (
      select k.account_id from (
        select 1 as rank, w.cover_id as account_id from diary.away w
          where w.party_id = p and w.account_id = l.assignee_id and current_date between w.from_on and w.until_on
        union all select 2, l.assignee_id
        union all select 3, l.owner_id
      ) k
      where k.account_id = any (staff) and k.account_id <> all (l.held_from) and (l.open or exists (select from keyring.case_wrap w
        where w.party_id = p and w.case_id = l.case_id and w.holder = k.account_id))
      order by k.rank limit 1
    ) k on true
    where l.open or exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = l.case_id and w.holder = me)
  )
  select m.id, m.worker is distinct from me, m.due_at + m.unit * (m.step + case when m.worker is null or m.worker = me then 0 else 1 end)
  from mine m
  where m.worker = me or (leads and m.due_at + m.unit * (m.step + case when m.worker is null then 0 else 1 end) <= moment
    and (named is null or me = named or named = any (m.held_from) or not (m.open or exists (select from keyring.case_wrap w
      where w.party_id = p and w.case_id = m.case_id and w.holder = named))));
end $$;

create or replace function referrals.late_for_me(most integer) returns table (thread_id uuid, as_lead boolean, since timestamptz, total integer)
language sql stable security definer set search_path = '' as $$
  select l.thread_id, l.as_lead, l.since, count(*) over ()::integer from referrals.late_of(access.party(), access.account()) l
  where access.kind() = 'member'
  order by l.since, l.thread_id limit least(most, 100)
$$;

-- Cases in the order of their list: what is due first, then what changed last. The ids of one page, by the rule of the fence as a whole
-- and along the index; the lines are read through the fence. Of several workers, each one's first, and of those the first.
create index case_of_owner_in_order on people."case" (party_id, owner_id, state, due_at, updated_at desc, id);
create index case_in_order on people."case" (party_id, state, due_at, updated_at desc, id);
drop index people.case_by_owner;

create function people.list_cases(workers uuid[], wanted text, due_from timestamptz, due_until timestamptz, undated boolean, at_most integer, skip integer)
returns setof uuid
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan set enable_sort = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 as $$
declare p uuid := access.party(); holders uuid[] := array[access.party(), access.holder()];
begin
  if access.kind() is distinct from 'member' then return; end if;
  if workers is null then
    return query select c.id from people."case" c
    where c.party_id = p and c.state = wanted
      and (due_from is null or c.due_at >= due_from) and (due_until is null or c.due_at < due_until) and (not undated or c.due_at is null)
      and exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = c.id and w.holder = any (holders)
        and (w.ends_at is null or w.ends_at > now()))
    order by c.due_at, c.updated_at desc, c.id limit at_most offset skip;
  else
    return query select x.id from (select distinct o.o from unnest(workers) o (o)) k cross join lateral (
      select c.id, c.due_at, c.updated_at from people."case" c
      where c.party_id = p and c.owner_id = k.o and c.state = wanted
        and (due_from is null or c.due_at >= due_from) and (due_until is null or c.due_at < due_until) and (not undated or c.due_at is null)
        and exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = c.id and w.holder = any (holders)
          and (w.ends_at is null or w.ends_at > now()))
      order by c.due_at, c.updated_at desc, c.id limit at_most + skip) x
    order by x.due_at, x.updated_at desc, x.id limit at_most offset skip;
  end if;
end $$;

-- A diary: open entries of cases that are being worked on, soonest first: those of these owners, and in their own cases what lies with
-- somebody who has left or may not see the case any more. Where each lies and whose it is shown as, with how many there are.
create function diary.list_entries(owners uuid[], since timestamptz, until timestamptz, at_most integer, skip integer)
returns table (case_id uuid, id uuid, shown_to uuid, total integer)
language plpgsql stable security definer rows 30 set search_path = '' set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare p uuid := access.party(); holders uuid[] := array[access.party(), access.holder()];
begin
  if access.kind() is distinct from 'member' then return; end if;
  return query
    with found as (
      select e.case_id, e.id, e.due_at, e.owner_id as shown_to from diary.entry e
      where e.party_id = p and e.state = 'open' and e.owner_id = any (owners) and e.due_at < until and (since is null or e.due_at >= since)
      union all
      select e.case_id, e.id, e.due_at, c.owner_id from people."case" c join diary.entry e on e.party_id = p and e.case_id = c.id
      where c.party_id = p and c.state = 'active' and c.owner_id = any (owners) and e.owner_id <> all (owners)
        and e.state = 'open' and e.due_at < until and (since is null or e.due_at >= since) and not diary.holds(p, e.case_id, e.owner_id)
    )
    select f.case_id, f.id, f.shown_to, count(*) over ()::integer
    from found f join people."case" c on c.party_id = p and c.id = f.case_id and c.state = 'active'
    where exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = f.case_id and w.holder = any (holders)
      and (w.ends_at is null or w.ends_at > now()))
    order by f.due_at, f.id limit at_most offset skip;
end $$;

-- One worker's open threads, or nobody's, in their order.
create index thread_of_worker_in_order on referrals.thread (party_id, (coalesce(assignee_id, '00000000-0000-0000-0000-000000000000'::uuid)),
  (coalesce(due_at, 'infinity'::timestamptz)), id) where state not in ('met', 'ended', 'withdrawn');

create or replace function referrals.count_threads(from_states text[], to_states text[], over boolean, partner uuid, workers uuid[], nobodys boolean,
  due_from timestamptz, due_until timestamptz, undated boolean, today timestamptz, at_most integer) returns integer
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare p uuid := access.party(); me uuid := access.account(); holders uuid[] := array[access.party(), access.holder()]; found integer; nobody uuid := '00000000-0000-0000-0000-000000000000';
  whom uuid[] := case when workers is not null then case when nobodys then workers || nobody else workers end end;
begin
  if access.kind() is distinct from 'member' then return 0; end if;
  select count(*) into found from (
    select from referrals.thread t
    where t.party_id = p and not t.untried and me <> all (t.held_from)
      and (over is not false or t.state not in ('met', 'ended', 'withdrawn'))
      and (over is true or (t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states)))
      and (partner is null or t.other_party = partner)
      and (whom is null or coalesce(t.assignee_id, '00000000-0000-0000-0000-000000000000') = any (whom))
      and (due_from is null or t.due_at >= due_from) and (due_until is null or t.due_at < due_until)
      and (not undated or t.due_at is null)
      and (t.case_id is null or exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = t.case_id
        and w.holder = any (holders) and (w.ends_at is null or w.ends_at > now())))
      and (over is null
        or (over and ((t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states)) or (t.side = 'to' and not exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id
        and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp())
        and me <> all (i.held_from) and i.names is null))))
        or (not over and (t.side = 'from' or not (not exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id
        and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp())
        and me <> all (i.held_from) and i.names is null)))))
      and (today is null or coalesce(((t.side = 'from' and t.state = 'question')
        or (t.due_at < today and t.side = 'to' and t.state in ('sent', 'received'))
        or (t.expected_at < today and t.state in ('waiting', 'accepted', 'started'))
        or exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.state = 'waiting'
          and me <> all (i.held_from) and i.names is null)), false))
    limit at_most) fit;
  return found;
end $$;

create or replace function referrals.list_threads(from_states text[], to_states text[], over boolean, partner uuid, workers uuid[], nobodys boolean,
  due_from timestamptz, due_until timestamptz, undated boolean, today timestamptz, except_today timestamptz, newest boolean,
  after_at timestamptz, after_id uuid, at_most integer) returns setof uuid
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan set enable_sort = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 as $$
declare p uuid := access.party(); me uuid := access.account(); holders uuid[] := array[access.party(), access.holder()];
  nobody uuid := '00000000-0000-0000-0000-000000000000';
  whom uuid[] := case when workers is not null then case when nobodys then workers || nobody else workers end end;
  one uuid := whom[1];
begin
  if access.kind() is distinct from 'member' or whom = '{}' then return; end if;
  if newest then
    return query select t.id from referrals.thread t
    where t.party_id = p and not t.untried and me <> all (t.held_from)
      and (over is not false or t.state not in ('met', 'ended', 'withdrawn'))
      and (over is true or (t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states)))
      and (partner is null or t.other_party = partner)
      and (whom is null or coalesce(t.assignee_id, '00000000-0000-0000-0000-000000000000') = any (whom))
      and (due_from is null or t.due_at >= due_from) and (due_until is null or t.due_at < due_until)
      and (not undated or t.due_at is null)
      and (t.case_id is null or exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = t.case_id
        and w.holder = any (holders) and (w.ends_at is null or w.ends_at > now())))
      and (over is null
        or (over and ((t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states)) or (t.side = 'to' and not exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id
        and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp())
        and me <> all (i.held_from) and i.names is null))))
        or (not over and (t.side = 'from' or not (not exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id
        and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp())
        and me <> all (i.held_from) and i.names is null)))))
      and (today is null or coalesce(((t.side = 'from' and t.state = 'question')
        or (t.due_at < today and t.side = 'to' and t.state in ('sent', 'received'))
        or (t.expected_at < today and t.state in ('waiting', 'accepted', 'started'))
        or exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.state = 'waiting'
          and me <> all (i.held_from) and i.names is null)), false))
      and (except_today is null or not coalesce(((t.side = 'from' and t.state = 'question')
        or (t.due_at < except_today and t.side = 'to' and t.state in ('sent', 'received'))
        or (t.expected_at < except_today and t.state in ('waiting', 'accepted', 'started'))
        or exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.state = 'waiting'
          and me <> all (i.held_from) and i.names is null)), false))
      and (after_id is null or (t.started_at, t.id) < (after_at, after_id))
    order by t.started_at desc, t.id desc limit at_most;
  elsif cardinality(whom) > 1 then
    -- Each one's first lines along the index, and of those the first.
    return query select t.id from unnest(whom) w cross join lateral referrals.list_threads(from_states, to_states, over, partner,
      case when w = nobody then '{}' else array[w] end, w = nobody, due_from, due_until, undated, today, except_today, newest, after_at, after_id, at_most) f (id)
    join referrals.thread t on t.party_id = p and t.id = f.id
    order by coalesce(t.due_at, 'infinity'::timestamptz), t.id limit at_most;
  else
    return query select t.id from referrals.thread t
    where t.party_id = p and not t.untried and me <> all (t.held_from)
      and (over is not false or t.state not in ('met', 'ended', 'withdrawn'))
      and (over is true or (t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states)))
      and (partner is null or t.other_party = partner)
      and (one is null or coalesce(t.assignee_id, '00000000-0000-0000-0000-000000000000') = one)
      and (due_from is null or t.due_at >= due_from) and (due_until is null or t.due_at < due_until)
      and (not undated or t.due_at is null)
      and (t.case_id is null or exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = t.case_id
        and w.holder = any (holders) and (w.ends_at is null or w.ends_at > now())))
      and (over is null
        or (over and ((t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states)) or (t.side = 'to' and not exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id
        and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp())
        and me <> all (i.held_from) and i.names is null))))
        or (not over and (t.side = 'from' or not (not exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id
        and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp())
        and me <> all (i.held_from) and i.names is null)))))
      and (today is null or coalesce(((t.side = 'from' and t.state = 'question')
        or (t.due_at < today and t.side = 'to' and t.state in ('sent', 'received'))
        or (t.expected_at < today and t.state in ('waiting', 'accepted', 'started'))
        or exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.state = 'waiting'
          and me <> all (i.held_from) and i.names is null)), false))
      and (except_today is null or not coalesce(((t.side = 'from' and t.state = 'question')
        or (t.due_at < except_today and t.side = 'to' and t.state in ('sent', 'received'))
        or (t.expected_at < except_today and t.state in ('waiting', 'accepted', 'started'))
        or exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.state = 'waiting'
          and me <> all (i.held_from) and i.names is null)), false))
      and (after_id is null or (coalesce(t.due_at, 'infinity'::timestamptz), t.id) > (after_at, after_id))
    order by coalesce(t.due_at, 'infinity'::timestamptz), t.id limit at_most;
  end if;
end $$;

revoke all on function referrals.late_of(uuid, uuid), people.list_cases(uuid[], text, timestamptz, timestamptz, boolean, integer, integer),
  diary.list_entries(uuid[], timestamptz, timestamptz, integer, integer) from public;
grant execute on function people.list_cases(uuid[], text, timestamptz, timestamptz, boolean, integer, integer),
  diary.list_entries(uuid[], timestamptz, timestamptz, integer, integer) to anydoor_web;
