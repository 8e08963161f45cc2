-- Who belongs to an agency changes one act at a time: two administrators deciding at once wait for each other, so that
-- neither can take the other away unseen, and each new version of the keys reaches everybody who is left.
create function parties.lock_members() returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from access.party p where p.id = access.party() for no key update;
end $$;
revoke all on function parties.lock_members() from public;
grant execute on function parties.lock_members() to anydoor_web;

-- Each accepted version of a partner's key stays on record, so that what came before a change can still be read.
alter table parties.pin drop constraint pin_pkey;
alter table parties.pin add primary key (party_id, partner_id, partner_version);
