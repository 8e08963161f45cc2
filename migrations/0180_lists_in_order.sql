-- Lists in their order: behind the fence the planner expects next to nothing, reads everything and sorts it. The ids of one page are
-- found by the rule of the fence as a whole, along the index that has them in order; the lines themselves are then read through the
-- fence. What opens no more is asked in the query and not by a function for each line.

create or replace function referrals.count_threads(from_states text[], to_states text[], over boolean, partner uuid, workers uuid[], nobodys boolean,
  due_from timestamptz, due_until timestamptz, undated boolean, today timestamptz, at_most integer) returns integer
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare p uuid := access.party(); me uuid := access.account(); holders uuid[] := array[access.party(), access.holder()]; found integer;
begin
  if access.kind() is distinct from 'member' then return 0; end if;
  select count(*) into found from (
    select from referrals.thread t
    where t.party_id = p and not t.untried and me <> all (t.held_from)
      and (over is not false or t.state not in ('met', 'ended', 'withdrawn'))
      and (over is true or (t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states)))
      and (partner is null or t.other_party = partner)
      and (workers is null or t.assignee_id = any (workers) or (nobodys and t.assignee_id is null))
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

create function referrals.list_threads(from_states text[], to_states text[], over boolean, partner uuid, workers uuid[], nobodys boolean,
  due_from timestamptz, due_until timestamptz, undated boolean, today timestamptz, except_today timestamptz, newest boolean,
  after_at timestamptz, after_id uuid, at_most integer) returns setof uuid
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan set enable_sort = off set enable_bitmapscan = off
  set max_parallel_workers_per_gather = 0 as $$
declare p uuid := access.party(); me uuid := access.account(); holders uuid[] := array[access.party(), access.holder()];
begin
  if access.kind() is distinct from 'member' then return; end if;
  if newest then
    return query select t.id from referrals.thread t
    where t.party_id = p and not t.untried and me <> all (t.held_from)
      and (over is not false or t.state not in ('met', 'ended', 'withdrawn'))
      and (over is true or (t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states)))
      and (partner is null or t.other_party = partner)
      and (workers is null or t.assignee_id = any (workers) or (nobodys and t.assignee_id is null))
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
  else
    return query select t.id from referrals.thread t
    where t.party_id = p and not t.untried and me <> all (t.held_from)
      and (over is not false or t.state not in ('met', 'ended', 'withdrawn'))
      and (over is true or (t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states)))
      and (partner is null or t.other_party = partner)
      and (workers is null or t.assignee_id = any (workers) or (nobodys and t.assignee_id is null))
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

create or replace function referrals.load_of_workers(waits_from text[], waits_to text[], goes_from text[], goes_to text[], week timestamptz, month timestamptz)
returns table (account_id uuid, fresh integer, weeks integer, longer integer, under_way integer)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare p uuid := access.party(); me uuid := access.account(); holders uuid[] := array[access.party(), access.holder()];
begin
  if access.kind() is distinct from 'member' then return; end if;
  return query
    select x.assignee_id, count(*) filter (where x.waits and x.started_at >= week)::integer,
      count(*) filter (where x.waits and x.started_at < week and x.started_at >= month)::integer,
      count(*) filter (where x.waits and x.started_at < month)::integer, count(*) filter (where x.goes)::integer
    from (
      select t.assignee_id, t.started_at,
        (t.side = 'from' and t.state = any (waits_from)) or (t.side = 'to' and t.state = any (waits_to)) as waits,
        (t.side = 'from' and t.state = any (goes_from)) or (t.side = 'to' and t.state = any (goes_to)) as goes
      from referrals.thread t
      where t.party_id = p and not t.untried and me <> all (t.held_from) and t.state not in ('met', 'ended', 'withdrawn')
        and (t.case_id is null or exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = t.case_id
        and w.holder = any (holders) and (w.ends_at is null or w.ends_at > now())))
        and (t.side = 'from' or not (not exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id
        and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp())
        and me <> all (i.held_from) and i.names is null)))
    ) x group by x.assignee_id;
end $$;

drop function referrals.is_gone(uuid, uuid, uuid);
revoke all on function referrals.list_threads(text[], text[], boolean, uuid, uuid[], boolean, timestamptz, timestamptz, boolean, timestamptz, timestamptz, boolean, timestamptz, uuid, integer) from public;
grant execute on function referrals.list_threads(text[], text[], boolean, uuid, uuid[], boolean, timestamptz, timestamptz, boolean, timestamptz, timestamptz, boolean, timestamptz, uuid, integer) to anydoor_web;
