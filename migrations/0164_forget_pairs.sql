-- Forgets a pair for everybody once one of its files is erased: who sees only one of the two says which they were, and the proof of
-- the erasure decides. Where neither is erased, nothing happens: to hold no key of a file is not to know that it is gone.
create function people.forget_pair(pair uuid, files uuid[]) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if access.kind() is distinct from 'member' or not exists (select from people.paired_file f
    where f.party_id = access.party() and f.id = pair and f.holder = access.account()) then return false; end if;
  if not exists (select from keyring.erased e where e.party_id = access.party() and e.case_id = any (files)) then return false; end if;
  delete from people.paired_file f where f.party_id = access.party() and f.id = pair;
  return true;
end $$;
revoke all on function people.forget_pair(uuid, uuid[]) from public;
grant execute on function people.forget_pair(uuid, uuid[]) to anydoor_web;
