-- Whoever leaves takes along what is theirs alone: a list, their own tasks, sheets that they were bringing in. Nobody else is shown
-- any of it, so nothing else would ever erase what it says of somebody. Nobody waits for their yes either, or is covered by them.
create or replace function parties.remove_member(gone uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare is_admin boolean;
begin
  select 'agency-administrator' = any(m.roles) into is_admin from access.membership m
    where m.party_id = access.party() and m.account_id = access.account() and m.valid @> clock_timestamp();
  if is_admin is not true then return false; end if;
  update access.membership m set valid = tstzrange(lower(m.valid), clock_timestamp())
    where m.party_id = access.party() and m.account_id = gone and m.valid @> clock_timestamp();
  if not found then return false; end if;
  delete from keyring.party_wrap w where w.party_id = access.party() and w.account_id = gone;
  delete from keyring.case_wrap w where w.party_id = access.party() and w.holder = gone;
  delete from people.known_list k where k.party_id = access.party() and k.account_id = gone;
  delete from diary.task t where t.party_id = access.party() and t.owner_id = gone;
  delete from caseload.run r where r.party_id = access.party() and r.made_by = gone;
  delete from diary.away a where a.party_id = access.party() and gone in (a.account_id, a.cover_id);
  update diary.handing h set state = 'taken-back', ended_at = clock_timestamp()
    where h.party_id = access.party() and h.to_id = gone and h.state = 'offered';
  delete from access.session s where s.account_id = gone;
  return true;
end $$;

delete from diary.task t where not exists (select from access.membership m
  where m.party_id = t.party_id and m.account_id = t.owner_id and m.valid @> clock_timestamp());
delete from caseload.run r where not exists (select from access.membership m
  where m.party_id = r.party_id and m.account_id = r.made_by and m.valid @> clock_timestamp());

-- Who was away is of no use a month after they came back.
create function diary.sweep() returns integer
language sql security definer set search_path = '' as $$
  with gone as (delete from diary.away a where a.until_on < current_date - 31 returning 1)
  select count(*)::integer from gone
$$;
revoke all on function diary.sweep() from public;
grant execute on function diary.sweep() to anydoor_jobs;
