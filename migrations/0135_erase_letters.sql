-- A letter from outside belongs to no case. Whoever erases a case ticks the letters that tell of the person, and they go with it.
-- The keyring remembers them beside the erased cases, by their random ids, so that a restored copy erases them again.
create function asks.erase_letters(gone uuid[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare p uuid := access.party(); n integer;
begin
  if p is null or access.kind() <> 'member' then return 0; end if;
  insert into keyring.erased (party_id, case_id)
    select l.party_id, l.id from asks.letter l where l.party_id = p and l.id = any (gone) on conflict do nothing;
  delete from asks.letter l where l.party_id = p and l.id = any (gone);
  get diagnostics n = row_count;
  return n;
end $$;
revoke all on function asks.erase_letters(uuid[]) from public;
grant execute on function asks.erase_letters(uuid[]) to anydoor_web;

create function asks.erase_letters_again() returns integer
language plpgsql set search_path = '' as $$
declare n integer;
begin
  delete from asks.letter l using keyring.erased e where l.party_id = e.party_id and l.id = e.case_id;
  get diagnostics n = row_count;
  return n;
end $$;
revoke all on function asks.erase_letters_again() from public;

-- The replay of a restore, with the letters.
alter function access.replay_after_restore() rename to replay_cases_after_restore;
create function access.replay_after_restore() returns table (what text, many integer)
language plpgsql set search_path = '' as $$
begin
  return query select * from access.replay_cases_after_restore();
  return query select 'letters-erased', asks.erase_letters_again();
end $$;
revoke all on function access.replay_after_restore() from public;

-- A copy that was made before this file and is restored with a newer keyring.
select asks.erase_letters_again();
