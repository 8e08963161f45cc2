-- Whoever connected a system of the agency knows its secret. When they leave, or administer the agency no longer, it ends with them:
-- keys that are made then are sealed to none of theirs.
create function clients.follow_maker() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform clients.shut(c.id, 'revoked') from clients.client c
    where c.party_id = new.party_id and c.made_by = new.account_id and c.state = 'live';
  return null;
end $$;
revoke all on function clients.follow_maker() from public;
create trigger systems_follow_maker after update on access.membership for each row
  when ('agency-administrator' = any (old.roles)
    and (not 'agency-administrator' = any (new.roles) or (upper_inf(old.valid) and not upper_inf(new.valid))))
  execute function clients.follow_maker();
