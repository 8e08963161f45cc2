-- Agencies, their people, invitations, and the partners whose keys a party has accepted.
create schema parties;
grant usage on schema parties to anydoor_web, anydoor_public;

-- The public register of agencies: nothing about people.
create table parties.agency (
  party_id uuid primary key references access.party (id),
  name text not null,
  sector text not null check (sector in ('domestic-abuse', 'mental-health', 'child-mental-health', 'primary-care', 'education',
    'child-welfare', 'substance-use', 'housing', 'police', 'abuse-intervention', 'partnership', 'operator', 'other')),
  pack text not null check (pack in ('uk', 'us')),
  area text not null default '',
  public_phone text not null default '',
  state text not null default 'active' check (state in ('active', 'ended')),
  created_at timestamptz not null default now()
);

create table parties.member (
  party_id uuid not null references access.party (id),
  account_id uuid not null references access.account (id),
  key_version integer not null,
  card bytea not null,
  created_at timestamptz not null default now(),
  primary key (party_id, account_id)
);

-- Admission in two steps: the invitee sets a password (state 'ready'), an administrator compares six words and seals ('admitted').
create table parties.invitation (
  party_id uuid not null references access.party (id),
  id uuid not null default uuidv7(),
  token_hash bytea not null unique,
  login_hash bytea not null,
  key_version integer not null,
  card bytea not null,
  roles text[] not null,
  state text not null check (state in ('sent', 'ready', 'admitted', 'ended')),
  account_id uuid references access.account (id),
  ends_at timestamptz not null,
  primary key (party_id, id)
);

-- A partner's key as this party accepted it, signed by this party. Sealing to a partner checks the signature first.
create table parties.pin (
  party_id uuid not null references access.party (id),
  partner_id uuid not null references access.party (id),
  partner_version integer not null,
  fingerprint bytea not null,
  sign_version integer not null,
  signature bytea not null,
  pinned_by uuid not null references access.account (id),
  pinned_at timestamptz not null default now(),
  primary key (party_id, partner_id)
);

call access.fence('parties.agency', '');
create policy everyone_reads on parties.agency for select to anydoor_web, anydoor_public using (true);
create policy own on parties.agency for update to anydoor_web using (party_id = access.party()) with check (party_id = access.party());
call access.fence('parties.member', 'party_id = access.party() and access.kind() = ''member''');
call access.fence('parties.invitation', 'party_id = access.party() and access.kind() = ''member''');
call access.fence('parties.pin', 'party_id = access.party() and access.kind() = ''member''');

grant select on parties.agency to anydoor_web, anydoor_public;
grant update (name, area, public_phone) on parties.agency to anydoor_web;
grant select, insert, update, delete on parties.member, parties.invitation, parties.pin to anydoor_web;

-- The invitee has no session yet: the token's hash is the whole of what they hold.
create function parties.invitation_for(token bytea)
returns table (party_id uuid, id uuid, agency text, pack text, state text, login_hash bytea)
language sql stable security definer set search_path = '' as $$
  select i.party_id, i.id, a.name, a.pack, i.state, i.login_hash from parties.invitation i join parties.agency a on a.party_id = i.party_id
  where i.token_hash = token and i.state = 'sent' and i.ends_at > clock_timestamp()
$$;

-- Makes the account and its keys, once. No membership yet: that is the administrator's act.
create function parties.answer_invitation(token bytea, mail bytea, public_key bytea, salt bytea, params integer, secret bytea, recovery bytea)
returns uuid language plpgsql security definer set search_path = '' as $$
declare i parties.invitation; new_account uuid;
begin
  select * into i from parties.invitation x where x.token_hash = token and x.state = 'sent' and x.ends_at > clock_timestamp() for update;
  if not found then return null; end if;
  if exists (select from access.account a where a.login_hash = i.login_hash) then return null; end if;
  insert into access.account (login_hash, state, email) values (i.login_hash, 'invited', mail) returning id into new_account;
  insert into keyring.account_key values (new_account, 1, public_key, salt, params, secret, recovery);
  update parties.invitation x set state = 'ready', account_id = new_account where x.party_id = i.party_id and x.id = i.id;
  return new_account;
end $$;

-- The administrator's half: the wrap was sealed by the administrator's browser session in the same transaction.
create function parties.admit(invitation uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare i parties.invitation; is_admin boolean;
begin
  select 'agency-administrator' = any(m.roles) into is_admin from access.membership m
    where m.party_id = access.party() and m.account_id = access.account() and m.valid @> clock_timestamp();
  if is_admin is not true then return null; end if;
  select * into i from parties.invitation x where x.party_id = access.party() and x.id = invitation and x.state = 'ready' for update;
  if not found then return null; end if;
  update access.account a set state = 'active' where a.id = i.account_id;
  insert into access.membership (party_id, account_id, roles) values (i.party_id, i.account_id, i.roles);
  update parties.invitation x set state = 'admitted' where x.party_id = i.party_id and x.id = i.id;
  return i.account_id;
end $$;

-- Removal in one act: membership ends, seals, sessions and case wraps go.
create function parties.remove_member(gone uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare is_admin boolean;
begin
  select 'agency-administrator' = any(m.roles) into is_admin from access.membership m
    where m.party_id = access.party() and m.account_id = access.account() and m.valid @> clock_timestamp();
  if is_admin is not true then return false; end if;
  update access.membership m set valid = tstzrange(lower(m.valid), clock_timestamp())
    where m.party_id = access.party() and m.account_id = gone and m.valid @> clock_timestamp();
  if not found then return false; end if;
  delete from keyring.party_wrap w where w.party_id = access.party() and w.account_id = gone;
  delete from keyring.case_wrap w where w.party_id = access.party() and w.holder = gone;
  delete from access.session s where s.account_id = gone;
  return true;
end $$;

create function parties.change_roles(member uuid, new_roles text[]) returns boolean
language plpgsql security definer set search_path = '' as $$
declare is_admin boolean;
begin
  select 'agency-administrator' = any(m.roles) into is_admin from access.membership m
    where m.party_id = access.party() and m.account_id = access.account() and m.valid @> clock_timestamp();
  if is_admin is not true then return false; end if;
  update access.membership m set roles = new_roles where m.party_id = access.party() and m.account_id = member and m.valid @> clock_timestamp();
  return found;
end $$;

-- Colleague-assisted recovery. Asking needs no session; confirming needs an administrator; the recovery code does the opening.
create function parties.ask_recovery(login bytea, recovery_print bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  insert into access.recovery (account_id, party_id, state, fingerprint, ends_at)
    select a.id, m.party_id, 'asked', recovery_print, clock_timestamp() + interval '2 hours'
    from access.account a join access.membership m on m.account_id = a.id and m.valid @> clock_timestamp()
    where a.login_hash = login and a.state = 'active' and not exists (
      select from access.recovery r where r.account_id = a.id and r.state = 'asked' and r.ends_at > clock_timestamp());
  return found;
end $$;

create function parties.confirmed_recovery(login bytea, recovery_print bytea) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from access.recovery r join access.account a on a.id = r.account_id
    where a.login_hash = login and r.fingerprint = recovery_print and r.state = 'confirmed' and r.ends_at > clock_timestamp())
$$;

-- New seal for the same pair: after the recovery code opened it, or at a change of password in an open session.
create function parties.reseal(account uuid, old_secret bytea, new_salt bytea, new_params integer, new_secret bytea, new_recovery bytea, new_totp bytea, end_sessions boolean)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  update keyring.account_key k set salt = new_salt, params = new_params, secret = new_secret, recovery = new_recovery, version = version + 1
    where k.account_id = account and k.secret = old_secret;
  if not found then return false; end if;
  if new_totp is not null then update access.account a set totp = new_totp, totp_step = 0 where a.id = account; end if;
  if end_sessions then delete from access.session s where s.account_id = account; end if;
  update access.recovery r set state = 'used' where r.account_id = account and r.state = 'confirmed';
  return true;
end $$;

do $$
declare f text;
begin
  foreach f in array array['invitation_for(bytea)', 'answer_invitation(bytea, bytea, bytea, bytea, integer, bytea, bytea)', 'admit(uuid)',
    'remove_member(uuid)', 'change_roles(uuid, text[])', 'ask_recovery(bytea, bytea)', 'confirmed_recovery(bytea, bytea)',
    'reseal(uuid, bytea, bytea, integer, bytea, bytea, bytea, boolean)']
  loop
    execute format('revoke all on function parties.%s from public', f);
    execute format('grant execute on function parties.%s to anydoor_web', f);
  end loop;
end $$;
