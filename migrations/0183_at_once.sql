-- A question asked while somebody is in the room: its own urgency, so that whoever can answer it hears of it within a minute. Who has
-- been told stands with it: one mail to each, however often the work runs.
alter table referrals.thread add column at_once_at timestamptz, add column at_once_told uuid[] not null default '{}';
create index thread_at_once on referrals.thread (at_once_at) where at_once_at is not null;

-- Said by the side that asks, right after it asked; both rows get the same minute. Only a question, only once, only while it is open.
create function referrals.ask_at_once(thread uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare mine referrals.thread; now_at timestamptz := clock_timestamp(); marked integer;
begin
  if access.kind() is distinct from 'member' then return false; end if;
  select * into mine from referrals.thread t where t.party_id = access.party() and t.id = ask_at_once.thread and t.side = 'from' and t.kind = 'ask';
  if not found or mine.at_once_at is not null or mine.state not in ('sent', 'received', 'question')
    or access.account() = any (mine.held_from) or (mine.case_id is not null and not access.may_see(mine.party_id, mine.case_id)) then return false; end if;
  update referrals.thread t set at_once_at = now_at
    where t.id = mine.id and ((t.party_id = mine.party_id and t.side = 'from')
      or (t.party_id = mine.other_party and t.other_party = mine.party_id and t.side = 'to'));
  get diagnostics marked = row_count;
  return marked = 2;
end $$;

-- "Something waits", at once: to everybody who may answer the question, and to nobody from whom it is held. The four hours of other
-- notices do not hold it back; they begin anew with it, so that the same minute brings one mail and not two.
-- Whoever chose one mail a day gets that one all the same.
create function jobs.notify_at_once() returns integer
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
        where w.party_id = k.party_id and w.case_id = k.case_id and w.holder in (k.party_id, m.account_id)))
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

revoke all on function referrals.ask_at_once(uuid), jobs.notify_at_once() from public;
grant execute on function referrals.ask_at_once(uuid) to anydoor_web;
grant execute on function jobs.notify_at_once() to anydoor_jobs;
