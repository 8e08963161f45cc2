-- "Something waits": at most one neutral mail to a colleague in four hours, and none to anybody the waiting thing is held from.
alter table access.account add column notified_at timestamptz;

create function jobs.notify_waiting() returns integer
language sql security definer set search_path = '' as $$
  with due as (
    select distinct a.id, a.email from access.account a
    join access.membership m on m.account_id = a.id and m.valid @> clock_timestamp() and m.roles && array['worker', 'lead', 'privacy-lead']
    join envelopes.incoming i on i.party_id = m.party_id and i.state = 'waiting' and a.id <> all (i.held_from)
      and i.received_at > coalesce(a.notified_at, '-infinity')
      and (i.case_id is null or exists (select from keyring.case_wrap w
        where w.party_id = i.party_id and w.case_id = i.case_id and w.holder in (i.party_id, a.id)))
    where a.state = 'active' and (a.notified_at is null or a.notified_at < clock_timestamp() - interval '4 hours')
    limit 500
  ), noted as (
    update access.account a set notified_at = clock_timestamp() from due where a.id = due.id
  ), put as (
    insert into jobs.mail (address, template) select email, 'something-waits' from due returning 1
  )
  select count(*)::integer from put
$$;
revoke all on function jobs.notify_waiting() from public;
grant execute on function jobs.notify_waiting() to anydoor_jobs;
