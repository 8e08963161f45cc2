-- Renewal is asked for while a referral still goes on under a permission: from fourteen days before the end, never before half of its
-- time is over, until it is renewed, taken back, or left. Only clear columns are read; a mail says that something waits, and nothing else.
alter table releases.release
  add column asked_at timestamptz,
  -- The person does not want it again, or not now: nothing asks any more.
  add column left_at timestamptz;

create function releases.asks_again_from(starts_at timestamptz, ends_at timestamptz) returns timestamptz
language sql immutable set search_path = ''
  return greatest(ends_at - interval '14 days', starts_at + (ends_at - starts_at) / 2);

-- States of a referral in which something is still to come from the other side.
create function referrals.goes_on(state text) returns boolean
language sql immutable set search_path = ''
  return state in ('sent', 'received', 'question', 'accepted', 'waiting', 'started');

create function releases.ask_renewals() returns integer
language sql security definer set search_path = '' as $$
  with due as (
    update releases.release r set asked_at = clock_timestamp()
    where r.state = 'signed' and r.asked_at is null and r.left_at is null
      and releases.asks_again_from(r.starts_at, r.ends_at) <= clock_timestamp()
      and exists (select from envelopes.outgoing o join referrals.thread t on t.party_id = o.party_id and t.id = o.thread_id
        where o.party_id = r.party_id and o.release_id = r.id and t.side = 'from' and referrals.goes_on(t.state))
    returning r.party_id, r.case_id, r.made_by
  ), told as (
    -- The case's worker; where that is nobody any more, or somebody who may not see it, whoever made the permission.
    select distinct on (d.party_id, d.case_id) a.id, a.email from due d
    join people."case" c on c.party_id = d.party_id and c.id = d.case_id
    join access.account a on a.id in (c.owner_id, d.made_by) and a.state = 'active'
    join access.membership m on m.party_id = d.party_id and m.account_id = a.id and m.valid @> clock_timestamp()
    where (a.notified_at is null or a.notified_at < clock_timestamp() - interval '4 hours')
      and exists (select from keyring.case_wrap w where w.party_id = d.party_id and w.case_id = d.case_id and w.holder in (d.party_id, a.id))
    order by d.party_id, d.case_id, a.id = c.owner_id desc
  ), noted as (
    update access.account a set notified_at = clock_timestamp() from (select distinct id from told) t where a.id = t.id
  ), put as (
    insert into jobs.mail (address, template) select distinct on (id) email, 'something-waits' from told
  )
  select count(*)::integer from due
$$;
revoke all on function releases.ask_renewals() from public;
grant execute on function releases.ask_renewals() to anydoor_jobs;
