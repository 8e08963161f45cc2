-- Light partners: an office without an account gets a mail without content and a link, opens one letter with a code that it was told by
-- telephone, and answers there. The office is an agency of the register in state 'light'. Each thread to it has a key version of its own,
-- made and held by whoever sent; its secret lies for the office only under token and code, for at most 72 hours, in an unlogged table.
create schema light;
grant usage on schema light to anydoor_web, anydoor_jobs;

alter table parties.agency drop constraint agency_state_check,
  add constraint agency_state_check check (state in ('active', 'ended', 'light'));
-- The demo ends when an agency joins it, not when one is written to.
drop trigger real_agency_ends_demo on parties.agency;
create trigger real_agency_ends_demo after insert on parties.agency for each row when (new.state <> 'light') execute function access.end_demo();
create trigger light_partner_ends_demo after update of state on parties.agency for each row
  when (old.state = 'light' and new.state = 'active') execute function access.end_demo();

-- The thread of whoever holds a link to an office.
create function access.guest_thread() returns uuid language sql stable parallel safe
  return nullif(current_setting('anydoor.guest_thread', true), '')::uuid;

-- The office of an organisation of the directory: one, whoever writes to it. Its account signs in nowhere; it only stands for the office in rows.
create table parties.office (
  office_id uuid primary key references access.party (id),
  organization_id uuid not null unique,
  account_id uuid not null references access.account (id)
);
-- To which address an agency writes there, sealed under its own key: another agency's is not told, nor that there is one.
create table parties.office_address (
  party_id uuid not null references access.party (id),
  office_id uuid not null references parties.office (office_id),
  key_version integer not null,
  mail bytea not null,
  written_by uuid not null references access.account (id),
  written_at timestamptz not null default clock_timestamp(),
  primary key (party_id, office_id)
);
-- The secret of a thread's key version, as whoever made it holds it: under the case's key where the thread comes out of a case.
create table parties.office_key (
  party_id uuid not null references access.party (id),
  case_id uuid,
  thread_id uuid not null,
  office_id uuid not null references parties.office (office_id),
  version integer not null,
  key_version integer not null,
  secrets bytea not null,
  handed_at timestamptz,
  primary key (party_id, thread_id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
create index office_key_by_case on parties.office_key (party_id, case_id);
create index office_key_to_hand on parties.office_key (party_id, office_id) where handed_at is null;
-- The same secret handed over to the agency that the office has become, sealed to its box by whoever sent.
create table keyring.office_hand (
  party_id uuid not null,
  version integer not null,
  from_party uuid not null,
  to_version integer not null,
  secrets bytea not null,
  primary key (party_id, version)
);
alter table keyring.party_key add column made_for uuid, add column thread_id uuid,
  add constraint party_key_light_check check ((made_for is null) = (thread_id is null));

call access.fence('parties.office', '');
call access.fence('parties.office_address', 'party_id = access.party() and access.kind() = ''member''');
call access.fence('parties.office_key', 'party_id = access.party() and access.kind() = ''member'' and (case_id is null or access.may_see(party_id, case_id))');
call access.fence('keyring.office_hand', '');
-- An agency sees an office only once it has written down an address there.
create policy written_to on parties.office for select to anydoor_web
  using (access.kind() = 'member' and exists (select from parties.office_address a where a.party_id = access.party() and a.office_id = office.office_id));
create policy own_hand on keyring.office_hand for select to anydoor_web using (party_id = access.party() and access.kind() = 'member');
-- A version that was made for one thread is there for its two sides alone: how many others there are is nobody's to count.
drop policy everyone_reads on keyring.party_key;
create policy everyone_reads on keyring.party_key for select to anydoor_web
  using (access.kind() is not null and (made_for is null or made_for = access.party()
    or (party_id = access.party() and (access.kind() = 'member' or thread_id = access.guest_thread()))));
-- Who acts for an office sees neither its other links nor when it acted elsewhere.
drop policy fence on access.bearer;
create policy fence on access.bearer for all to anydoor_web
  using (party_id = access.party() and access.kind() <> 'bearer' and (case_id is null or access.may_see(party_id, case_id)))
  with check (party_id = access.party() and access.kind() <> 'bearer' and (case_id is null or access.may_see(party_id, case_id)));
drop policy fence on ledger.witness;
create policy fence on ledger.witness for all to anydoor_web
  using (party_id = access.party() and access.kind() <> 'bearer') with check (party_id = access.party() and access.kind() <> 'bearer');
grant select on parties.office to anydoor_web;
grant select, insert, update on parties.office_address to anydoor_web;
grant select, insert on parties.office_key to anydoor_web;
grant update (secrets, key_version, case_id) on parties.office_key to anydoor_web;
grant select on keyring.office_hand to anydoor_web;

-- The office of an organisation, made at the first need; null where the organisation is not there or has an account already.
create function parties.open_office(organization uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare o directory.organization; office uuid; nobody uuid;
begin
  if access.kind() is distinct from 'member' then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended(organization::text, 176));
  select * into o from directory.organization x where x.id = organization;
  if not found or o.party_id is not null then return null; end if;
  select x.office_id into office from parties.office x where x.organization_id = organization;
  if found then return office; end if;
  insert into access.party (kind) values ('agency') returning id into office;
  insert into parties.agency (party_id, name, sector, pack, state) values (office, o.name, o.sector, o.pack, 'light');
  insert into access.account (login_hash, state, email) values (sha256(uuid_send(gen_random_uuid()) || uuid_send(office)), 'removed', '') returning id into nobody;
  insert into parties.office (office_id, organization_id, account_id) values (office, organization, nobody);
  return office;
end $$;

-- The public half of a thread's fresh pair, as the next key version of the office. Only once for a thread.
create function parties.add_office_key(office uuid, thread uuid, box bytea, sign bytea) returns integer
language plpgsql security definer set search_path = '' as $$
declare newest integer;
begin
  if access.kind() is distinct from 'member'
    or not exists (select from parties.agency a where a.party_id = office and a.state = 'light')
    or not exists (select from referrals.thread t where t.party_id = access.party() and t.id = thread and t.other_party = office and t.side = 'from') then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended(office::text, 177));
  if exists (select from keyring.party_key k where k.party_id = office and k.thread_id = thread) then return null; end if;
  select coalesce(max(k.version), 0) + 1 into newest from keyring.party_key k where k.party_id = office;
  insert into keyring.party_key (party_id, version, box_public, sign_public, made_for, thread_id) values (office, newest, box, sign, access.party(), thread);
  return newest;
end $$;

-- What is to be handed over: threads to an office that has an account by now.
create function parties.to_hand_over() returns table (thread_id uuid)
language sql stable security definer set search_path = '' as $$
  select k.thread_id from parties.office_key k join parties.agency a on a.party_id = k.office_id and a.state = 'active'
  where access.kind() = 'member' and k.party_id = access.party() and k.handed_at is null and (k.case_id is null or access.may_see(k.party_id, k.case_id))
  order by k.thread_id limit 50
$$;

create function parties.hand_over(thread uuid, box_version integer, sealed bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare k parties.office_key;
begin
  if access.kind() is distinct from 'member' then return false; end if;
  select * into k from parties.office_key x where x.party_id = access.party() and x.thread_id = thread and x.handed_at is null for update;
  if not found or (k.case_id is not null and not access.may_see(k.party_id, k.case_id))
    or not exists (select from parties.agency a where a.party_id = k.office_id and a.state = 'active') then return false; end if;
  insert into keyring.office_hand values (k.office_id, k.version, k.party_id, box_version, sealed);
  update parties.office_key x set handed_at = clock_timestamp() where x.party_id = k.party_id and x.thread_id = thread;
  return true;
end $$;

-- One link to one thread. `token_hash` finds it, also when it is over, so that a new one can be asked for.
create table light.link (
  party_id uuid not null references access.party (id),
  case_id uuid,
  id uuid not null default uuidv7(),
  thread_id uuid not null,
  office_id uuid not null references parties.office (office_id),
  bearer_id uuid not null,
  made_by uuid not null references access.account (id),
  state text not null check (state in ('sent', 'opened', 'answered', 'left', 'late', 'spent', 'ended')),
  made_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null,
  opened_at timestamptz,
  asked_at timestamptz,
  tries integer not null default 0,
  token_hash bytea not null unique,
  primary key (party_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
create index link_by_thread on light.link (party_id, thread_id, id desc);
create index link_by_end on light.link (ends_at) where state in ('sent', 'opened');
create index link_by_bearer on light.link (bearer_id) where state in ('sent', 'opened');
-- The office's way to the secret. Unlogged: in no backup, no archive, no standby; a crash costs a new link.
create unlogged table keyring.office_link (
  party_id uuid not null,
  link_id uuid not null,
  salt bytea,
  wrap bytea not null,
  primary key (party_id, link_id)
);
call access.fence('light.link', 'party_id = access.party() and access.kind() = ''member'' and (case_id is null or access.may_see(party_id, case_id)) and not referrals.held(party_id, thread_id)');
call access.fence('keyring.office_link', '');
grant select on light.link to anydoor_web;

-- A bearer of such a link acts as the office in one thread, and in nothing else.
alter table access.bearer add column thread_id uuid, drop constraint bearer_check,
  add constraint bearer_check check (num_nonnulls(case_id, envelope_id, thread_id) = 1);
create function access.acts_in(thread uuid) returns boolean language sql stable parallel safe
  return coalesce(access.kind() = 'member' or (access.kind() = 'bearer' and thread = access.guest_thread()), false);

create or replace function access.set_asker(kind text, party uuid, account uuid, holder uuid, purpose text) returns void
language sql security definer set search_path = '' as $$
  select set_config('anydoor.kind', kind, true), set_config('anydoor.party', coalesce(party::text, ''), true),
         set_config('anydoor.account', coalesce(account::text, ''), true),
         set_config('anydoor.holder', coalesce(holder::text, ''), true),
         set_config('anydoor.purpose', purpose, true),
         set_config('anydoor.guest_case', '', true), set_config('anydoor.guest_envelope', '', true),
         set_config('anydoor.guest_thread', '', true)
$$;

drop function access.begin_bearer(bytea, text);
create function access.begin_bearer(token_hash bytea, purpose text)
returns table (bearer_id uuid, party_id uuid, case_id uuid, envelope_id uuid, thread_id uuid, account_id uuid)
language plpgsql security definer set search_path = '' as $$
declare b access.bearer; nobody uuid;
begin
  select * into b from access.bearer x where x.id_hash = token_hash and x.ends_at > clock_timestamp() and x.tries < 5;
  if not found then return; end if;
  if b.thread_id is null then
    perform access.set_asker('bearer', null, null, b.id, purpose);
  else
    select o.account_id into nobody from parties.office o join light.link l on l.office_id = o.office_id
      where o.office_id = b.party_id and l.bearer_id = b.id and l.state = 'opened' and l.ends_at > clock_timestamp();
    if not found then return; end if;
    perform access.set_asker('bearer', b.party_id, nobody, b.id, purpose);
  end if;
  perform set_config('anydoor.guest_case', coalesce(b.case_id::text, ''), true),
          set_config('anydoor.guest_envelope', coalesce(b.envelope_id::text, ''), true),
          set_config('anydoor.guest_thread', coalesce(b.thread_id::text, ''), true);
  return query select b.id, b.party_id, b.case_id, b.envelope_id, b.thread_id, nobody;
end $$;
revoke all on function access.begin_bearer(bytea, text) from public;
grant execute on function access.begin_bearer(bytea, text) to anydoor_web;

create policy light_thread on referrals.thread for select to anydoor_web
  using (access.kind() = 'bearer' and party_id = access.party() and id = access.guest_thread());
create policy light_thread_moves on referrals.thread for update to anydoor_web
  using (access.kind() = 'bearer' and party_id = access.party() and id = access.guest_thread())
  with check (access.kind() = 'bearer' and party_id = access.party() and id = access.guest_thread());
create policy light_incoming on envelopes.incoming for select to anydoor_web
  using (access.kind() = 'bearer' and party_id = access.party() and thread_id = access.guest_thread() and names is null);
create policy light_outgoing on envelopes.outgoing for select to anydoor_web
  using (access.kind() = 'bearer' and party_id = access.party() and thread_id = access.guest_thread());
create policy light_sends on envelopes.outgoing for insert to anydoor_web
  with check (access.kind() = 'bearer' and party_id = access.party() and thread_id = access.guest_thread() and case_id is null);

-- What these functions do for a member they do for the bearer of a thread, in that thread alone. Everything else in them stays as it stands.
do $$
declare
  changed text;
  f record;
begin
  for f in select * from (values
    ('envelopes.deliver(uuid, bytea, integer, text, timestamptz, timestamptz, integer, text, bytea, bytea, bytea, bytea)',
      'access.kind() <> ''member''', 'not access.acts_in(o.thread_id)'),
    ('envelopes.wrap_for_opening(uuid)', 'if access.kind() <> ''member'' then return; end if;',
      'if not access.acts_in((select x.thread_id from envelopes.incoming x where x.party_id = access.party() and x.id = envelope)) then return; end if;'),
    ('referrals.acknowledge(uuid)', 'access.kind() <> ''member''', 'not access.acts_in(thread)')) v (name, old, new)
  loop
    changed := replace(pg_get_functiondef(f.name::regprocedure), f.old, f.new);
    if position(f.new in changed) = 0 then raise exception '% does not ask who acts as it did', f.name; end if;
    execute changed;
  end loop;
end $$;

-- A link is over: the office's way in goes at once.
create function light.shut(p uuid, link uuid, final text) returns void
language sql set search_path = '' as $$
  delete from access.bearer b using light.link l where l.party_id = p and l.id = link and b.id = l.bearer_id;
  delete from keyring.office_link k where k.party_id = p and k.link_id = link;
  update light.link l set state = final where l.party_id = p and l.id = link and l.state in ('sent', 'opened');
$$;
create function light.shut_thread(p uuid, thread uuid, final text) returns void
language sql set search_path = '' as $$
  select light.shut(l.party_id, l.id, final) from light.link l where l.party_id = p and l.thread_id = thread and l.state in ('sent', 'opened')
$$;

-- Makes the link of a thread, and ends those before it. 72 hours, by the database's clock.
create function light.make(link uuid, thread uuid, hash bytea, secret_row bytea, new_salt bytea, new_wrap bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  t referrals.thread;
  bearer uuid := uuidv7();
  until timestamptz := clock_timestamp() + interval '72 hours';
begin
  if access.kind() is distinct from 'member' then return false; end if;
  select * into t from referrals.thread x where x.party_id = access.party() and x.id = thread and x.side = 'from'
    and x.state not in ('withdrawn', 'ended') and access.account() <> all (x.held_from);
  if not found or (t.case_id is not null and not access.may_see(t.party_id, t.case_id))
    or not exists (select from parties.agency a where a.party_id = t.other_party and a.state = 'light') then return false; end if;
  perform light.shut_thread(t.party_id, thread, 'ended');
  insert into access.bearer (id, id_hash, party_id, thread_id, ends_at) values (bearer, secret_row, t.other_party, thread, until);
  insert into light.link (party_id, case_id, id, thread_id, office_id, bearer_id, made_by, state, ends_at, token_hash)
    values (t.party_id, t.case_id, link, thread, t.other_party, bearer, access.account(), 'sent', until, hash);
  insert into keyring.office_link (party_id, link_id, salt, wrap) values (t.party_id, link, new_salt, new_wrap);
  return true;
end $$;

-- What a code is stretched with: nothing for a link that opens nothing, and the caller does the same work either way.
create function light.salt(hash bytea) returns bytea
language sql stable security definer set search_path = '' as $$
  select k.salt from light.link l join keyring.office_link k on k.party_id = l.party_id and k.link_id = l.id where l.token_hash = hash and l.state = 'sent'
$$;

-- A try with token and code. The right ones give the wrap; a wrong code counts, and five end the link for good.
create function light.knock(hash bytea, secret_row bytea) returns table (link_id uuid, wrap bytea)
language plpgsql security definer set search_path = '' as $$
declare l light.link;
begin
  select * into l from light.link x where x.token_hash = hash for update;
  if l.state is distinct from 'sent' then return; end if;
  if l.ends_at <= clock_timestamp() then perform light.shut(l.party_id, l.id, 'late'); return; end if;
  if exists (select from access.bearer b where b.id = l.bearer_id and b.id_hash = secret_row and b.ends_at > clock_timestamp()) then
    return query select l.id, k.wrap from keyring.office_link k where k.party_id = l.party_id and k.link_id = l.id;
    return;
  end if;
  update light.link x set tries = x.tries + 1 where x.party_id = l.party_id and x.id = l.id;
  if l.tries >= 4 then perform light.shut(l.party_id, l.id, 'spent'); end if;
end $$;

-- The link is used: from here only the cookie opens the letter, for an hour.
create function light.enter(hash bytea, secret_row bytea, cookie_row bytea, new_wrap bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare l light.link; until timestamptz := clock_timestamp() + interval '1 hour';
begin
  select * into l from light.link x where x.token_hash = hash and x.state = 'sent' and x.ends_at > clock_timestamp() for update;
  if not found then return false; end if;
  update access.bearer b set id_hash = cookie_row, ends_at = until where b.id = l.bearer_id and b.id_hash = secret_row;
  if not found then return false; end if;
  update keyring.office_link k set salt = null, wrap = new_wrap where k.party_id = l.party_id and k.link_id = l.id;
  update light.link x set state = 'opened', opened_at = clock_timestamp(), ends_at = until where x.party_id = l.party_id and x.id = l.id;
  return true;
end $$;

-- The way in of whoever holds the cookie, with what the office may know of the other side.
create function light.mine() returns table (link_id uuid, thread_id uuid, from_party uuid, version integer, wrap bytea, ends_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select l.id, l.thread_id, l.party_id, p.version, k.wrap, l.ends_at from light.link l
  join keyring.office_link k on k.party_id = l.party_id and k.link_id = l.id
  join keyring.party_key p on p.party_id = l.office_id and p.thread_id = l.thread_id
  where access.kind() = 'bearer' and l.bearer_id = access.holder() and l.state = 'opened' and l.ends_at > clock_timestamp()
$$;

-- Answered, or put away: the link is over, and a new one is made for what comes next.
create function light.close(answered boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
declare l light.link;
begin
  if access.kind() is distinct from 'bearer' then return false; end if;
  select * into l from light.link x where x.bearer_id = access.holder() and x.state = 'opened' for update;
  if not found then return false; end if;
  perform light.shut(l.party_id, l.id, case when answered then 'answered' else 'left' end);
  return true;
end $$;

-- Whoever holds a token that is over asks for a new link. Nothing is said back, whatever the token was.
create function light.ask_again(hash bytea) returns void
language sql security definer set search_path = '' as $$
  update light.link l set asked_at = clock_timestamp() where l.token_hash = hash and l.asked_at is null
    and not exists (select from light.link x where x.party_id = l.party_id and x.thread_id = l.thread_id and x.id > l.id)
$$;

create function light.end_links(thread uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare l light.link; ended integer := 0;
begin
  if access.kind() is distinct from 'member' then return 0; end if;
  for l in select * from light.link x where x.party_id = access.party() and x.thread_id = thread and x.state in ('sent', 'opened')
    and (x.case_id is null or access.may_see(x.party_id, x.case_id)) and not referrals.held(x.party_id, x.thread_id) for update
  loop
    perform light.shut(l.party_id, l.id, 'ended');
    ended := ended + 1;
  end loop;
  return ended;
end $$;

-- Links that nobody used in time, and ways in without a link.
create function light.sweep() returns integer
language sql security definer set search_path = '' as $$
  with late as (select l.party_id, l.id, l.state from light.link l where l.state in ('sent', 'opened') and l.ends_at <= clock_timestamp()),
  shut as (select light.shut(x.party_id, x.id, case x.state when 'opened' then 'left' else 'late' end) from late x),
  loose as (delete from keyring.office_link k where not exists (select from light.link l where l.party_id = k.party_id and l.id = k.link_id) returning 1)
  select (select count(*) from shut)::integer + (select count(*) from loose)::integer
$$;

-- What was shared ended, or the thread did: so does the link, in the same transaction.
create function light.follow_incoming() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.kind in ('ask', 'request') and not exists (select from envelopes.incoming i where i.party_id = new.party_id and i.thread_id = new.thread_id
      and i.kind in ('ask', 'request') and i.state <> 'ended') then
    perform light.shut_thread(new.from_party, new.thread_id, 'ended');
  end if;
  return null;
end $$;
create trigger light_link_follows after update of state on envelopes.incoming for each row
  when (new.state = 'ended' and old.state <> 'ended') execute function light.follow_incoming();
create function light.follow_thread() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform light.shut_thread(new.party_id, new.id, 'ended');
  return null;
end $$;
create trigger light_link_follows after update of state on referrals.thread for each row
  when (new.side = 'from' and new.state in ('withdrawn', 'ended') and old.state <> new.state) execute function light.follow_thread();
-- Erased with its case: the way in goes with the row.
create function light.follow_row() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from access.bearer b where b.id = old.bearer_id;
  delete from keyring.office_link k where k.party_id = old.party_id and k.link_id = old.id;
  return null;
end $$;
create trigger light_door_follows after delete on light.link for each row execute function light.follow_row();

-- Becoming a full member: the agency that is founded takes the office's place, so that every thread is its own already.
alter table parties.founding add column office_id uuid references parties.office (office_id);
drop function parties.founding_for(bytea);
create function parties.founding_for(token bytea) returns table (name text, sector text, pack text, area text, office_id uuid, version integer)
language sql stable security definer set search_path = '' as $$
  select f.name, f.sector, f.pack, f.area, f.office_id, coalesce((select max(k.version) from keyring.party_key k where k.party_id = f.office_id), 0) + 1
  from parties.founding f
  where f.token_hash = token and f.party_id is null and f.ends_at > clock_timestamp()
    and (f.office_id is null or exists (select from parties.agency a where a.party_id = f.office_id and a.state = 'light'))
$$;

drop function parties.found(bytea, uuid, uuid, text, text, text, text, bytea, bytea, bytea, bytea, bytea, bytea, bytea, integer, bytea, bytea, bytea, bytea, text[]);
create function parties.found(token bytea, new_party uuid, new_account uuid, agency_name text, agency_sector text, agency_area text, agency_phone text,
  box_public bytea, sign_public bytea, login bytea, mail bytea, totp bytea, public_key bytea, salt bytea, params integer,
  secret bytea, recovery bytea, wrap bytea, card bytea, first_roles text[], key_version integer) returns boolean
language plpgsql security definer set search_path = '' as $$
declare f parties.founding; l light.link; before integer;
begin
  select * into f from parties.founding x where x.token_hash = token and x.party_id is null and x.ends_at > clock_timestamp() for update;
  if not found or exists (select from access.account a where a.login_hash = login) then return false; end if;
  if f.office_id is null then
    if key_version <> 1 then return false; end if;
    insert into access.party (id, kind) values (new_party, 'agency');
    insert into parties.agency (party_id, name, sector, pack, area, public_phone) values (new_party, agency_name, coalesce(nullif(f.sector, ''), agency_sector), f.pack, agency_area, agency_phone);
  else
    -- Nobody makes a key version for the office meanwhile: the agency's own is the next, and the newest.
    perform pg_advisory_xact_lock(hashtextextended(f.office_id::text, 177));
    select coalesce(max(k.version), 0) into before from keyring.party_key k where k.party_id = f.office_id;
    if new_party <> f.office_id or key_version <> before + 1 then return false; end if;
    update parties.agency a set name = agency_name, sector = coalesce(nullif(f.sector, ''), agency_sector), pack = f.pack, area = agency_area,
      public_phone = agency_phone, state = 'active' where a.party_id = f.office_id and a.state = 'light';
    if not found then return false; end if;
    for l in select * from light.link x where x.office_id = f.office_id and x.state in ('sent', 'opened') for update
    loop
      perform light.shut(l.party_id, l.id, 'ended');
    end loop;
    update referrals.thread t set assignee_id = null where t.party_id = f.office_id;
    update directory.organization g set party_id = f.office_id from parties.office o
      where o.office_id = f.office_id and g.id = o.organization_id and g.party_id is null;
  end if;
  insert into keyring.party_key (party_id, version, box_public, sign_public) values (new_party, key_version, box_public, sign_public);
  insert into access.account (id, login_hash, state, email, totp) values (new_account, login, 'active', mail, totp);
  insert into keyring.account_key values (new_account, 1, public_key, salt, params, secret, recovery);
  insert into access.membership (party_id, account_id, roles) values (new_party, new_account, first_roles);
  insert into keyring.party_wrap values (new_party, key_version, new_account, wrap);
  insert into parties.member (party_id, account_id, key_version, card) values (new_party, new_account, key_version, card);
  update parties.founding x set party_id = new_party where x.id = f.id;
  return true;
end $$;

drop function parties.offer(bytea, text, text, text, text);
create function parties.offer(token bytea, agency_name text, agency_sector text, agency_pack text, agency_area text, office uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from access.membership m where m.party_id = access.party() and m.account_id = access.account()
    and 'operator' = any(m.roles) and m.valid @> clock_timestamp()) then return false; end if;
  if office is not null and not exists (select from parties.agency a where a.party_id = office and a.state = 'light' and a.pack = agency_pack) then return false; end if;
  insert into parties.founding (token_hash, name, sector, pack, area, ends_at, office_id)
    values (token, agency_name, agency_sector, agency_pack, agency_area, clock_timestamp() + interval '72 hours', office);
  return true;
end $$;

-- The office that an operator means: only by the whole name, so that the page lists nobody who was written to.
create function parties.office_named(agency_name text, agency_pack text) returns table (office_id uuid, area text)
language sql stable security definer set search_path = '' as $$
  select a.party_id, a.area from parties.agency a
  where a.state = 'light' and lower(a.name) = lower(agency_name) and a.pack = agency_pack
    and exists (select from access.membership m where m.party_id = access.party() and m.account_id = access.account()
      and 'operator' = any(m.roles) and m.valid @> clock_timestamp())
  order by a.party_id limit 1
$$;

-- A mail that says only that something waits, with a link that works together with a code.
alter table jobs.mail drop constraint mail_template_check;
alter table jobs.mail add constraint mail_template_check
  check (template in ('something-waits', 'invitation-link', 'something-waits-link', 'letter-link'));

do $$
declare f text;
begin
  revoke all on function light.shut(uuid, uuid, text), light.shut_thread(uuid, uuid, text), light.sweep(),
    light.follow_incoming(), light.follow_thread(), light.follow_row() from public;
  foreach f in array array['parties.open_office(uuid)', 'parties.add_office_key(uuid, uuid, bytea, bytea)', 'parties.to_hand_over()',
    'parties.hand_over(uuid, integer, bytea)', 'light.make(uuid, uuid, bytea, bytea, bytea, bytea)', 'light.salt(bytea)',
    'light.knock(bytea, bytea)', 'light.enter(bytea, bytea, bytea, bytea)', 'light.mine()', 'light.close(boolean)', 'light.ask_again(bytea)',
    'light.end_links(uuid)', 'parties.founding_for(bytea)',
    'parties.found(bytea, uuid, uuid, text, text, text, text, bytea, bytea, bytea, bytea, bytea, bytea, bytea, integer, bytea, bytea, bytea, bytea, text[], integer)',
    'parties.offer(bytea, text, text, text, text, uuid)', 'parties.office_named(text, text)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to anydoor_web', f);
  end loop;
  grant execute on function light.sweep() to anydoor_jobs;
end $$;
