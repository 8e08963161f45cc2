-- The public key of somebody who answered an invitation is no colleague's yet; an administrator compares its six words.
create function parties.invitee_key(invitee uuid) returns bytea
language sql stable security definer set search_path = '' as $$
  select k.public_key from keyring.account_key k where k.account_id = invitee and exists (
    select from parties.invitation i where i.party_id = access.party() and i.account_id = invitee and i.state = 'ready')
$$;
revoke all on function parties.invitee_key(uuid) from public;
grant execute on function parties.invitee_key(uuid) to anydoor_web;
