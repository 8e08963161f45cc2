-- The people a worker knows outside work: their own list, sealed under the agency's key so that it can be tried in somebody
-- else's request, and shown to nobody but its owner.
create table people.known_list (
  party_id uuid not null references access.party (id),
  account_id uuid not null references access.account (id),
  key_version integer not null,
  body bytea not null,
  version integer not null default 1,
  primary key (party_id, account_id)
);
call access.fence('people.known_list', 'party_id = access.party() and account_id = access.account() and access.kind() = ''member''');
grant select, insert, update, delete on people.known_list to anydoor_web;

-- Every list of the agency, to be tried against the names in a case in the request of whoever writes them. Sealed as they lie.
create function people.lists_to_try() returns table (account_id uuid, key_version integer, body bytea)
language sql stable security definer set search_path = '' as $$
  select k.account_id, k.key_version, k.body from people.known_list k
  where (select access.kind()) = 'member' and k.party_id = (select access.party())
    and exists (select from access.membership m where m.party_id = k.party_id and m.account_id = k.account_id and m.valid @> clock_timestamp())
  order by k.account_id
$$;
revoke all on function people.lists_to_try() from public;
grant execute on function people.lists_to_try() to anydoor_web;

-- Whoever leaves takes their list with them.
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
  delete from access.session s where s.account_id = gone;
  return true;
end $$;
