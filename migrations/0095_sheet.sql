-- A recovery sheet opens its agency once: it is kept as used, with nothing sealed to it any more, until a new one is printed.
alter table keyring.party_sheet add column used_at timestamptz;

-- An invitation that the holder of the sheet made: the sheet admits from it, when nobody is left who could.
alter table parties.invitation add column by_sheet boolean not null default false;

-- The sheet's half of admission, as the owner of the database at the machine; no login may call it.
create function parties.admit_by_sheet(party uuid, invitation uuid) returns uuid
language plpgsql set search_path = '' as $$
declare i parties.invitation;
begin
  select * into i from parties.invitation x
    where x.party_id = party and x.id = invitation and x.state = 'ready' and x.by_sheet for update;
  if not found then return null; end if;
  update access.account a set state = 'active' where a.id = i.account_id;
  insert into access.membership (party_id, account_id, roles) values (i.party_id, i.account_id, i.roles);
  update parties.invitation x set state = 'admitted' where x.party_id = i.party_id and x.id = i.id;
  update keyring.party_sheet s set used_at = clock_timestamp(), secrets = '' where s.party_id = party;
  return i.account_id;
end $$;

-- Which agency a sheet stands for and what is sealed to it. Held until the transaction ends: two users of one sheet, and a
-- change of its members, wait for each other.
create function parties.open_sheet(sheet bytea)
returns table (party_id uuid, agency text, version integer, secrets bytea, used boolean)
language plpgsql set search_path = '' as $$
begin
  perform 1 from access.party p where p.id in (select s.party_id from keyring.party_sheet s where s.sheet_public = sheet)
    for no key update;
  return query select s.party_id, a.name, s.version, s.secrets, s.used_at is not null
    from keyring.party_sheet s join parties.agency a on a.party_id = s.party_id
    where s.sheet_public = sheet order by s.version;
end $$;

revoke all on function parties.admit_by_sheet(uuid, uuid), parties.open_sheet(bytea) from public;
