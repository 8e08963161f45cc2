-- A letter that names somebody else stops with that person's own permission, also where whoever ends it may not see the other file: the
-- id of the other release stands sealed in this one's step, and is the permission to stop it. It waits until it is confirmed again; what
-- was sent under it opens no more. It answers nothing.
create function together.stop(releases uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare o envelopes.outgoing;
begin
  if access.kind() is distinct from 'member' then return; end if;
  update releases.release r set state = 'suspended', version = r.version + 1
    where r.party_id = access.party() and r.id = any (stop.releases) and r.state = 'signed';
  for o in select * from envelopes.outgoing x where x.party_id = access.party() and x.state = 'sent' and x.release_id = any (stop.releases) order by x.id
  loop
    perform 1 from envelopes.incoming i where i.party_id = o.to_party and i.id = o.id for update;
    delete from keyring.envelope_wrap w where w.party_id = o.to_party and w.envelope_id = o.id;
    update envelopes.incoming i set state = 'ended', ends_at = least(coalesce(i.ends_at, 'infinity'), clock_timestamp()) where i.party_id = o.to_party and i.id = o.id;
    update envelopes.outgoing x set state = 'ended', ends_at = least(coalesce(x.ends_at, 'infinity'), clock_timestamp()) where x.party_id = o.party_id and x.id = o.id;
  end loop;
end $$;
revoke all on function together.stop(uuid[]) from public;
grant execute on function together.stop(uuid[]) to anydoor_web;
