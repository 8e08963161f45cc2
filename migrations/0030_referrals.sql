-- The thread's own rules, where no caller can go round them: news only moves a thread forward, an opening may be told back as
-- far as the release lets it, and a worker who knows the person is shut out at once.

create function referrals.moved(old text, news text) returns text language sql immutable
  return case
    when news is null or news = 'withdrawn' or old = 'withdrawn' then old
    when old = 'declined' then case when news = 'ended' then news else old end
    when (old, news) in (('question', 'received'), ('received', 'question'), ('accepted', 'declined')) then news
    when array_position(array['sent', 'received', 'question', 'waiting', 'accepted', 'declined', 'started', 'met', 'ended'], news)
       > array_position(array['sent', 'received', 'question', 'waiting', 'accepted', 'declined', 'started', 'met', 'ended'], old) then news
    else old
  end;

-- As before, but what arrives never takes a thread back from where it stands.
create or replace function envelopes.deliver(envelope uuid, recipient_wrap bytea, recipient_version integer, thread_state text, due timestamptz,
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
    on conflict (party_id, id) do update set state = referrals.moved(theirs.state, thread_state), due_at = coalesce(due, theirs.due_at),
      expected_at = coalesce(expected, theirs.expected_at), place = coalesce(queue_place, theirs.place), version = theirs.version + 1;
  insert into referrals.event (party_id, thread_id, kind, envelope_id) values (o.to_party, o.thread_id, o.kind, o.id);
  insert into ledger.entry (party_id, kind, minute, commitment, key_scope, key_version, detail)
    values (o.to_party, 'envelope.received', date_trunc('minute', clock_timestamp()), commit_received, 'box', recipient_version, detail_received);
  return 'delivered';
end $$;

-- The first opening is told to the one who sent, where the release lets that come back.
create function referrals.acknowledge(thread uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare mine referrals.thread; told integer;
begin
  if access.kind() <> 'member' then return false; end if;
  select * into mine from referrals.thread t where t.party_id = access.party() and t.id = thread and t.side = 'to';
  if not found or access.account() = any (mine.held_from) or (mine.case_id is not null and not access.may_see(mine.party_id, mine.case_id)) then return false; end if;
  if mine.kind = 'referral' and referrals.reach(mine.comes_back) < 2 then return false; end if;
  update referrals.thread t set state = 'received', version = t.version + 1
    where t.party_id = mine.other_party and t.id = thread and t.other_party = mine.party_id and t.state = 'sent';
  get diagnostics told = row_count;
  if told = 0 then return false; end if;
  insert into referrals.event (party_id, thread_id, kind) values (mine.other_party, thread, 'received');
  return true;
end $$;

-- "I know this person": from this moment the worker sees neither the thread nor what came or went in it. Their own act, on themself.
create function referrals.step_aside(thread uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare me uuid := access.account(); mine referrals.thread;
begin
  if access.kind() <> 'member' then return false; end if;
  select * into mine from referrals.thread t where t.party_id = access.party() and t.id = thread for update;
  if not found or me = any (mine.held_from) or (mine.case_id is not null and not access.may_see(mine.party_id, mine.case_id)) then return false; end if;
  update referrals.thread t set held_from = array_append(t.held_from, me),
    assignee_id = nullif(t.assignee_id, me) where t.party_id = mine.party_id and t.id = thread;
  update envelopes.incoming i set held_from = array_append(i.held_from, me)
    where i.party_id = mine.party_id and i.thread_id = thread and not me = any (i.held_from);
  return true;
end $$;

-- Whether a thread is held from the asker: its own envelopes are then held too.
create function referrals.held(party uuid, thread uuid) returns boolean
language sql stable security definer set search_path = ''
  return exists (select from referrals.thread t where t.party_id = party and t.id = thread and access.account() = any (t.held_from));

drop policy fence on envelopes.outgoing;
create policy fence on envelopes.outgoing for all to anydoor_web
  using (party_id = access.party() and access.kind() in ('member', 'survivor') and (case_id is null or access.may_see(party_id, case_id))
    and not referrals.held(party_id, thread_id))
  with check (party_id = access.party() and access.kind() in ('member', 'survivor') and (case_id is null or access.may_see(party_id, case_id))
    and not referrals.held(party_id, thread_id));

create index thread_by_due on referrals.thread (party_id, due_at) where due_at is not null;
create index event_by_envelope on referrals.event (party_id, envelope_id);

revoke all on function referrals.acknowledge(uuid), referrals.step_aside(uuid), referrals.held(uuid, uuid) from public;
grant execute on function referrals.acknowledge(uuid), referrals.step_aside(uuid), referrals.held(uuid, uuid) to anydoor_web;
