-- The doors into a transaction. Each is a definer function that looks at live rows and then says who is asking.

create function access.set_asker(kind text, party uuid, account uuid, holder uuid, purpose text) returns void
language sql security definer set search_path = '' as $$
  select set_config('anydoor.kind', kind, true), set_config('anydoor.party', coalesce(party::text, ''), true),
         set_config('anydoor.account', coalesce(account::text, ''), true),
         set_config('anydoor.holder', coalesce(holder::text, ''), true),
         set_config('anydoor.purpose', purpose, true),
         set_config('anydoor.guest_case', '', true), set_config('anydoor.guest_envelope', '', true)
$$;
revoke all on function access.set_asker from public;

-- A member (or a survivor in their own space) whose session is open, for one of their live memberships.
create function access.begin(session_hash bytea, wanted_party uuid, purpose text)
returns table (account_id uuid, party_id uuid, session_kind text, roles text[], secret bytea, public_key bytea)
language plpgsql security definer set search_path = '' as $$
declare
  s access.session;
  m access.membership;
begin
  select * into s from access.session x where x.id_hash = session_hash and x.stage = 'open'
    and x.seen_at > clock_timestamp() - interval '15 minutes' and x.started_at > clock_timestamp() - interval '12 hours';
  if not found then return; end if;
  select * into m from access.membership x
    where x.account_id = s.account_id and x.party_id = coalesce(wanted_party, s.party_id) and x.valid @> clock_timestamp();
  if not found then return; end if;
  if s.seen_at < clock_timestamp() - interval '20 seconds' then
    update access.session x set seen_at = clock_timestamp() where x.id_hash = session_hash;
  end if;
  perform access.set_asker(s.kind, m.party_id, s.account_id, s.account_id, purpose);
  return query select s.account_id, m.party_id, s.kind, m.roles, s.secret, k.public_key
    from keyring.account_key k where k.account_id = s.account_id;
end $$;

-- A one-time link: the token's hash finds it, the code was checked by the caller's opening of its wrap.
create function access.begin_bearer(token_hash bytea, purpose text)
returns table (bearer_id uuid, party_id uuid, case_id uuid, envelope_id uuid)
language plpgsql security definer set search_path = '' as $$
declare b access.bearer;
begin
  select * into b from access.bearer x where x.id_hash = token_hash and x.ends_at > clock_timestamp() and x.tries < 5;
  if not found then return; end if;
  perform access.set_asker('bearer', null, null, b.id, purpose);
  perform set_config('anydoor.guest_case', coalesce(b.case_id::text, ''), true),
          set_config('anydoor.guest_envelope', coalesce(b.envelope_id::text, ''), true);
  return query select b.id, b.party_id, b.case_id, b.envelope_id;
end $$;

-- Five wrong codes end a link for good, and its wraps with it.
create function access.bearer_failed(token_hash bytea) returns void
language plpgsql security definer set search_path = '' as $$
declare b access.bearer;
begin
  update access.bearer x set tries = tries + 1 where x.id_hash = token_hash returning * into b;
  if b.tries >= 5 then
    delete from keyring.case_wrap w where w.holder = b.id;
    delete from keyring.envelope_wrap w where w.party_id = b.id and w.envelope_id = b.envelope_id;
  end if;
end $$;

-- Signing in: everything the password check needs, and the delay; an unknown login answers with no row.
create function access.sign_in_material(login bytea)
returns table (account_id uuid, state text, public_key bytea, salt bytea, params integer, secret bytea, recovery bytea)
language sql stable security definer set search_path = '' as $$
  select a.id, a.state, k.public_key, k.salt, k.params, k.secret, k.recovery
  from access.account a join keyring.account_key k on k.account_id = a.id
  where a.login_hash = login and a.state <> 'removed'
$$;

create function access.sign_in_delay(login bytea) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select retry_at from access.attempt where login_hash = login and retry_at > clock_timestamp()
$$;

-- Grows from one second to five minutes, and never locks anybody out for longer.
create function access.sign_in_failed(login bytea) returns void
language sql security definer set search_path = '' as $$
  insert into access.attempt as a values (login, 1, clock_timestamp() + interval '1 second')
  on conflict (login_hash) do update set failures = a.failures + 1,
    retry_at = clock_timestamp() + least(interval '5 minutes', interval '1 second' * power(2, least(a.failures, 10)))
$$;

create function access.sign_in_succeeded(login bytea) returns void
language sql security definer set search_path = '' as $$
  delete from access.attempt where login_hash = login
$$;

create function access.start_session(session_hash bytea, account uuid, session_stage text, sealed bytea) returns void
language sql security definer set search_path = '' as $$
  insert into access.session (id_hash, account_id, party_id, stage, secret)
  select session_hash, account, (select m.party_id from access.membership m
    where m.account_id = account and m.valid @> clock_timestamp() order by lower(m.valid) limit 1), session_stage, sealed
$$;

-- Between password and code: only the account's own authenticator seal is shown.
create function access.pending_session(session_hash bytea)
returns table (account_id uuid, secret bytea, public_key bytea, totp bytea, totp_step bigint, login_hash bytea, state text)
language sql stable security definer set search_path = '' as $$
  select s.account_id, s.secret, k.public_key, a.totp, a.totp_step, a.login_hash, a.state
  from access.session s join access.account a on a.id = s.account_id join keyring.account_key k on k.account_id = a.id
  where s.id_hash = session_hash and s.stage = 'code' and s.started_at > clock_timestamp() - interval '10 minutes'
$$;

-- An authenticator code works once: the step must be later than the last one used.
create function access.pass_code(session_hash bytea, step bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
declare who uuid;
begin
  update access.account a set totp_step = step from access.session s
    where s.id_hash = session_hash and s.stage = 'code' and a.id = s.account_id and a.totp_step < step returning a.id into who;
  if not found then return false; end if;
  update access.session set stage = 'open', seen_at = clock_timestamp() where id_hash = session_hash;
  return true;
end $$;

create function access.set_first_totp(session_hash bytea, sealed bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update access.account a set totp = sealed, totp_step = 0 from access.session s
    where s.id_hash = session_hash and s.stage = 'code' and a.id = s.account_id and a.totp is null;
  return found;
end $$;

create function access.end_session(session_hash bytea) returns void
language sql security definer set search_path = '' as $$
  delete from access.session where id_hash = session_hash
$$;

create function access.choose_party(session_hash bytea, wanted uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update access.session s set party_id = wanted where s.id_hash = session_hash and exists (
    select from access.membership m where m.account_id = s.account_id and m.party_id = wanted and m.valid @> clock_timestamp());
  return found;
end $$;

create function access.my_parties() returns table (party_id uuid, roles text[])
language sql stable security definer set search_path = '' as $$
  select m.party_id, m.roles from access.membership m where m.account_id = access.account() and m.valid @> clock_timestamp()
$$;

-- Old sessions and forgotten attempts go, so that neither table grows.
create function access.sweep() returns void
language sql security definer set search_path = '' as $$
  delete from access.session where seen_at < clock_timestamp() - interval '15 minutes' or started_at < clock_timestamp() - interval '12 hours';
  delete from access.attempt where retry_at < clock_timestamp() - interval '1 day';
$$;

do $$
declare f text;
begin
  foreach f in array array['begin(bytea, uuid, text)', 'begin_bearer(bytea, text)', 'bearer_failed(bytea)', 'sign_in_material(bytea)',
    'sign_in_delay(bytea)', 'sign_in_failed(bytea)', 'sign_in_succeeded(bytea)', 'start_session(bytea, uuid, text, bytea)',
    'pending_session(bytea)', 'pass_code(bytea, bigint)', 'set_first_totp(bytea, bytea)', 'end_session(bytea)',
    'choose_party(bytea, uuid)', 'my_parties()', 'sweep()']
  loop
    execute format('revoke all on function access.%s from public', f);
    execute format('grant execute on function access.%s to anydoor_web', f);
  end loop;
  grant execute on function access.sweep() to anydoor_jobs;
end $$;
