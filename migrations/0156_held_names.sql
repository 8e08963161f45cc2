-- Who at the recipient must not be shown an envelope: the sender knows names, not accounts. The names travel sealed to the
-- recipient, who tries them in the first request of anybody there, before that request shows anything; until then the envelope and
-- its thread are there for nobody. Afterwards the names are gone, and held_from says for whom it is held.
alter table envelopes.incoming
  add column names bytea, add column names_version integer, add column tried_at timestamptz,
  add constraint incoming_names_check check ((names is null) = (names_version is null));
create index incoming_untried on envelopes.incoming (party_id) where names is not null;
alter table referrals.thread add column untried boolean not null default false;

drop policy fence on envelopes.incoming;
create policy fence on envelopes.incoming for all to anydoor_web
  using (party_id = access.party() and access.kind() = 'member' and (case_id is null or access.may_see(party_id, case_id))
    and access.account() <> all (held_from) and names is null)
  with check (party_id = access.party() and access.kind() = 'member' and (case_id is null or access.may_see(party_id, case_id))
    and access.account() <> all (held_from) and names is null);
drop policy fence on referrals.thread;
create policy fence on referrals.thread for all to anydoor_web
  using (party_id = access.party() and access.kind() = 'member' and (case_id is null or access.may_see(party_id, case_id))
    and access.account() <> all (held_from) and not untried)
  with check (party_id = access.party() and access.kind() = 'member' and (case_id is null or access.may_see(party_id, case_id))
    and access.account() <> all (held_from) and not untried);

-- As before, and the names go along: always where somebody is named, else only where somebody there keeps a list to try them against.
drop function envelopes.deliver(uuid, bytea, integer, text, timestamptz, timestamptz, integer, text, bytea, bytea);
create function envelopes.deliver(envelope uuid, recipient_wrap bytea, recipient_version integer, thread_state text, due timestamptz,
  expected timestamptz, queue_place integer, back text, commit_received bytea, detail_received bytea, not_for bytea, about bytea) returns text
language plpgsql security definer set search_path = '' as $$
declare
  o envelopes.outgoing;
  mine referrals.thread;
  needed integer;
  to_try bytea;
begin
  select * into o from envelopes.outgoing x where x.party_id = access.party() and x.id = envelope;
  if not found or access.kind() <> 'member' then return null; end if;
  select * into mine from referrals.thread t where t.party_id = o.party_id and t.id = o.thread_id;
  if not found or mine.other_party <> o.to_party then return null; end if;
  if mine.side = 'to' then
    needed := case o.kind when 'question' then 2 when 'answer' then 2 when 'decision' then 3 when 'introduction' then 4 when 'outcome' then 5 else 2 end;
    if mine.kind = 'referral' and referrals.reach(mine.comes_back) < needed then return 'kept'; end if;
  end if;
  to_try := coalesce(not_for, case when exists (select from people.known_list k where k.party_id = o.to_party) then about end);
  insert into envelopes.incoming (party_id, case_id, id, thread_id, from_party, kind, ends_at, held_from, size, header, ciphertext, signature,
      names, names_version)
    select o.to_party, t.case_id, o.id, o.thread_id, o.party_id, o.kind, o.ends_at, coalesce(t.held_from, '{}'), o.size, o.header, o.ciphertext, o.signature,
      to_try, case when to_try is not null then recipient_version end
    from (select 1) one left join referrals.thread t on t.party_id = o.to_party and t.id = o.thread_id;
  insert into keyring.envelope_wrap (party_id, envelope_id, party_version, wrap) values (o.to_party, o.id, recipient_version, recipient_wrap);
  insert into referrals.thread as theirs (party_id, id, side, other_party, kind, state, comes_back, due_at, untried)
    values (o.to_party, o.thread_id, case mine.side when 'from' then 'to' else 'from' end, o.party_id, mine.kind,
      coalesce(thread_state, 'received'), back, due, to_try is not null)
    on conflict (party_id, id) do update set state = referrals.moved(theirs.state, thread_state), due_at = coalesce(due, theirs.due_at),
      expected_at = coalesce(expected, theirs.expected_at), place = coalesce(queue_place, theirs.place), version = theirs.version + 1,
      untried = theirs.untried or excluded.untried;
  insert into referrals.event (party_id, thread_id, kind, envelope_id) values (o.to_party, o.thread_id, o.kind, o.id);
  insert into ledger.entry (party_id, kind, minute, commitment, key_scope, key_version, detail)
    values (o.to_party, 'envelope.received', date_trunc('minute', clock_timestamp()), commit_received, 'box', recipient_version, detail_received);
  return 'delivered';
end $$;

-- What the asking member's agency received and has not tried yet. Sealed as it lies.
create function envelopes.to_try() returns table (id uuid, names bytea, names_version integer)
language sql stable security definer set search_path = '' as $$
  select i.id, i.names, i.names_version from envelopes.incoming i
  where (select access.kind()) = 'member' and i.party_id = (select access.party()) and i.names is not null
  order by i.id limit 100
$$;

-- Tried: the names are gone, and from here on it is held from these accounts, with its thread and everything that came in it.
create function envelopes.tried(envelope uuid, accounts uuid[]) returns boolean
language plpgsql security definer set search_path = '' as $$
declare i envelopes.incoming;
begin
  if access.kind() is distinct from 'member' then return false; end if;
  select * into i from envelopes.incoming x where x.party_id = access.party() and x.id = envelope and x.names is not null for update;
  if not found then return false; end if;
  update envelopes.incoming x set names = null, names_version = null, tried_at = clock_timestamp() where x.party_id = i.party_id and x.id = i.id;
  update envelopes.incoming x set held_from = x.held_from || array(select a from unnest(accounts) a where a <> all (x.held_from))
    where x.party_id = i.party_id and x.thread_id = i.thread_id;
  update referrals.thread t set held_from = t.held_from || array(select a from unnest(accounts) a where a <> all (t.held_from)),
      assignee_id = case when t.assignee_id = any (accounts) then null else t.assignee_id end,
      untried = exists (select from envelopes.incoming x where x.party_id = t.party_id and x.thread_id = t.id and x.names is not null)
    where t.party_id = i.party_id and t.id = i.thread_id;
  return true;
end $$;

-- As before, and nothing opens that was not tried.
create or replace function envelopes.wrap_for_opening(envelope uuid) returns table (wrap bytea, party_version integer)
language plpgsql security definer set search_path = '' as $$
declare i envelopes.incoming;
begin
  if access.kind() <> 'member' then return; end if;
  update envelopes.incoming x set state = 'opened' where x.party_id = access.party() and x.id = envelope and x.state = 'waiting'
    and (x.ends_at is null or x.ends_at > clock_timestamp()) and not access.account() = any (x.held_from) and x.names is null
    and (x.case_id is null or access.may_see(x.party_id, x.case_id));
  select * into i from envelopes.incoming x where x.party_id = access.party() and x.id = envelope for share;
  if not found or i.names is not null then return; end if;
  if access.account() = any (i.held_from) or (i.case_id is not null and not access.may_see(i.party_id, i.case_id)) then return; end if;
  if i.state = 'ended' or (i.ends_at is not null and i.ends_at <= clock_timestamp()) then return; end if;
  return query select w.wrap, w.party_version from keyring.envelope_wrap w where w.party_id = i.party_id and w.envelope_id = i.id;
end $$;

-- Whether a thread is there and the asker is not to see it: held from them, not tried yet, or in a case that is not theirs.
create or replace function referrals.held(party uuid, thread uuid) returns boolean
language sql stable security definer set search_path = ''
  return exists (select from referrals.thread t where t.party_id = party and t.id = thread and (t.untried or access.account() = any (t.held_from)
    or (t.case_id is not null and not access.may_see(t.party_id, t.case_id))));

-- "Something waits", as before, but not of what was not tried: whoever it is held from is never told of it.
create or replace function jobs.notify_waiting() returns integer
language sql security definer set search_path = '' as $$
  with waits as (
    select m.account_id, greatest(i.received_at, i.tried_at) as since from access.membership m
    join envelopes.incoming i on i.party_id = m.party_id and i.state = 'waiting' and i.names is null and m.account_id <> all (i.held_from)
      and not exists (select from referrals.thread t where t.party_id = i.party_id and t.id = i.thread_id and t.untried)
      and (i.case_id is null or exists (select from keyring.case_wrap w
        where w.party_id = i.party_id and w.case_id = i.case_id and w.holder in (i.party_id, m.account_id)))
    where m.valid @> clock_timestamp() and m.roles && array['worker', 'lead', 'privacy-lead']
    union all
    select m.account_id, f.since from exchange.needs_somebody() f
    join access.membership m on m.party_id = f.party_id and m.valid @> clock_timestamp() and 'directory-editor' = any (m.roles)
    where m.account_id = f.keeper_id or not exists (select from access.membership k join access.account a on a.id = k.account_id
      where k.party_id = f.party_id and k.account_id = f.keeper_id and k.valid @> clock_timestamp()
        and 'directory-editor' = any (k.roles) and a.state = 'active')
    union all
    select m.account_id, c.due_at from people."case" c
    join access.membership m on m.party_id = c.party_id and m.account_id = c.owner_id and m.valid @> clock_timestamp()
    where c.state = 'active' and c.due_at <= clock_timestamp()
  ), due as (
    select distinct a.id, a.email from access.account a join waits w on w.account_id = a.id
      and w.since > coalesce(a.notified_at, '-infinity')
    where a.state = 'active' and (a.notified_at is null or a.notified_at < clock_timestamp() - interval '4 hours')
    limit 500
  ), noted as (
    update access.account a set notified_at = clock_timestamp() from due where a.id = due.id
  ), put as (
    insert into jobs.mail (address, template) select email, 'something-waits' from due returning 1
  )
  select count(*)::integer from put
$$;

revoke all on function envelopes.deliver(uuid, bytea, integer, text, timestamptz, timestamptz, integer, text, bytea, bytea, bytea, bytea),
  envelopes.to_try(), envelopes.tried(uuid, uuid[]) from public;
grant execute on function envelopes.deliver(uuid, bytea, integer, text, timestamptz, timestamptz, integer, text, bytea, bytea, bytea, bytea),
  envelopes.to_try(), envelopes.tried(uuid, uuid[]) to anydoor_web;
