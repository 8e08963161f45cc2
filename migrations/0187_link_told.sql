-- What may not come back comes back from no link either: a link that ends looks the same whether the office had used it or not, as long
-- as not everything may come back. And a link that nobody used is told to the worker who sent it, in the list and by the one mail.

-- A link is over: the office's way in goes at once. After wrong codes it ends at that moment.
create or replace function light.shut(p uuid, link uuid, final text) returns void
language sql set search_path = '' as $$
  delete from access.bearer b using light.link l where l.party_id = p and l.id = link and b.id = l.bearer_id;
  delete from keyring.office_link k where k.party_id = p and k.link_id = link;
  update light.link l set state = final, ends_at = case when final = 'spent' then least(l.ends_at, clock_timestamp()) else l.ends_at end
    where l.party_id = p and l.id = link and l.state in ('sent', 'opened');
$$;
create or replace function light.shut_thread(p uuid, thread uuid, final text) returns void
language sql set search_path = '' as $$
  select light.shut(l.party_id, l.id, final) from light.link l where l.party_id = p and l.thread_id = thread and l.state in ('sent', 'opened');
  update light.link l set state = final from referrals.thread t
    where l.party_id = p and l.thread_id = thread and l.state in ('answered', 'left', 'late') and t.party_id = p and t.id = thread
      and t.kind = 'referral' and referrals.reach(t.comes_back) < 5;
$$;

-- Taken back: one that was used counts like one that was not, unless everything may come back.
create or replace function light.end_links(thread uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare ended integer;
begin
  if access.kind() is distinct from 'member' then return 0; end if;
  perform from light.link x where x.party_id = access.party() and x.thread_id = thread for update;
  select count(*) into ended from light.link x join referrals.thread t on t.party_id = x.party_id and t.id = x.thread_id
    where x.party_id = access.party() and x.thread_id = thread
      and (x.state in ('sent', 'opened') or (x.state in ('answered', 'left', 'late') and t.kind = 'referral' and referrals.reach(t.comes_back) < 5))
      and (x.case_id is null or access.may_see(x.party_id, x.case_id)) and not referrals.held(x.party_id, x.thread_id);
  if ended > 0 then perform light.shut_thread(access.party(), thread, 'ended'); end if;
  return ended;
end $$;

create index link_by_made on light.link (made_at);

-- The newest links that lead nowhere any more, of threads that go on, and since when: an office asked for a new one, nobody used it in
-- time, or five codes were wrong. Where nothing may come back the time alone says so, for two weeks, whether it was used or not.
create function light.to_renew(made_after timestamptz) returns table (party_id uuid, thread_id uuid, case_id uuid, assignee_id uuid, held_from uuid[],
  made_by uuid, why text, since timestamptz)
language sql stable set search_path = '' as $$
  select n.party_id, n.thread_id, n.case_id, n.assignee_id, n.held_from, n.made_by, n.why,
    case n.why when 'asked' then n.asked_at when 'untold' then n.made_at + interval '72 hours' else n.ends_at end
  from (
    select l.party_id, l.thread_id, l.made_by, l.made_at, l.ends_at, l.asked_at, t.case_id, t.assignee_id, t.held_from,
      case when l.asked_at is not null then 'asked'
        when l.state = 'spent' then 'spent'
        when t.kind = 'referral' and referrals.reach(t.comes_back) < 2 then case when l.state <> 'ended'
          and l.made_at + interval '72 hours' between clock_timestamp() - interval '14 days' and clock_timestamp() then 'untold' end
        when l.state = 'late' or (l.state = 'sent' and l.ends_at <= clock_timestamp()) then 'late' end as why
    from light.link l
    join referrals.thread t on t.party_id = l.party_id and t.id = l.thread_id and t.side = 'from' and t.state not in ('ended', 'withdrawn')
    join parties.agency a on a.party_id = t.other_party and a.state = 'light'
    where (made_after is null or l.made_at > made_after)
      and not exists (select from light.link x where x.party_id = l.party_id and x.thread_id = l.thread_id and x.id > l.id)
  ) n where n.why is not null
$$;

-- Who gets the one mail of it: whoever covers for the worker who is away, else the worker, else whoever has the case or made the link,
-- else the leads. Nobody who may not see the thread.
create function light.waits() returns table (account_id uuid, since timestamptz)
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
      where w.party_id = o.party_id and w.case_id = o.case_id and w.holder in (o.party_id, k.account_id)))
  )
  select a.account_id, a.since from able a where a.rank = a.first
$$;

-- As they stand, with two changes: the one mail counts these links, and an office is not asked again by a line that it cannot see.
do $$
declare
  changed text;
  f record;
begin
  for f in select * from (values
    ('jobs.notify_waiting()', 'select w.account_id, w.since from referrals.waits() w',
      'select w.account_id, w.since from referrals.waits() w union all select x.account_id, x.since from light.waits() x'),
    ('referrals.please_answer(uuid)', 'if mine.state not in (''sent'', ''received'')',
      'if exists (select from parties.agency a where a.party_id = mine.other_party and a.state = ''light'') then return ''not-now''; end if;
  if mine.state not in (''sent'', ''received'')')) v (name, old, new)
  loop
    changed := replace(pg_get_functiondef(f.name::regprocedure), f.old, f.new);
    if position(f.new in changed) = 0 then raise exception '% does not ask what it did', f.name; end if;
    execute changed;
  end loop;
end $$;

revoke all on function light.shut(uuid, uuid, text), light.shut_thread(uuid, uuid, text), light.to_renew(timestamptz), light.waits() from public;
grant execute on function light.to_renew(timestamptz) to anydoor_web;
