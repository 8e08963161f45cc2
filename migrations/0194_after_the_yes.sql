-- After the yes: a planned day that has gone by, a day that nobody named, somebody who has not been reached for weeks, and an office that has
-- nobody to be reminded. Each side has a clock of its own; what it is set to is never told as the other side's date.

-- When this side looks at it again, where no planned day says so: the moment alone, in clear, because a job without a key reads it.
alter table referrals.thread add column ask_at timestamptz;
alter table referrals.chase_setting add column look_again_days integer check (look_again_days between 1 and 365),
  add column unreached_days integer check (unreached_days between 1 and 365);

-- How long it may be quiet: what the agency set, else as it is everywhere. `reply-times.json` says the same, and whose choice it is.
create function referrals.quiet_for(p uuid, state text) returns interval
language sql stable security definer set search_path = '' as $$
  select make_interval(hours => 24 * case when state = 'unreached'
    then coalesce((select g.unreached_days from referrals.chase_setting g where g.party_id = p), 14)
    else coalesce((select g.look_again_days from referrals.chase_setting g where g.party_id = p), 28) end)
$$;

-- Sets the clock. A planned day needs none until it has come. From that morning on whatever this side does begins it anew, and for the side
-- that sent whatever comes. A try lies sealed, so it moves nothing here.
create function referrals.set_ask_at() returns trigger
language plpgsql security definer set search_path = '' as $$
declare counts boolean := true; replanned boolean := true;
begin
  if tg_op = 'UPDATE' then
    counts := new.state <> old.state or new.side = 'from' or access.party() is not distinct from new.party_id;
    replanned := new.expected_at is distinct from old.expected_at;
  end if;
  new.ask_at := case
    when new.kind <> 'referral' or new.state not in ('waiting', 'accepted', 'started', 'unreached') then null
    when new.state <> 'unreached' and new.expected_at is not null
      and (replanned or new.expected_at > clock_timestamp() + interval '6 hours') then null
    when counts or replanned then clock_timestamp() + referrals.quiet_for(new.party_id, new.state)
    else new.ask_at end;
  return new;
end $$;
create trigger set_ask_at before insert or update of state, expected_at on referrals.thread for each row execute function referrals.set_ask_at();

update referrals.thread set ask_at = clock_timestamp() + referrals.quiet_for(party_id, state)
  where kind = 'referral' and (state = 'unreached' or (state in ('waiting', 'accepted', 'started') and expected_at is null));

-- From when on somebody is told: the answer's time; a day after the planned day; the own clock. And how far apart the steps are, and which is
-- the first on this side. Nobody at an office is reminded, so there the side that sent comes first.
create function referrals.told_at(state text, due timestamptz, expected timestamptz, ask timestamptz) returns timestamptz
language sql immutable
  return case when state in ('sent', 'received', 'question') then due
    when state in ('waiting', 'accepted', 'started') then coalesce(ask, (expected at time zone 'UTC' + interval '24 hours') at time zone 'UTC')
    when state = 'unreached' then ask end;
create function referrals.steps_of(side text, state text, started timestamptz, due timestamptz, other uuid) returns table (unit interval, step integer)
language sql stable begin atomic
  select case when state in ('sent', 'received', 'question') then referrals.chase_unit(started, due) else interval '24 hours' end,
    case when state = 'unreached' or (side = 'from' and exists (select from parties.agency a where a.party_id = other and a.state = 'light')) then 0
      when (side = 'to') <> (state = 'question') then 0 else 2 end;
end;
drop index referrals.thread_owed;
create index thread_told on referrals.thread (referrals.told_at(state, due_at, expected_at, ask_at))
  where state not in ('declined', 'met', 'ended', 'withdrawn');
create index thread_told_here on referrals.thread (party_id, referrals.told_at(state, due_at, expected_at, ask_at))
  where state not in ('declined', 'met', 'ended', 'withdrawn');

-- As before, of all of these. Where no answer may come back, or nothing of a first contact, the side that sent is told of none that is late:
-- only its own clock, of an office or of somebody not reached.
create or replace function referrals.late(of_party uuid, due_after timestamptz) returns table (party_id uuid, thread_id uuid, account_id uuid, as_lead boolean, since timestamptz)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare moment timestamptz := clock_timestamp(); earliest timestamptz := coalesce(due_after, '-infinity');
begin
  return query
  with late as materialized (
    select t.party_id, t.id, t.case_id, t.assignee_id, t.held_from, referrals.told_at(t.state, t.due_at, t.expected_at, t.ask_at) as due_at, u.unit, u.step
    from referrals.thread t
    cross join lateral referrals.steps_of(t.side, t.state, t.started_at, t.due_at, t.other_party) u
    where referrals.told_at(t.state, t.due_at, t.expected_at, t.ask_at) <= moment
      and referrals.told_at(t.state, t.due_at, t.expected_at, t.ask_at) > earliest and t.state not in ('declined', 'met', 'ended', 'withdrawn')
      and (of_party is null or t.party_id = of_party) and not t.untried
      and (u.step = 0 or t.side = 'to' or t.kind = 'ask' or referrals.reach(t.comes_back) >= case when t.state in ('accepted', 'started') then 4 else 3 end)
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
      where w.party_id = l.party_id and w.case_id = l.case_id and w.holder in (l.party_id, k.account_id) and (w.ends_at is null or w.ends_at > moment)))
    order by k.party_id, k.id, k.rank
  ), leads as (
    select l.party_id, l.id, s.account_id, s.account_id is not distinct from g.lead_id as named,
      bool_or(s.account_id is not distinct from g.lead_id) over (partition by l.party_id, l.id) as has_named
    from late l join staff s on s.party_id = l.party_id and s.leads
    left join referrals.chase_setting g on g.party_id = l.party_id
    where s.account_id <> all (l.held_from) and (l.case_id is null or exists (select from keyring.case_wrap w
      where w.party_id = l.party_id and w.case_id = l.case_id and w.holder in (l.party_id, s.account_id) and (w.ends_at is null or w.ends_at > moment)))
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
    select t.id, t.case_id, t.assignee_id, t.held_from, c.owner_id, t.told_at as due_at, u.unit, u.step,
      t.case_id is null or coalesce((select true from keyring.case_wrap w where w.party_id = p and w.case_id = t.case_id and w.holder = p and (w.ends_at is null or w.ends_at > moment)), false) as open
    from (
      select o.*, referrals.told_at(o.state, o.due_at, o.expected_at, o.ask_at) as told_at from referrals.thread o
        where leads and o.party_id = p and o.state not in ('declined', 'met', 'ended', 'withdrawn')
          and referrals.told_at(o.state, o.due_at, o.expected_at, o.ask_at) <= moment
      union all
      select o.*, referrals.told_at(o.state, o.due_at, o.expected_at, o.ask_at) from referrals.thread o
        where not leads and o.party_id = p and o.assignee_id = any (covered || me) and o.state not in ('declined', 'met', 'ended', 'withdrawn')
          and referrals.told_at(o.state, o.due_at, o.expected_at, o.ask_at) <= moment
      union all
      select o.*, referrals.told_at(o.state, o.due_at, o.expected_at, o.ask_at) from people."case" k join referrals.thread o on o.party_id = p and o.case_id = k.id
        where not leads and k.party_id = p and k.owner_id = me and o.assignee_id = any (covered || me) is not true
          and o.state not in ('declined', 'met', 'ended', 'withdrawn')
          and referrals.told_at(o.state, o.due_at, o.expected_at, o.ask_at) <= moment
    ) t
    left join people."case" c on c.party_id = p and c.id = t.case_id
    cross join lateral referrals.steps_of(t.side, t.state, t.started_at, t.due_at, t.other_party) u
    where not t.untried and me <> all (t.held_from)
      and t.told_at + u.unit * u.step <= moment
      and (u.step = 0 or t.side = 'to' or t.kind = 'ask' or referrals.reach(t.comes_back) >= case when t.state in ('accepted', 'started') then 4 else 3 end)
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
        where w.party_id = p and w.case_id = l.case_id and w.holder = k.account_id and (w.ends_at is null or w.ends_at > moment)))
      order by k.rank limit 1
    ) k on true
    where l.open or exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = l.case_id and w.holder = me and (w.ends_at is null or w.ends_at > moment))
  )
  select m.id, m.worker is distinct from me, m.due_at + m.unit * (m.step + case when m.worker is null or m.worker = me then 0 else 1 end)
  from mine m
  where m.worker = me or (leads and m.due_at + m.unit * (m.step + case when m.worker is null then 0 else 1 end) <= moment
    and (named is null or me = named or named = any (m.held_from) or not (m.open or exists (select from keyring.case_wrap w
      where w.party_id = p and w.case_id = m.case_id and w.holder = named and (w.ends_at is null or w.ends_at > moment)))));
end $$;

-- "Please answer", also for a planned day that has gone by, and where nobody named one; never of more than may come back.
create or replace function referrals.please_answer(thread uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare mine referrals.thread;
begin
  if access.kind() is distinct from 'member' then return null; end if;
  select * into mine from referrals.thread t where t.party_id = access.party() and t.id = thread and t.side = 'from' for update;
  if not found or mine.untried or access.account() = any (mine.held_from)
    or (mine.case_id is not null and not access.may_see(mine.party_id, mine.case_id)) then return null; end if;
  if exists (select from parties.agency a where a.party_id = mine.other_party and a.state = 'light') then return 'not-now'; end if;
  if mine.state <> all (case mine.kind when 'ask' then array['sent', 'received'] else array['sent', 'received', 'waiting', 'accepted', 'started'] end)
    or (mine.kind = 'referral' and referrals.reach(mine.comes_back) < case when mine.state in ('accepted', 'started') then 4 else 3 end)
    or not exists (select from envelopes.outgoing o where o.party_id = mine.party_id and o.thread_id = thread and o.kind in ('ask', 'request')
      and o.state <> 'ended' and (o.ends_at is null or o.ends_at > clock_timestamp())) then return 'not-now'; end if;
  if coalesce(referrals.told_at(mine.state, mine.due_at, mine.expected_at, mine.ask_at),
    case when mine.state in ('sent', 'received') then mine.started_at + interval '24 hours' else 'infinity' end) > clock_timestamp() then return 'not-due'; end if;
  if exists (select from referrals.event e where e.party_id = mine.party_id and e.thread_id = thread and e.kind = 'nudged'
    and e.at > clock_timestamp() - interval '24 hours') then return 'asked-today'; end if;
  insert into referrals.event (party_id, thread_id, kind, actor_id, at) values (mine.party_id, thread, 'nudged', access.account(), clock_timestamp());
  insert into referrals.event (party_id, thread_id, kind, at) select t.party_id, t.id, 'nudged', clock_timestamp() from referrals.thread t
    where t.party_id = mine.other_party and t.id = thread and t.other_party = mine.party_id;
  return 'asked';
end $$;

-- As it stands, with one change: whoever was asked again after the yes is mailed too.
do $$
declare
  changed text;
  f record;
begin
  for f in select * from (values
    ('referrals.waits()', 't.side = ''to'' and t.state in (''sent'', ''received'') and not t.untried',
      't.side = ''to'' and t.state in (''sent'', ''received'', ''waiting'', ''accepted'', ''started'') and not t.untried')) v (name, old, new)
  loop
    changed := replace(pg_get_functiondef(f.name::regprocedure), f.old, f.new);
    if position(f.new in changed) = 0 then raise exception '% does not ask what it did', f.name; end if;
    execute changed;
  end loop;
end $$;

-- In the demo a clock begins on the day of its step.
create or replace function access.backdate_step(of_thread uuid, happened timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if (select i.demo_begun is null from access.installation i) then return; end if;
  update releases.release r set starts_at = happened where r.starts_at > now() - interval '1 hour'
    and exists (select from envelopes.outgoing o where o.party_id = r.party_id and o.release_id = r.id and o.thread_id = of_thread);
  update referrals.thread t set ask_at = happened + referrals.quiet_for(t.party_id, t.state)
    where t.id = of_thread and t.ask_at > now() - interval '1 hour' + referrals.quiet_for(t.party_id, t.state);
  update referrals.thread t set started_at = happened, due_at = t.due_at + (happened - t.started_at)
    where t.id = of_thread and t.started_at > now() - interval '1 hour';
  update referrals.event e set at = happened where e.thread_id = of_thread and e.at > now() - interval '1 hour';
  update referrals.notice n set noted_at = happened where n.thread_id = of_thread and n.noted_at > now() - interval '1 hour';
  update envelopes.outgoing o set sent_at = happened where o.thread_id = of_thread and o.sent_at > now() - interval '1 hour';
  update envelopes.incoming n set received_at = happened where n.thread_id = of_thread and n.received_at > now() - interval '1 hour';
end $$;

revoke all on function referrals.quiet_for(uuid, text), referrals.set_ask_at(), referrals.told_at(text, timestamptz, timestamptz, timestamptz),
  referrals.steps_of(text, text, timestamptz, timestamptz, uuid) from public;
grant execute on function referrals.told_at(text, timestamptz, timestamptz, timestamptz) to anydoor_web, anydoor_jobs;
