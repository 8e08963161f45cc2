-- What crosses between parties, and only here: releases, envelopes, referral threads.
-- Each side has its own row, fenced by its own party; a row reaches the other side only through the definer functions below.
create schema releases;
create schema envelopes;
create schema referrals;
grant usage on schema releases, envelopes, referrals to anydoor_web;
grant usage on schema releases, referrals, envelopes to anydoor_jobs;

create table releases.release (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  recipient_id uuid not null references access.party (id),
  state text not null check (state in ('draft', 'signed', 'suspended', 'withdrawn')),
  starts_at timestamptz,
  ends_at timestamptz,
  withdrawn_at timestamptz,
  made_by uuid not null references access.account (id),
  version integer not null default 1,
  body bytea not null,
  primary key (party_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
create index release_by_case on releases.release (party_id, case_id, id desc);
create index release_by_end on releases.release (ends_at) where state = 'signed';

create table envelopes.outgoing (
  party_id uuid not null,
  case_id uuid,
  id uuid not null,
  thread_id uuid not null,
  to_party uuid not null references access.party (id),
  kind text not null check (kind in ('ask', 'request', 'question', 'answer', 'decision', 'introduction', 'outcome')),
  release_id uuid,
  sent_at timestamptz not null default now(),
  ends_at timestamptz,
  state text not null default 'sent' check (state in ('sent', 'ended')),
  sender_id uuid not null references access.account (id),
  size integer not null,
  header bytea not null,
  ciphertext bytea not null,
  signature bytea not null,
  primary key (party_id, id)
);
create index outgoing_by_case on envelopes.outgoing (party_id, case_id, sent_at desc);
create index outgoing_by_release on envelopes.outgoing (party_id, release_id);
create index outgoing_by_thread on envelopes.outgoing (party_id, thread_id, sent_at);

create table envelopes.incoming (
  party_id uuid not null,
  case_id uuid,
  id uuid not null,
  thread_id uuid not null,
  from_party uuid not null references access.party (id),
  kind text not null check (kind in ('ask', 'request', 'question', 'answer', 'decision', 'introduction', 'outcome')),
  received_at timestamptz not null default now(),
  ends_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'opened', 'ended')),
  held_from uuid[] not null default '{}',
  size integer not null,
  header bytea not null,
  ciphertext bytea not null,
  signature bytea not null,
  primary key (party_id, id)
);
create index incoming_by_state on envelopes.incoming (party_id, state, received_at desc);
create index incoming_by_thread on envelopes.incoming (party_id, thread_id, received_at);
create index incoming_by_end on envelopes.incoming (ends_at) where state <> 'ended';

create table referrals.thread (
  party_id uuid not null,
  case_id uuid,
  id uuid not null,
  side text not null check (side in ('from', 'to')),
  other_party uuid not null references access.party (id),
  kind text not null check (kind in ('ask', 'referral')),
  state text not null check (state in ('sent', 'received', 'question', 'accepted', 'waiting', 'declined', 'started', 'met', 'ended', 'withdrawn')),
  comes_back text not null check (comes_back in ('nothing', 'received', 'decision-and-place', 'first-contact', 'outcome')),
  started_at timestamptz not null default now(),
  due_at timestamptz,
  expected_at timestamptz,
  place integer,
  assignee_id uuid references access.account (id),
  held_from uuid[] not null default '{}',
  version integer not null default 1,
  key_version integer not null default 1,
  body bytea,
  primary key (party_id, id)
);
create index thread_by_state on referrals.thread (party_id, state, due_at);
create index thread_by_case on referrals.thread (party_id, case_id, id);

create table referrals.event (
  party_id uuid not null,
  thread_id uuid not null,
  id uuid not null default uuidv7(),
  kind text not null,
  at timestamptz not null default now(),
  actor_id uuid references access.account (id),
  envelope_id uuid,
  primary key (party_id, thread_id, id),
  foreign key (party_id, thread_id) references referrals.thread (party_id, id) on delete cascade
);

call access.fence('releases.release', 'access.may_see(party_id, case_id)');
call access.fence('envelopes.outgoing', 'party_id = access.party() and access.kind() in (''member'', ''survivor'') and (case_id is null or access.may_see(party_id, case_id))');
call access.fence('envelopes.incoming', 'party_id = access.party() and access.kind() = ''member'' and (case_id is null or access.may_see(party_id, case_id)) and access.account() <> all (held_from)');
call access.fence('referrals.thread', 'party_id = access.party() and access.kind() = ''member'' and (case_id is null or access.may_see(party_id, case_id)) and access.account() <> all (held_from)');
call access.fence('referrals.event', 'party_id = access.party() and exists (select from referrals.thread t where t.party_id = event.party_id and t.id = event.thread_id)');
-- A recipient's wraps leave the keyring only through wrap_for_opening; a party reads its own copies of what it sent.
drop policy fence on keyring.envelope_wrap;
create policy own_copy on keyring.envelope_wrap for all to anydoor_web
  using (party_id = access.party() and exists (select from envelopes.outgoing o where o.party_id = envelope_wrap.party_id and o.id = envelope_wrap.envelope_id))
  with check (party_id = access.party() and exists (select from envelopes.outgoing o where o.party_id = envelope_wrap.party_id and o.id = envelope_wrap.envelope_id));
-- A guest with a one-time link sees the one envelope it names.
create policy guest on envelopes.incoming for select to anydoor_web using (access.kind() = 'bearer' and id = access.guest_envelope());
create policy guest on keyring.envelope_wrap for select to anydoor_web using (access.kind() = 'bearer' and party_id = access.holder() and envelope_id = access.guest_envelope());

grant select, insert, update on releases.release to anydoor_web;
grant select, insert on envelopes.outgoing to anydoor_web;
grant update (state, ends_at) on envelopes.outgoing to anydoor_web;
grant select on envelopes.incoming to anydoor_web;
grant update (state, case_id, held_from) on envelopes.incoming to anydoor_web;
grant select, insert, update on referrals.thread to anydoor_web;
grant select, insert on referrals.event to anydoor_web;

-- How far news travels back, by what the release says.
create function referrals.reach(comes_back text) returns integer language sql immutable
  return array_position(array['nothing', 'received', 'decision-and-place', 'first-contact', 'outcome'], comes_back);

-- Puts a copy of an envelope that this party has just written into the other party's row, with the other party's wrap,
-- its thread line, and its own ledger line (the detail sealed to the other party's key).
-- Says 'delivered', or 'kept' where the release lets nothing of the kind come back.
create function envelopes.deliver(envelope uuid, recipient_wrap bytea, recipient_version integer, thread_state text, due timestamptz,
  expected timestamptz, queue_place integer, back text, commit_received bytea, detail_received bytea) returns text
language plpgsql security definer set search_path = '' as $$
declare
  o envelopes.outgoing;
  mine referrals.thread;
  needed integer;
begin
  select * into o from envelopes.outgoing x where x.party_id = access.party() and x.id = envelope;
  if not found or access.kind() <> 'member' then return null; end if;
  select * into mine from referrals.thread t where t.party_id = o.party_id and t.id = o.thread_id;
  if not found or mine.other_party <> o.to_party then return null; end if;
  if mine.side = 'to' then
    needed := case o.kind when 'question' then 2 when 'answer' then 2 when 'decision' then 3 when 'introduction' then 4 when 'outcome' then 5 else 2 end;
    if mine.kind = 'referral' and referrals.reach(mine.comes_back) < needed then return 'kept'; end if;
  end if;
  insert into envelopes.incoming (party_id, case_id, id, thread_id, from_party, kind, ends_at, held_from, size, header, ciphertext, signature)
    select o.to_party, t.case_id, o.id, o.thread_id, o.party_id, o.kind, o.ends_at, coalesce(t.held_from, '{}'), o.size, o.header, o.ciphertext, o.signature
    from (select 1) one left join referrals.thread t on t.party_id = o.to_party and t.id = o.thread_id;
  insert into keyring.envelope_wrap (party_id, envelope_id, party_version, wrap) values (o.to_party, o.id, recipient_version, recipient_wrap);
  insert into referrals.thread as theirs (party_id, id, side, other_party, kind, state, comes_back, due_at)
    values (o.to_party, o.thread_id, case mine.side when 'from' then 'to' else 'from' end, o.party_id, mine.kind,
      coalesce(thread_state, 'received'), back, due)
    on conflict (party_id, id) do update set state = coalesce(thread_state, theirs.state), due_at = coalesce(due, theirs.due_at),
      expected_at = coalesce(expected, theirs.expected_at), place = coalesce(queue_place, theirs.place), version = theirs.version + 1;
  insert into referrals.event (party_id, thread_id, kind, envelope_id) values (o.to_party, o.thread_id, o.kind, o.id);
  insert into ledger.entry (party_id, kind, minute, commitment, key_scope, key_version, detail)
    values (o.to_party, 'envelope.received', date_trunc('minute', clock_timestamp()), commit_received, 'box', recipient_version, detail_received);
  return 'delivered';
end $$;

-- Ends what this party sent under a release (or one envelope): the other side's wrap is destroyed while its row is locked,
-- so that an opening either finished before or finds nothing.
create function envelopes.withdraw(of_release uuid, one_envelope uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare o envelopes.outgoing; ended integer := 0;
begin
  if access.kind() <> 'member' then return 0; end if;
  for o in select * from envelopes.outgoing x where x.party_id = access.party() and x.state = 'sent'
    and (x.release_id = of_release or x.id = one_envelope)
    and (x.case_id is null or access.may_see(x.party_id, x.case_id)) order by x.id
  loop
    perform 1 from envelopes.incoming i where i.party_id = o.to_party and i.id = o.id for update;
    delete from keyring.envelope_wrap w where w.party_id = o.to_party and w.envelope_id = o.id;
    update envelopes.incoming i set state = 'ended', ends_at = least(coalesce(i.ends_at, 'infinity'), clock_timestamp()) where i.party_id = o.to_party and i.id = o.id;
    update envelopes.outgoing x set state = 'ended', ends_at = least(coalesce(x.ends_at, 'infinity'), clock_timestamp()) where x.party_id = o.party_id and x.id = o.id;
    ended := ended + 1;
  end loop;
  return ended;
end $$;

-- Opening: the row is share-locked before the wrap is read. An expired envelope is ended on the way, and answers like a withdrawn one.
create function envelopes.wrap_for_opening(envelope uuid) returns table (wrap bytea, party_version integer)
language plpgsql security definer set search_path = '' as $$
declare i envelopes.incoming;
begin
  select * into i from envelopes.incoming x where x.party_id = access.party() and x.id = envelope for share;
  if not found or access.kind() <> 'member' then return; end if;
  if access.account() = any (i.held_from) or (i.case_id is not null and not access.may_see(i.party_id, i.case_id)) then return; end if;
  if i.state = 'ended' or (i.ends_at is not null and i.ends_at <= clock_timestamp()) then return; end if;
  return query select w.wrap, w.party_version from keyring.envelope_wrap w where w.party_id = i.party_id and w.envelope_id = i.id;
end $$;

-- Time's own withdrawal: wraps of expired envelopes go, for good.
create function envelopes.end_expired() returns integer
language plpgsql security definer set search_path = '' as $$
declare ended integer;
begin
  with gone as (
    update envelopes.incoming i set state = 'ended' where i.state <> 'ended' and i.ends_at <= clock_timestamp() returning i.party_id, i.id, i.from_party
  ), senders as (
    update envelopes.outgoing o set state = 'ended' from gone where o.party_id = gone.from_party and o.id = gone.id
  ), wraps as (
    delete from keyring.envelope_wrap w using gone where w.party_id = gone.party_id and w.envelope_id = gone.id returning 1
  )
  select count(*) into ended from gone;
  return ended;
end $$;

do $$
declare f text;
begin
  foreach f in array array['envelopes.deliver(uuid, bytea, integer, text, timestamptz, timestamptz, integer, text, bytea, bytea)',
    'envelopes.withdraw(uuid, uuid)', 'envelopes.wrap_for_opening(uuid)', 'envelopes.end_expired()']
  loop
    execute format('revoke all on function %s from public', f);
  end loop;
  grant execute on function envelopes.deliver(uuid, bytea, integer, text, timestamptz, timestamptz, integer, text, bytea, bytea) to anydoor_web;
  grant execute on function envelopes.withdraw(uuid, uuid) to anydoor_web;
  grant execute on function envelopes.wrap_for_opening(uuid) to anydoor_web;
  grant execute on function envelopes.end_expired() to anydoor_jobs;
end $$;
