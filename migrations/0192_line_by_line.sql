-- Behind a fence the planner takes *coalesce* for something that might tell, and uses no index by it; it does not so take *case*.
drop index referrals.thread_of_worker_in_order;
create index thread_of_worker_in_order on referrals.thread
  (party_id, (case when assignee_id is null then '00000000-0000-0000-0000-000000000000'::uuid else assignee_id end), (coalesce(due_at, 'infinity'::timestamptz)), id)
  where state not in ('met', 'ended', 'withdrawn');

-- What began a thread, and the key of its case, are looked up for the lines that are read, one by one: asked with *exists*, the planner
-- reads every letter and every key of the agency first.
create or replace function referrals.late_of(p uuid, me uuid) returns table (thread_id uuid, as_lead boolean, since timestamptz)
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
      t.case_id is null or coalesce((select true from keyring.case_wrap w where w.party_id = p and w.case_id = t.case_id and w.holder = p), false) as open
    from (
      select o.* from referrals.thread o where leads and o.party_id = p and o.due_at <= moment and o.state in ('sent', 'received', 'question')
      union all
      select o.* from referrals.thread o where not leads and o.party_id = p and o.assignee_id = any (covered || me)
        and o.due_at <= moment and o.state in ('sent', 'received', 'question')
      union all
      select o.* from people."case" k join referrals.thread o on o.party_id = p and o.case_id = k.id
        where not leads and k.party_id = p and k.owner_id = me and o.assignee_id = any (covered || me) is not true
          and o.due_at <= moment and o.state in ('sent', 'received', 'question')
    ) t
    left join people."case" c on c.party_id = p and c.id = t.case_id
    cross join lateral (select greatest(least(t.due_at - t.started_at, interval '24 hours'), interval '30 minutes') as unit,
      case when (t.side = 'to') <> (t.state = 'question') then 0 else 2 end as step) u
    where not t.untried and me <> all (t.held_from)
      and t.due_at + u.unit * u.step <= moment
      and (t.side = 'to' or t.kind = 'ask' or t.state = 'question' or referrals.reach(t.comes_back) >= 3)
      and case t.side
        when 'to' then (select true from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.kind in ('ask', 'request')
          and i.state <> 'ended' and (i.ends_at is null or i.ends_at > moment) limit 1)
        else (select true from envelopes.outgoing o where o.party_id = p and o.thread_id = t.id and o.kind in ('ask', 'request')
          and o.state <> 'ended' and (o.ends_at is null or o.ends_at > moment) limit 1) end
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
      and (whom is null or case when t.assignee_id is null then '00000000-0000-0000-0000-000000000000' else t.assignee_id end = any (whom))
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
language plpgsql stable security definer rows 15 set search_path = '' set plan_cache_mode = force_custom_plan set enable_sort = off set enable_bitmapscan = off
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
      and (whom is null or case when t.assignee_id is null then '00000000-0000-0000-0000-000000000000' else t.assignee_id end = any (whom))
      and (due_from is null or t.due_at >= due_from) and (due_until is null or t.due_at < due_until)
      and (not undated or t.due_at is null)
      and (t.case_id is null or (select true from keyring.case_wrap w where w.party_id = p and w.case_id = t.case_id
        and w.holder = any (holders) and (w.ends_at is null or w.ends_at > now()) limit 1))
      and (over is null
        or (over and ((t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states)) or (t.side = 'to' and not exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id
        and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp())
        and me <> all (i.held_from) and i.names is null))))
        or (not over and (t.side = 'from' or (select true from envelopes.incoming i where i.party_id = p and i.thread_id = t.id
        and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp())
        and me <> all (i.held_from) and i.names is null limit 1))))
      and (today is null or coalesce(((t.side = 'from' and t.state = 'question')
        or (t.due_at < today and t.side = 'to' and t.state in ('sent', 'received'))
        or (t.expected_at < today and t.state in ('waiting', 'accepted', 'started'))
        or (select true from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.state = 'waiting'
          and me <> all (i.held_from) and i.names is null limit 1)), false))
      and (except_today is null or not coalesce(((t.side = 'from' and t.state = 'question')
        or (t.due_at < except_today and t.side = 'to' and t.state in ('sent', 'received'))
        or (t.expected_at < except_today and t.state in ('waiting', 'accepted', 'started'))
        or (select true from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.state = 'waiting'
          and me <> all (i.held_from) and i.names is null limit 1)), false))
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
      and (one is null or case when t.assignee_id is null then '00000000-0000-0000-0000-000000000000' else t.assignee_id end = one)
      and (due_from is null or t.due_at >= due_from) and (due_until is null or t.due_at < due_until)
      and (not undated or t.due_at is null)
      and (t.case_id is null or (select true from keyring.case_wrap w where w.party_id = p and w.case_id = t.case_id
        and w.holder = any (holders) and (w.ends_at is null or w.ends_at > now()) limit 1))
      and (over is null
        or (over and ((t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states)) or (t.side = 'to' and not exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id
        and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp())
        and me <> all (i.held_from) and i.names is null))))
        or (not over and (t.side = 'from' or (select true from envelopes.incoming i where i.party_id = p and i.thread_id = t.id
        and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp())
        and me <> all (i.held_from) and i.names is null limit 1))))
      and (today is null or coalesce(((t.side = 'from' and t.state = 'question')
        or (t.due_at < today and t.side = 'to' and t.state in ('sent', 'received'))
        or (t.expected_at < today and t.state in ('waiting', 'accepted', 'started'))
        or (select true from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.state = 'waiting'
          and me <> all (i.held_from) and i.names is null limit 1)), false))
      and (except_today is null or not coalesce(((t.side = 'from' and t.state = 'question')
        or (t.due_at < except_today and t.side = 'to' and t.state in ('sent', 'received'))
        or (t.expected_at < except_today and t.state in ('waiting', 'accepted', 'started'))
        or (select true from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.state = 'waiting'
          and me <> all (i.held_from) and i.names is null limit 1)), false))
      and (after_id is null or (coalesce(t.due_at, 'infinity'::timestamptz), t.id) > (after_at, after_id))
    order by coalesce(t.due_at, 'infinity'::timestamptz), t.id limit at_most;
  end if;
end $$;
