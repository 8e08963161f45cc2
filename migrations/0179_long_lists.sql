-- Lists stay fast where an agency has thousands of referrals and cases. A page of lines is read row by row through the fence, by an
-- index that has them in their order. How many there are in all is counted here at once: by the same rule as the fence, but with
-- the asker looked up once, and each case's wrap found by its key. Clear columns alone; what is not the asker's is not counted.

create index thread_open_in_order on referrals.thread (party_id, (coalesce(due_at, 'infinity'::timestamptz)), id)
  where state not in ('met', 'ended', 'withdrawn');
create index thread_newest on referrals.thread (party_id, started_at desc, id desc);
create index thread_newest_with on referrals.thread (party_id, other_party, started_at desc, id desc);
create index thread_by_assignee on referrals.thread (party_id, assignee_id) where state not in ('met', 'ended', 'withdrawn');
create index incoming_unopened on envelopes.incoming (party_id, thread_id) where state = 'waiting';
create index incoming_began on envelopes.incoming (party_id, thread_id) where kind in ('ask', 'request') and state <> 'ended';

-- Whether what began a thread opens here no more, for whoever the fence of envelopes would show it.
create function referrals.is_gone(party uuid, thread uuid, reader uuid) returns boolean
language sql stable as $$
  select not exists (select from envelopes.incoming i where i.party_id = party and i.thread_id = thread and i.kind in ('ask', 'request')
    and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp()) and reader <> all (i.held_from) and i.names is null)
$$;

-- The referrals behind the asker's fence that fit: of these sides and states, with this partner, of these workers or nobody's, due
-- within this time. `over`: null asks nothing, false leaves out what opens no more, true adds it to the states. `today`: only what
-- needs somebody before that moment. Counts no further than `at_most`.
create function referrals.count_threads(from_states text[], to_states text[], over boolean, partner uuid, workers uuid[], nobodys boolean,
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
        or (over and ((t.side = 'from' and t.state = any (from_states)) or (t.side = 'to' and t.state = any (to_states))
          or (t.side = 'to' and referrals.is_gone(p, t.id, me))))
        or (not over and (t.side = 'from' or not referrals.is_gone(p, t.id, me))))
      and (today is null or (t.side = 'from' and t.state = 'question')
        or (t.due_at < today and t.side = 'to' and t.state in ('sent', 'received'))
        or (t.expected_at < today and t.state in ('waiting', 'accepted', 'started'))
        or exists (select from envelopes.incoming i where i.party_id = p and i.thread_id = t.id and i.state = 'waiting'
          and me <> all (i.held_from) and i.names is null))
    limit at_most) fit;
  return found;
end $$;

-- How much each worker has open with partners, by what waits for us and for how long. Null is what nobody has taken up.
create function referrals.load_of_workers(waits_from text[], waits_to text[], goes_from text[], goes_to text[], week timestamptz, month timestamptz)
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
        and (t.side = 'from' or not referrals.is_gone(p, t.id, me))
    ) x group by x.assignee_id;
end $$;

-- The cases behind the asker's fence that fit: of this worker, in this state, due within this time.
create function people.count_listed(workers uuid[], wanted text, due_from timestamptz, due_until timestamptz, undated boolean) returns integer
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare p uuid := access.party(); holders uuid[] := array[access.party(), access.holder()]; found integer;
begin
  if access.kind() is distinct from 'member' then return 0; end if;
  select count(*) into found from people."case" c
  where c.party_id = p and c.state = wanted and (workers is null or c.owner_id = any (workers))
    and (due_from is null or c.due_at >= due_from) and (due_until is null or c.due_at < due_until) and (not undated or c.due_at is null)
    and exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = c.id and w.holder = any (holders)
      and (w.ends_at is null or w.ends_at > now()));
  return found;
end $$;

-- How many cases each worker keeps, and how many of them are past their time.
create function people.load_of_workers() returns table (account_id uuid, cases integer, late integer)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare p uuid := access.party(); holders uuid[] := array[access.party(), access.holder()];
begin
  if access.kind() is distinct from 'member' then return; end if;
  return query
    select c.owner_id, count(*)::integer, count(*) filter (where c.due_at < clock_timestamp())::integer from people."case" c
    where c.party_id = p and c.state = 'active'
      and exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = c.id and w.holder = any (holders)
        and (w.ends_at is null or w.ends_at > now()))
    group by c.owner_id;
end $$;

revoke all on function referrals.is_gone(uuid, uuid, uuid),
  referrals.count_threads(text[], text[], boolean, uuid, uuid[], boolean, timestamptz, timestamptz, boolean, timestamptz, integer),
  referrals.load_of_workers(text[], text[], text[], text[], timestamptz, timestamptz),
  people.count_listed(uuid[], text, timestamptz, timestamptz, boolean), people.load_of_workers() from public;
grant execute on function
  referrals.count_threads(text[], text[], boolean, uuid, uuid[], boolean, timestamptz, timestamptz, boolean, timestamptz, integer),
  referrals.load_of_workers(text[], text[], text[], text[], timestamptz, timestamptz),
  people.count_listed(uuid[], text, timestamptz, timestamptz, boolean), people.load_of_workers() to anydoor_web;
