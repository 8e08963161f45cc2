-- API clients: a system of an agency's own that acts for it, with its own key pair. Its secret is shown once and opens the pair for ten
-- minutes at a time. In rows it is an account that signs in nowhere and is no member: nobody assigns it work, and no closed case is ever
-- wrapped for it. Here it has neither a login nor a password.
create schema clients;
grant usage on schema clients to anydoor_web, anydoor_jobs;

create table clients.client (
  party_id uuid not null references access.party (id),
  id uuid not null references access.account (id),
  scopes text[] not null,
  state text not null default 'live' check (state in ('live', 'revoked', 'ended')),
  made_by uuid not null references access.account (id),
  made_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null,
  ended_at timestamptz,
  used_on date,
  key_version integer not null,
  card bytea not null,
  primary key (party_id, id)
);
create index client_by_id on clients.client (id);

-- The pair: the public half to seal to, the other half sealed under a key that only the client's secret gives.
create table keyring.client_key (
  party_id uuid not null,
  client_id uuid not null,
  public_key bytea not null,
  secret bytea not null,
  primary key (party_id, client_id)
);

-- Tokens may be lost with the server: then the system asks for another. The row opens nothing without the token.
create unlogged table clients.token (
  id_hash bytea primary key,
  client_id uuid not null,
  scopes text[] not null,
  secret bytea not null,
  ends_at timestamptz not null
);
create index token_by_client on clients.token (client_id, ends_at);

-- What a request with an idempotency key was answered, for a day. Written in the transaction of its effect. The key's row, what the
-- request said and the answer open only with the client's pair and the key itself.
create table clients.done (
  party_id uuid not null,
  client_id uuid not null,
  key_hash bytea not null,
  request bytea not null,
  answer bytea not null,
  made_at timestamptz not null default clock_timestamp(),
  primary key (party_id, client_id, key_hash),
  foreign key (party_id, client_id) references clients.client (party_id, id)
);
create index done_by_age on clients.done (made_at);

-- Which client asks, where a client asks.
create function access.client() returns uuid language sql stable parallel safe
  return nullif(current_setting('anydoor.client', true), '')::uuid;

create or replace function access.set_asker(kind text, party uuid, account uuid, holder uuid, purpose text) returns void
language sql security definer set search_path = '' as $$
  select set_config('anydoor.kind', kind, true), set_config('anydoor.party', coalesce(party::text, ''), true),
         set_config('anydoor.account', coalesce(account::text, ''), true),
         set_config('anydoor.holder', coalesce(holder::text, ''), true),
         set_config('anydoor.purpose', purpose, true),
         set_config('anydoor.guest_case', '', true), set_config('anydoor.guest_envelope', '', true),
         set_config('anydoor.guest_thread', '', true), set_config('anydoor.client', '', true)
$$;

call access.fence('clients.client', 'party_id = access.party() and access.kind() = ''member''');
call access.fence('keyring.client_key', 'party_id = access.party() and access.kind() = ''member''');
call access.fence('clients.token', '');
call access.fence('clients.done', 'party_id = access.party() and client_id = access.client()');
grant select on clients.client to anydoor_web;
grant select (party_id, client_id, public_key) on keyring.client_key to anydoor_web;
grant select, insert, delete on clients.done to anydoor_web;

create function clients.is_administrator() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from access.membership m where m.party_id = access.party() and m.account_id = access.account()
    and 'agency-administrator' = any (m.roles) and m.valid @> clock_timestamp()) and access.client() is null
$$;
revoke all on function clients.is_administrator() from public;

-- A client is made with its own key by an administrator, for a year at most; its agency's secrets are sealed to it in the same transaction.
create function clients.make(client uuid, id_hash bytea, may text[], days integer, version integer, new_card bytea, public_key bytea, sealed bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not clients.is_administrator() or days not between 1 and 366 or cardinality(may) = 0 then return false; end if;
  insert into access.account (id, login_hash, state, email) values (client, id_hash, 'removed', '');
  insert into clients.client (party_id, id, scopes, made_by, ends_at, key_version, card)
    values (access.party(), client, may, access.account(), clock_timestamp() + make_interval(days => days), version, new_card);
  insert into keyring.client_key values (access.party(), client, public_key, sealed);
  -- What is held from anybody here is held from it: nobody can know who reads in the other system.
  update envelopes.incoming i set held_from = i.held_from || client where i.party_id = access.party() and cardinality(i.held_from) > 0;
  update referrals.thread t set held_from = t.held_from || client where t.party_id = access.party() and cardinality(t.held_from) > 0;
  return true;
end $$;

-- From here on it opens nothing: seals, tokens and kept answers go at once.
create function clients.shut(client uuid, final text) returns void
language sql set search_path = '' as $$
  delete from clients.token k where k.client_id = client;
  delete from clients.done d using clients.client c where c.id = client and d.party_id = c.party_id and d.client_id = client;
  delete from keyring.client_key k using clients.client c where c.id = client and k.party_id = c.party_id and k.client_id = client;
  delete from keyring.party_wrap w where w.account_id = client;
  update clients.client c set state = final, ended_at = clock_timestamp() where c.id = client and c.state = 'live';
$$;
revoke all on function clients.shut(uuid, text) from public;

create function clients.revoke(client uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not clients.is_administrator() then return false; end if;
  perform parties.lock_members();
  perform from clients.client c where c.party_id = access.party() and c.id = client and c.state = 'live' for update;
  if not found then return false; end if;
  perform clients.shut(client, 'revoked');
  return true;
end $$;

-- The token's half of the door. What opens the pair, found by a hash that only this installation can make of a client's id.
create function clients.material(hash bytea) returns table (client_id uuid, party_id uuid, scopes text[], public_key bytea, secret bytea)
language sql stable security definer set search_path = '' as $$
  select c.id, c.party_id, c.scopes, k.public_key, k.secret
  from access.account a join clients.client c on c.id = a.id join keyring.client_key k on k.party_id = c.party_id and k.client_id = c.id
  where a.login_hash = hash and c.state = 'live' and c.ends_at > clock_timestamp()
$$;

-- Whoever holds a token acts as its client, who sees what its agency sees in open cases: it holds no wrap of its own.
create function access.begin_client(token_hash bytea, purpose text)
returns table (account_id uuid, party_id uuid, scopes text[], secret bytea, public_key bytea, key_version integer, card bytea, ends_at timestamptz)
language plpgsql security definer set search_path = '' as $$
declare k clients.token; c clients.client;
begin
  select * into k from clients.token x where x.id_hash = token_hash and x.ends_at > clock_timestamp();
  if not found then return; end if;
  select * into c from clients.client x where x.id = k.client_id and x.state = 'live' and x.ends_at > clock_timestamp();
  if not found then return; end if;
  if c.used_on is distinct from current_date then
    update clients.client x set used_on = current_date where x.id = c.id;
  end if;
  perform access.set_asker('member', c.party_id, c.id, null, purpose);
  perform set_config('anydoor.client', c.id::text, true);
  return query select c.id, c.party_id, k.scopes, k.secret, p.public_key, c.key_version, c.card, k.ends_at
    from keyring.client_key p where p.party_id = c.party_id and p.client_id = c.id;
end $$;

-- A new token, for ten minutes. A client holds twenty at most: the oldest go.
create function clients.start_token(token_hash bytea, hash bytea, may text[], sealed bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare c record;
begin
  select m.client_id, m.scopes into c from clients.material(hash) m;
  if not found then return false; end if;
  delete from clients.token x where x.client_id = c.client_id and (x.ends_at < clock_timestamp() or x.id_hash in (
    select y.id_hash from clients.token y where y.client_id = c.client_id order by y.ends_at desc offset 19));
  insert into clients.token values (token_hash, c.client_id, may, sealed, clock_timestamp() + interval '10 minutes');
  return true;
end $$;

-- What is held from anybody is held from every client of the agency, as long as it is held from somebody.
create function clients.hold() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if cardinality(new.held_from) = 0 then return new; end if;
  new.held_from := array(select h.account from unnest(new.held_from) with ordinality h (account, nth)
    where not exists (select from clients.client c where c.id = h.account) order by h.nth);
  if cardinality(new.held_from) > 0 then
    new.held_from := new.held_from || array(select c.id from clients.client c where c.party_id = new.party_id and c.state = 'live' order by c.id);
  end if;
  return new;
end $$;
revoke all on function clients.hold() from public;
create trigger hold_from_clients before insert or update of held_from on envelopes.incoming for each row execute function clients.hold();
create trigger hold_from_clients before insert or update of held_from on referrals.thread for each row execute function clients.hold();

-- Wrong secrets of clients there are, for their agencies' ledgers: counted by the hash that their account has, told as failed sign-ins are.
create function clients.failures_to_tell()
returns table (account_id uuid, failures integer, fresh integer, party_id uuid, key_version integer, box_public bytea)
language sql stable security definer set search_path = '' as $$
  select c.id, a.failures, a.failures - a.told, c.party_id, k.version, k.box_public
  from access.attempt a
  join access.account x on x.login_hash = a.login_hash
  join clients.client c on c.id = x.id and c.state = 'live'
  join lateral (select p.version, p.box_public from keyring.party_key p where p.party_id = c.party_id and p.thread_id is null
    order by p.version desc limit 1) k on true
  where a.failures > a.told and (a.told_at is null
    or a.told_at < clock_timestamp() - least(interval '1 day', interval '1 minute' * power(4, least(a.lines, 6))))
  order by c.id limit 500
$$;
create function clients.tell_failures(client uuid, version integer, commitment bytea, detail bytea) returns void
language sql security definer set search_path = '' as $$
  insert into ledger.entry (party_id, kind, minute, commitment, key_scope, key_version, detail)
  select c.party_id, 'client.failed', date_trunc('minute', clock_timestamp()), commitment, 'box', version, detail
  from clients.client c join access.account x on x.id = c.id
  join access.attempt a on a.login_hash = x.login_hash and a.failures > a.told
  where c.id = client and c.state = 'live'
$$;

-- Each minute: what is over goes.
create function clients.sweep() returns integer
language plpgsql security definer set search_path = '' as $$
declare gone integer;
begin
  perform clients.shut(c.id, 'ended') from clients.client c where c.state = 'live' and c.ends_at <= clock_timestamp();
  delete from clients.token k where k.ends_at < clock_timestamp();
  delete from clients.done d where d.made_at < clock_timestamp() - interval '1 day';
  get diagnostics gone = row_count;
  return gone;
end $$;

revoke all on function clients.make(uuid, bytea, text[], integer, integer, bytea, bytea, bytea), clients.revoke(uuid), clients.material(bytea),
  access.begin_client(bytea, text), clients.start_token(bytea, bytea, text[], bytea), clients.failures_to_tell(),
  clients.tell_failures(uuid, integer, bytea, bytea), clients.sweep() from public;
grant execute on function clients.make(uuid, bytea, text[], integer, integer, bytea, bytea, bytea), clients.revoke(uuid), clients.material(bytea),
  access.begin_client(bytea, text), clients.start_token(bytea, bytea, text[], bytea) to anydoor_web;
grant execute on function clients.failures_to_tell(), clients.tell_failures(uuid, integer, bytea, bytea), clients.sweep() to anydoor_jobs;
