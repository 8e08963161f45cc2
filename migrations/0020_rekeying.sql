-- When a case is closed for its team, what its ledger lines tell goes under the new key with everything else. Only the sealed
-- detail moves: kind, party, minute and commitment, and with them the tree, stay as they are.
create function ledger.reseal(entries uuid[], new_version integer, details bytea[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare done integer;
begin
  if access.kind() is distinct from 'member' or cardinality(entries) <> cardinality(details) then return 0; end if;
  update ledger.entry e set key_version = new_version, detail = n.detail
  from unnest(entries, details) as n (id, detail)
  where e.id = n.id and e.party_id = access.party() and e.key_scope = 'case' and e.detail is not null
    and e.key_version < new_version and access.may_see(e.party_id, e.case_id);
  get diagnostics done = row_count;
  return done;
end $$;
revoke all on function ledger.reseal(uuid[], integer, bytea[]) from public;
grant execute on function ledger.reseal(uuid[], integer, bytea[]) to anydoor_web;
