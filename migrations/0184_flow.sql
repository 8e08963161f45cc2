-- Where an agency's referrals go, wait and end. Counts are taken in the lead's own request from clear columns and under the fence, as a
-- whole; why somebody was not taken is sealed, so an answer is also counted when it is given: month, side, partner, answer, reason.
create table referrals.answer_count (
  party_id uuid not null references access.party (id),
  -- Random, so that the order of rows tells nothing.
  id uuid not null default gen_random_uuid(),
  month date not null check (month = date_trunc('month', month)::date),
  side text not null check (side in ('from', 'to')),
  other_party uuid not null references access.party (id),
  outcome text not null check (outcome in ('accepted', 'declined')),
  reason text check (reason ~ '^[a-z][a-z-]{1,40}$'),
  primary key (party_id, id),
  check ((outcome = 'declined') = (reason is not null))
);
create index answer_count_by_month on referrals.answer_count (party_id, side, month);
call access.fence('referrals.answer_count', 'party_id = access.party() and access.kind() = ''member''');
grant select on referrals.answer_count to anydoor_web;

-- Whether every colleague who may read referrals may see the thread: what is held from anybody is never counted.
create function referrals.open_to_all(t referrals.thread) returns boolean
language sql stable security definer set search_path = ''
  return cardinality(t.held_from) = 0 and not t.untried and (t.case_id is null or exists (select from keyring.case_wrap w
    where w.party_id = t.party_id and w.case_id = t.case_id and w.holder = t.party_id and w.ends_at is null));

-- Counts an answer once it was given: for the side that gave it, and for the side that asked as far as it may hear of it.
create function referrals.count_answer(thread uuid, answer text, why text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare mine referrals.thread; theirs referrals.thread; this_month date := date_trunc('month', clock_timestamp())::date;
begin
  if access.kind() is distinct from 'member' then return false; end if;
  select * into mine from referrals.thread t where t.party_id = access.party() and t.id = count_answer.thread and t.side = 'to' and t.state = answer;
  if not found or access.account() = any (mine.held_from) or (mine.case_id is not null and not access.may_see(mine.party_id, mine.case_id)) then return false; end if;
  if referrals.open_to_all(mine) then
    insert into referrals.answer_count (party_id, month, side, other_party, outcome, reason)
      values (mine.party_id, this_month, 'to', mine.other_party, answer, why);
  end if;
  if mine.kind = 'referral' and referrals.reach(mine.comes_back) < 3 then return true; end if;
  select * into theirs from referrals.thread t where t.party_id = mine.other_party and t.id = mine.id and t.other_party = mine.party_id;
  if found and referrals.open_to_all(theirs) then
    insert into referrals.answer_count (party_id, month, side, other_party, outcome, reason)
      values (theirs.party_id, this_month, 'from', theirs.other_party, answer, why);
  end if;
  return true;
end $$;

create index thread_by_start on referrals.thread (party_id, side, started_at);

-- What the asking member may see of the agency's threads on one side that began in a period, in one pass: how many stand where, by
-- partner; and how long the first answer took, by partner, by kind of partner and in all. The fence of referrals.thread, as a set.
create function referrals.flow(of_side text, since timestamptz, until timestamptz)
returns table (other_party uuid, sector text, kind text, state text, told boolean, line text, threads bigint, answered bigint, half_within interval)
language sql stable security definer set search_path = '' as $$
  with mine as materialized (
    select t.id, t.other_party, t.kind, t.state, t.started_at, (t.kind = 'ask' or t.side = 'to' or referrals.reach(t.comes_back) >= 3) as told
    from referrals.thread t
    where (select access.kind()) = 'member' and t.party_id = (select access.party()) and t.side = of_side
      and t.started_at >= since and t.started_at < until and not t.untried and (select access.account()) <> all (t.held_from)
      and (t.case_id is null or exists (select from keyring.case_wrap w where w.party_id = t.party_id and w.case_id = t.case_id
        and w.holder in (t.party_id, (select access.holder())) and (w.ends_at is null or w.ends_at > now())))
  ), first_answer as materialized (
    select e.thread_id, min(e.at) as at from referrals.event e join mine m on m.id = e.thread_id
    where e.party_id = (select access.party()) and e.kind = 'decision' group by e.thread_id
  )
  select m.other_party, g.sector, m.kind, m.state, m.told,
    case when grouping(m.state) = 0 then 'state' when grouping(m.other_party) = 0 then 'partner' when grouping(g.sector) = 0 then 'sector' else 'all' end,
    count(*), count(f.at), percentile_cont(0.5) within group (order by f.at - m.started_at)
  from mine m left join first_answer f on f.thread_id = m.id left join parties.agency g on g.party_id = m.other_party
  group by grouping sets ((m.other_party, g.sector, m.kind, m.state, m.told), (m.other_party), (g.sector), ())
$$;

revoke all on function referrals.open_to_all(referrals.thread), referrals.count_answer(uuid, text, text), referrals.flow(text, timestamptz, timestamptz) from public;
grant execute on function referrals.count_answer(uuid, text, text), referrals.flow(text, timestamptz, timestamptz) to anydoor_web;
