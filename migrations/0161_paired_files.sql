-- Both parties clients of one agency: which two files belong to one relationship is known to privacy leads alone, each under their own
-- public key. No column names either case.
create table people.paired_file (
  party_id uuid not null references access.party (id),
  id uuid not null,
  holder uuid not null references access.account (id),
  party_version integer not null,
  body bytea not null,
  primary key (party_id, id, holder)
);
call access.fence('people.paired_file', 'party_id = access.party() and holder = access.account() and access.kind() = ''member''');
grant select on people.paired_file to anydoor_web;

-- Keeps a pair for these privacy leads; nothing happens where the asker is none, or one of them is none.
create function people.keep_pair(pair uuid, holders uuid[], version integer, bodies bytea[]) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if access.kind() is distinct from 'member' or cardinality(holders) <> cardinality(bodies) then return false; end if;
  if exists (select from unnest(holders || access.account()) as h (id) where not exists (
    select from access.membership m where m.party_id = access.party() and m.account_id = h.id and m.valid @> clock_timestamp()
      and 'privacy-lead' = any (m.roles))) then return false; end if;
  insert into people.paired_file (party_id, id, holder, party_version, body)
    select access.party(), pair, n.holder, version, n.body from unnest(holders, bodies) as n (holder, body);
  return true;
end $$;

-- Forgets a pair for everybody; only one of those who know of it can.
create function people.drop_pair(pair uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if access.kind() is distinct from 'member' or not exists (select from people.paired_file f
    where f.party_id = access.party() and f.id = pair and f.holder = access.account()) then return false; end if;
  delete from people.paired_file f where f.party_id = access.party() and f.id = pair;
  return true;
end $$;
revoke all on function people.keep_pair(uuid, uuid[], integer, bytea[]), people.drop_pair(uuid) from public;
grant execute on function people.keep_pair(uuid, uuid[], integer, bytea[]), people.drop_pair(uuid) to anydoor_web;
