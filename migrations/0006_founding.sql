-- How an agency comes to be: an offer made by whoever runs the installation, taken up once by its first administrator,
-- whose answer makes the agency's keys. Nobody else ever holds them.
create table parties.founding (
  id uuid primary key default uuidv7(),
  token_hash bytea not null unique,
  name text not null,
  sector text not null,
  pack text not null check (pack in ('uk', 'us')),
  area text not null default '',
  ends_at timestamptz not null,
  party_id uuid references access.party (id)
);
call access.fence('parties.founding', '');

create function parties.founding_for(token bytea) returns table (name text, sector text, pack text, area text)
language sql stable security definer set search_path = '' as $$
  select f.name, f.sector, f.pack, f.area from parties.founding f
  where f.token_hash = token and f.party_id is null and f.ends_at > clock_timestamp()
$$;

create function parties.found(token bytea, new_party uuid, new_account uuid, agency_name text, agency_sector text, agency_area text, agency_phone text,
  box_public bytea, sign_public bytea, login bytea, mail bytea, totp bytea, public_key bytea, salt bytea, params integer,
  secret bytea, recovery bytea, wrap bytea, card bytea, first_roles text[]) returns boolean
language plpgsql security definer set search_path = '' as $$
declare f parties.founding;
begin
  select * into f from parties.founding x where x.token_hash = token and x.party_id is null and x.ends_at > clock_timestamp() for update;
  if not found or exists (select from access.account a where a.login_hash = login) then return false; end if;
  insert into access.party (id, kind) values (new_party, 'agency');
  insert into parties.agency (party_id, name, sector, pack, area, public_phone) values (new_party, agency_name, coalesce(nullif(f.sector, ''), agency_sector), f.pack, agency_area, agency_phone);
  insert into keyring.party_key (party_id, version, box_public, sign_public) values (new_party, 1, box_public, sign_public);
  insert into access.account (id, login_hash, state, email, totp) values (new_account, login, 'active', mail, totp);
  insert into keyring.account_key values (new_account, 1, public_key, salt, params, secret, recovery);
  insert into access.membership (party_id, account_id, roles) values (new_party, new_account, first_roles);
  insert into keyring.party_wrap values (new_party, 1, new_account, wrap);
  insert into parties.member (party_id, account_id, key_version, card) values (new_party, new_account, 1, card);
  update parties.founding x set party_id = new_party where x.id = f.id;
  return true;
end $$;

-- An operator may offer a place to a further agency; the first is offered from the command line by the owner.
create function parties.offer(token bytea, agency_name text, agency_sector text, agency_pack text, agency_area text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from access.membership m where m.party_id = access.party() and m.account_id = access.account()
    and 'operator' = any(m.roles) and m.valid @> clock_timestamp()) then return false; end if;
  insert into parties.founding (token_hash, name, sector, pack, area, ends_at)
    values (token, agency_name, agency_sector, agency_pack, agency_area, clock_timestamp() + interval '72 hours');
  return true;
end $$;

-- Whose a session was, even when it is over: so that a form sent too late can be bound to its writer and come back whole.
create function access.session_owner(session_hash bytea) returns uuid
language sql stable security definer set search_path = '' as $$
  select account_id from access.session where id_hash = session_hash
$$;

-- A session that is over keeps its owner's id until the end of its day, and no secret.
create or replace function access.sweep() returns void
language sql security definer set search_path = '' as $$
  update access.session set secret = '' where secret <> '' and seen_at < clock_timestamp() - interval '15 minutes';
  delete from access.session where started_at < clock_timestamp() - interval '12 hours';
  delete from access.attempt where retry_at < clock_timestamp() - interval '1 day';
$$;

do $$
declare f text;
begin
  foreach f in array array['parties.founding_for(bytea)',
    'parties.found(bytea, uuid, uuid, text, text, text, text, bytea, bytea, bytea, bytea, bytea, bytea, bytea, integer, bytea, bytea, bytea, bytea, text[])',
    'parties.offer(bytea, text, text, text, text)', 'access.session_owner(bytea)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to anydoor_web', f);
  end loop;
end $$;

-- Recovery reads the authenticator's seal, which only the pair that the recovery code opened can open.
create function parties.totp_for_recovery(account uuid, login bytea) returns bytea
language sql stable security definer set search_path = '' as $$
  select a.totp from access.account a where a.id = account and a.login_hash = login and a.state = 'active'
$$;
-- A step of the authenticator counts once, in recovery too.
create function parties.use_totp_step(account uuid, step bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update access.account a set totp_step = step where a.id = account and a.totp_step < step;
  return found;
end $$;
revoke all on function parties.totp_for_recovery(uuid, bytea), parties.use_totp_step(uuid, bigint) from public;
grant execute on function parties.totp_for_recovery(uuid, bytea), parties.use_totp_step(uuid, bigint) to anydoor_web;
