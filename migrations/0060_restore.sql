-- Erasing is one act with two callers: the worker who erases, and a restore that replays what was erased since the copy was made.

create function people.erase_rows(p uuid, gone uuid) returns void
language plpgsql set search_path = '' as $$
begin
  delete from keyring.envelope_wrap w using envelopes.outgoing o where o.party_id = p and o.case_id = gone and w.envelope_id = o.id;
  update envelopes.incoming i set state = 'ended', ends_at = least(coalesce(i.ends_at, 'infinity'), clock_timestamp())
    from envelopes.outgoing o where o.party_id = p and o.case_id = gone and i.party_id = o.to_party and i.id = o.id and i.state <> 'ended';
  delete from keyring.envelope_wrap w using envelopes.incoming i where i.party_id = p and i.case_id = gone and w.party_id = p and w.envelope_id = i.id;
  delete from keyring.case_wrap w where w.party_id = p and w.case_id = gone;
  delete from access.bearer b where b.party_id = p and b.case_id = gone;
  update ledger.entry e set detail = null where e.party_id = p and e.case_id = gone;
  delete from envelopes.outgoing o where o.party_id = p and o.case_id = gone;
  delete from envelopes.incoming i where i.party_id = p and i.case_id = gone;
  delete from referrals.thread t where t.party_id = p and t.case_id = gone;
  delete from releases.release r where r.party_id = p and r.case_id = gone;
  delete from people."case" c where c.party_id = p and c.id = gone;
end $$;
revoke all on function people.erase_rows(uuid, uuid) from public;

create or replace function people.erase_case(gone uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare p uuid := access.party();
begin
  if not access.may_see(p, gone) or access.kind() <> 'member' then return false; end if;
  insert into keyring.erased (party_id, case_id) values (p, gone) on conflict do nothing;
  perform people.erase_rows(p, gone);
  return true;
end $$;

-- What happened after a copy was made and must be true again before the copy is opened. The keyring is the current one, so it
-- knows: erased cases go; what was withdrawn or ended stays ended; who was removed stays outside. A case that was closed under a
-- new key since cannot be opened from the copy by anybody, and is left out. Only the owner calls this, while nobody is served.
create function access.replay_after_restore() returns table (what text, many integer)
language plpgsql set search_path = '' as $$
declare n integer;
begin
  select count(*) into n from keyring.erased e where exists (select from people."case" c where c.party_id = e.party_id and c.id = e.case_id);
  perform people.erase_rows(e.party_id, e.case_id) from keyring.erased e;
  return query select 'erased', n;

  select count(*) into n from people."case" c where exists (
    select from keyring.case_wrap w where w.party_id = c.party_id and w.case_id = c.id)
    and not exists (select from keyring.case_wrap w where w.party_id = c.party_id and w.case_id = c.id and w.key_version = c.key_version);
  perform people.erase_rows(c.party_id, c.id) from people."case" c where exists (
    select from keyring.case_wrap w where w.party_id = c.party_id and w.case_id = c.id)
    and not exists (select from keyring.case_wrap w where w.party_id = c.party_id and w.case_id = c.id and w.key_version = c.key_version);
  return query select 'rekeyed', n;

  update envelopes.incoming i set state = 'ended', ends_at = least(coalesce(i.ends_at, 'infinity'), clock_timestamp())
    where i.state <> 'ended' and not exists (select from keyring.envelope_wrap w where w.party_id = i.party_id and w.envelope_id = i.id);
  get diagnostics n = row_count;
  return query select 'envelopes-ended', n;

  with gone as (
    update envelopes.outgoing o set state = 'ended', ends_at = least(coalesce(o.ends_at, 'infinity'), clock_timestamp())
      where o.state = 'sent' and exists (select from envelopes.incoming i where i.party_id = o.to_party and i.id = o.id and i.state = 'ended')
      returning o.party_id, o.release_id
  )
  update releases.release r set state = 'withdrawn', withdrawn_at = clock_timestamp() from gone
    where r.party_id = gone.party_id and r.id = gone.release_id and r.state in ('signed', 'suspended') and coalesce(r.ends_at, 'infinity') > clock_timestamp();
  get diagnostics n = row_count;
  return query select 'releases-withdrawn', n;

  update access.membership m set valid = tstzrange(lower(m.valid), clock_timestamp())
    where m.valid @> clock_timestamp() and not exists (
      select from keyring.party_wrap w where w.party_id = m.party_id and w.account_id = m.account_id);
  get diagnostics n = row_count;
  return query select 'members-removed', n;

  select count(*) into n from people."case" c where not exists (
    select from keyring.case_wrap w where w.party_id = c.party_id and w.case_id = c.id);
  return query select 'without-key', n;
end $$;
revoke all on function access.replay_after_restore() from public;
