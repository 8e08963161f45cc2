-- A case that is past its time is one of the things that wait: its worker hears of it in the mail that says no more than that
-- something waits. Clear columns alone: who keeps it, and when it was due.
create index case_by_due on people."case" (party_id, due_at) where state = 'active' and due_at is not null;

create or replace function jobs.notify_waiting() returns integer
language sql security definer set search_path = '' as $$
  with waits as (
    select m.account_id, i.received_at as since from access.membership m
    join envelopes.incoming i on i.party_id = m.party_id and i.state = 'waiting' and m.account_id <> all (i.held_from)
      and (i.case_id is null or exists (select from keyring.case_wrap w
        where w.party_id = i.party_id and w.case_id = i.case_id and w.holder in (i.party_id, m.account_id)))
    where m.valid @> clock_timestamp() and m.roles && array['worker', 'lead', 'privacy-lead']
    union all
    select m.account_id, f.since from exchange.needs_somebody() f
    join access.membership m on m.party_id = f.party_id and m.valid @> clock_timestamp() and 'directory-editor' = any (m.roles)
    where m.account_id = f.keeper_id or not exists (select from access.membership k join access.account a on a.id = k.account_id
      where k.party_id = f.party_id and k.account_id = f.keeper_id and k.valid @> clock_timestamp()
        and 'directory-editor' = any (k.roles) and a.state = 'active')
    union all
    select m.account_id, c.due_at from people."case" c
    join access.membership m on m.party_id = c.party_id and m.account_id = c.owner_id and m.valid @> clock_timestamp()
    where c.state = 'active' and c.due_at <= clock_timestamp()
  ), due as (
    select distinct a.id, a.email from access.account a join waits w on w.account_id = a.id
      and w.since > coalesce(a.notified_at, '-infinity')
    where a.state = 'active' and (a.notified_at is null or a.notified_at < clock_timestamp() - interval '4 hours')
    limit 500
  ), noted as (
    update access.account a set notified_at = clock_timestamp() from due where a.id = due.id
  ), put as (
    insert into jobs.mail (address, template) select email, 'something-waits' from due returning 1
  )
  select count(*)::integer from put
$$;
