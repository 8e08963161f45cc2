-- An offer is the offer of the worker who kept the case when it was made: when the case goes to somebody else, by whichever page,
-- or ends, the offer is over. Whoever accepts ends the offer first, so that it is theirs and not taken back.
create function diary.end_offers() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update diary.handing set state = 'taken-back', ended_at = clock_timestamp()
    where party_id = new.party_id and case_id = new.id and state = 'offered';
  return null;
end $$;
revoke all on function diary.end_offers() from public;
create trigger end_offers after update of owner_id, state on people."case"
  for each row when (old.owner_id is distinct from new.owner_id or new.state = 'ended') execute function diary.end_offers();

update diary.handing h set state = 'taken-back', ended_at = clock_timestamp()
  where h.state = 'offered' and exists (select from people."case" c where c.party_id = h.party_id and c.id = h.case_id and c.state = 'ended');
