-- Failed sign-ins in the ledger. The failing request only counts, the same for a login that nobody has; a job of its own reads
-- the counts of those who have an account, so that neither answer, bytes nor timing tell that one exists.
alter table access.attempt add column told integer not null default 0, add column lines integer not null default 0,
  add column told_at timestamptz;

-- What is to be written now: the first line within a minute, the next after 4, 16, 64 … minutes, then one a day.
create function access.failures_to_tell()
returns table (account_id uuid, failures integer, fresh integer, party_id uuid, key_version integer, box_public bytea)
language sql stable security definer set search_path = '' as $$
  select x.id, a.failures, a.failures - a.told, m.party_id, k.version, k.box_public
  from access.attempt a
  join access.account x on x.login_hash = a.login_hash and x.state = 'active'
  join access.membership m on m.account_id = x.id and m.valid @> clock_timestamp()
  join lateral (select p.version, p.box_public from keyring.party_key p where p.party_id = m.party_id
    order by p.version desc limit 1) k on true
  where a.failures > a.told and (a.told_at is null
    or a.told_at < clock_timestamp() - least(interval '1 day', interval '1 minute' * power(4, least(a.lines, 6))))
  order by x.id, m.party_id limit 500
$$;

-- One line, for a member's own party and only while there is something untold.
create function access.tell_failures(account uuid, party uuid, version integer, commitment bytea, detail bytea) returns void
language sql security definer set search_path = '' as $$
  insert into ledger.entry (party_id, kind, minute, commitment, key_scope, key_version, detail)
  select m.party_id, 'session.failed', date_trunc('minute', clock_timestamp()), commitment, 'box', version, detail
  from access.membership m join access.account x on x.id = m.account_id
  join access.attempt a on a.login_hash = x.login_hash and a.failures > a.told
  where m.account_id = account and m.party_id = party and m.valid @> clock_timestamp()
$$;

create function access.failures_told(account uuid, upto integer) returns void
language sql security definer set search_path = '' as $$
  update access.attempt a set told = upto, lines = a.lines + 1, told_at = clock_timestamp()
  from access.account x where x.id = account and a.login_hash = x.login_hash and a.told < upto
$$;

-- Success ends the counting; what no line told yet is told by the one who signs in.
drop function access.sign_in_succeeded(bytea);
create function access.sign_in_succeeded(login bytea) returns integer
language plpgsql security definer set search_path = '' as $$
declare untold integer;
begin
  delete from access.attempt a where a.login_hash = login returning a.failures - a.told into untold;
  return coalesce(untold, 0);
end $$;

revoke all on function access.failures_to_tell(), access.tell_failures(uuid, uuid, integer, bytea, bytea),
  access.failures_told(uuid, integer), access.sign_in_succeeded(bytea) from public;
grant execute on function access.failures_to_tell(), access.tell_failures(uuid, uuid, integer, bytea, bytea),
  access.failures_told(uuid, integer) to anydoor_jobs;
grant execute on function access.sign_in_succeeded(bytea) to anydoor_web;
