-- The first opening marks the envelope before it takes its share of the row: two people who open at the same moment no longer
-- each hold a share that the other would have to give up.
create or replace function envelopes.wrap_for_opening(envelope uuid) returns table (wrap bytea, party_version integer)
language plpgsql security definer set search_path = '' as $$
declare i envelopes.incoming;
begin
  if access.kind() <> 'member' then return; end if;
  update envelopes.incoming x set state = 'opened' where x.party_id = access.party() and x.id = envelope and x.state = 'waiting'
    and (x.ends_at is null or x.ends_at > clock_timestamp()) and not access.account() = any (x.held_from)
    and (x.case_id is null or access.may_see(x.party_id, x.case_id));
  select * into i from envelopes.incoming x where x.party_id = access.party() and x.id = envelope for share;
  if not found then return; end if;
  if access.account() = any (i.held_from) or (i.case_id is not null and not access.may_see(i.party_id, i.case_id)) then return; end if;
  if i.state = 'ended' or (i.ends_at is not null and i.ends_at <= clock_timestamp()) then return; end if;
  return query select w.wrap, w.party_version from keyring.envelope_wrap w where w.party_id = i.party_id and w.envelope_id = i.id;
end $$;
