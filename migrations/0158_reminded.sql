-- Whoever covers is reminded where they may see the case; else the colleague who is away is, so that nothing falls due in silence.
create or replace function diary.remind() returns integer
language sql security definer set search_path = '' as $$
  with waits as (
    select case when diary.holds(e.party_id, e.case_id, a.cover_id) then a.cover_id
      when diary.holds(e.party_id, e.case_id, e.owner_id) then e.owner_id else c.owner_id end as account_id, e.party_id, e.case_id, e.due_at as since from diary.entry e
    join people."case" c on c.party_id = e.party_id and c.id = e.case_id and c.state = 'active'
    left join diary.away a on a.party_id = e.party_id and a.account_id = e.owner_id and current_date between a.from_on and a.until_on
    where e.state = 'open' and e.due_at <= clock_timestamp()
    union all
    select h.to_id, h.party_id, h.case_id, h.offered_at from diary.handing h where h.state = 'offered'
    union all
    select m.account_id, k.party_id, k.case_id, k.asked_at from diary.closing k
    join access.membership m on m.party_id = k.party_id and m.valid @> clock_timestamp() and 'lead' = any (m.roles) and m.account_id <> k.asked_by
    where k.state = 'asked'
  ), due as (
    select distinct a.id, a.email from waits w join access.account a on a.id = w.account_id and a.state = 'active'
    join access.membership m on m.party_id = w.party_id and m.account_id = w.account_id and m.valid @> clock_timestamp()
    where w.since > coalesce(a.notified_at, '-infinity')
      and (a.notified_at is null or a.notified_at < clock_timestamp() - interval '4 hours')
      and exists (select from keyring.case_wrap k where k.party_id = w.party_id and k.case_id = w.case_id and k.holder in (w.party_id, w.account_id))
    limit 500
  ), noted as (
    update access.account a set notified_at = clock_timestamp() from due where a.id = due.id
  ), put as (
    insert into jobs.mail (address, template) select email, 'something-waits' from due returning 1
  )
  select count(*)::integer from put
$$;
