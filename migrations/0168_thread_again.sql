-- The thread goes on where it seemed to end, and where somebody cannot be reached: a state beside the others that is no end,
-- sessions, opening again, and undoing what was done a moment ago while nobody at the other side has read it.

alter table referrals.thread drop constraint thread_state_check;
alter table referrals.thread add constraint thread_state_check
  check (state in ('sent', 'received', 'question', 'accepted', 'waiting', 'unreached', 'declined', 'started', 'met', 'ended', 'withdrawn'));
alter table envelopes.outgoing drop constraint outgoing_kind_check;
alter table envelopes.outgoing add constraint outgoing_kind_check check (kind in ('ask', 'request', 'question', 'answer', 'decision',
  'introduction', 'outcome', 'correction', 'unreached', 'session', 'reopening'));
alter table envelopes.incoming drop constraint incoming_kind_check;
alter table envelopes.incoming add constraint incoming_kind_check check (kind in ('ask', 'request', 'question', 'answer', 'decision',
  'introduction', 'outcome', 'correction', 'unreached', 'session', 'reopening'));

-- Where the thread stood on this side before an act, so that the act can be undone; and which line a line takes back. The moment is
-- the writing's, not the transaction's beginning: two sides that write after each other are in that order on both timelines.
alter table referrals.event
  add column was text, add column was_due timestamptz, add column was_expected timestamptz, add column was_place integer,
  add column undoes uuid,
  alter column at set default clock_timestamp();

-- As before. 'unreached' stands beside the others: it leads back to where things go on or end. 'reopened' is news of its own.
create or replace function referrals.moved(old text, news text) returns text language sql immutable
  return case
    when news is null or news = 'withdrawn' or old = 'withdrawn' then old
    when news = 'reopened' then case when old in ('declined', 'met', 'ended') then 'received' else old end
    when old = 'declined' then case when news = 'ended' then news else old end
    when news = 'unreached' then case when old in ('met', 'ended') then old else news end
    when old = 'unreached' then case when news in ('waiting', 'accepted', 'started', 'met', 'ended') then news else old end
    when (old, news) in (('question', 'received'), ('received', 'question'), ('accepted', 'declined')) then news
    when array_position(array['sent', 'received', 'question', 'waiting', 'accepted', 'declined', 'started', 'met', 'ended'], news)
       > array_position(array['sent', 'received', 'question', 'waiting', 'accepted', 'declined', 'started', 'met', 'ended'], old) then news
    else old
  end;

-- States of a referral in which something is still to come from the other side.
create or replace function referrals.goes_on(state text) returns boolean
language sql immutable set search_path = ''
  return state in ('sent', 'received', 'question', 'accepted', 'waiting', 'unreached', 'started');

-- As before, with the new kinds: a session is told where the outcome is, that nobody was reached where first contact is. Opening
-- again is told like a decision, and only to a side whose thread is closed: it must not give an end away that was never told.
create or replace function envelopes.deliver(envelope uuid, recipient_wrap bytea, recipient_version integer, thread_state text, due timestamptz,
  expected timestamptz, queue_place integer, back text, commit_received bytea, detail_received bytea, not_for bytea, about bytea) returns text
language plpgsql security definer set search_path = '' as $$
declare
  o envelopes.outgoing;
  mine referrals.thread;
  before referrals.thread;
  needed integer;
  to_try bytea;
begin
  select * into o from envelopes.outgoing x where x.party_id = access.party() and x.id = envelope;
  if not found or access.kind() <> 'member' then return null; end if;
  select * into mine from referrals.thread t where t.party_id = o.party_id and t.id = o.thread_id;
  if not found or mine.other_party <> o.to_party then return null; end if;
  select * into before from referrals.thread t where t.party_id = o.to_party and t.id = o.thread_id;
  if mine.side = 'to' then
    needed := case o.kind when 'question' then 2 when 'answer' then 2 when 'decision' then 3 when 'reopening' then 3
      when 'introduction' then 4 when 'unreached' then 4 when 'outcome' then 5 when 'session' then 5 else 2 end;
    if (mine.kind = 'referral' and referrals.reach(mine.comes_back) < needed)
      or (o.kind = 'reopening' and coalesce(before.state, '') <> all (array['declined', 'met', 'ended'])) then return 'kept'; end if;
  end if;
  to_try := coalesce(not_for, case when exists (select from people.known_list k where k.party_id = o.to_party) then about end);
  insert into envelopes.incoming (party_id, case_id, id, thread_id, from_party, kind, ends_at, held_from, size, header, ciphertext, signature,
      names, names_version)
    values (o.to_party, before.case_id, o.id, o.thread_id, o.party_id, o.kind, o.ends_at, coalesce(before.held_from, '{}'), o.size, o.header,
      o.ciphertext, o.signature, to_try, case when to_try is not null then recipient_version end);
  insert into keyring.envelope_wrap (party_id, envelope_id, party_version, wrap) values (o.to_party, o.id, recipient_version, recipient_wrap);
  insert into referrals.thread as theirs (party_id, id, side, other_party, kind, state, comes_back, due_at, untried)
    values (o.to_party, o.thread_id, case mine.side when 'from' then 'to' else 'from' end, o.party_id, mine.kind,
      case when thread_state is null or thread_state = 'reopened' then 'received' else thread_state end, back, due, to_try is not null)
    on conflict (party_id, id) do update set state = referrals.moved(theirs.state, thread_state), due_at = coalesce(due, theirs.due_at),
      expected_at = coalesce(expected, theirs.expected_at), place = coalesce(queue_place, theirs.place), version = theirs.version + 1,
      untried = theirs.untried or excluded.untried;
  insert into referrals.event (party_id, thread_id, kind, envelope_id, was, was_due, was_expected, was_place)
    values (o.to_party, o.thread_id, o.kind, o.id, before.state, before.due_at, before.expected_at, before.place);
  insert into ledger.entry (party_id, kind, minute, commitment, key_scope, key_version, detail)
    values (o.to_party, 'envelope.received', date_trunc('minute', clock_timestamp()), commit_received, 'box', recipient_version, detail_received);
  return 'delivered';
end $$;

-- Undoes the asker's own last act, within a quarter of an hour, while nobody at the other side has read it. What was sent opens no
-- more, both sides stand where they stood, and both timelines keep the act and that it was undone. Says 'undone', or why not: where
-- the release lets nothing come back, nobody may learn by this whether it was read.
create function referrals.undo(thread uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare mine referrals.thread; done referrals.event; told referrals.event; read_state text;
begin
  if access.kind() is distinct from 'member' then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended(thread::text, 8));
  select * into mine from referrals.thread t where t.party_id = access.party() and t.id = thread;
  if not found or mine.untried or access.account() = any (mine.held_from)
    or (mine.case_id is not null and not access.may_see(mine.party_id, mine.case_id)) then return null; end if;
  select * into done from referrals.event e where e.party_id = mine.party_id and e.thread_id = thread order by e.at desc, e.id desc limit 1;
  if not found or done.was is null or done.actor_id is distinct from access.account() or mine.state = 'withdrawn' then return 'nothing'; end if;
  if done.at < clock_timestamp() - interval '15 minutes' then return 'late'; end if;
  select * into told from referrals.event e where e.party_id = mine.other_party and e.thread_id = thread and e.envelope_id = done.envelope_id;
  if found then
    if mine.side = 'from' and mine.kind = 'referral' and referrals.reach(mine.comes_back) < 2 then return 'untold'; end if;
    select i.state into read_state from envelopes.incoming i where i.party_id = mine.other_party and i.id = done.envelope_id for update;
    if read_state is distinct from 'waiting' or exists (select from referrals.event e where e.party_id = mine.other_party
      and e.thread_id = thread and (e.at, e.id) > (told.at, told.id)) then return 'read'; end if;
    delete from keyring.envelope_wrap w where w.party_id = mine.other_party and w.envelope_id = done.envelope_id;
    update envelopes.incoming i set state = 'ended', ends_at = least(coalesce(i.ends_at, 'infinity'), clock_timestamp())
      where i.party_id = mine.other_party and i.id = done.envelope_id;
    update referrals.thread t set state = told.was, due_at = told.was_due, expected_at = told.was_expected, place = told.was_place,
      version = t.version + 1 where t.party_id = mine.other_party and t.id = thread;
    insert into referrals.event (party_id, thread_id, kind, undoes) values (mine.other_party, thread, 'undone', told.id);
  end if;
  update envelopes.outgoing o set state = 'ended', ends_at = least(coalesce(o.ends_at, 'infinity'), clock_timestamp())
    where o.party_id = mine.party_id and o.id = done.envelope_id;
  update referrals.thread t set state = done.was, due_at = done.was_due, expected_at = done.was_expected, place = done.was_place,
    version = t.version + 1 where t.party_id = mine.party_id and t.id = thread;
  insert into referrals.event (party_id, thread_id, kind, actor_id, undoes)
    values (mine.party_id, thread, 'undone', access.account(), done.id);
  return 'undone';
end $$;

revoke all on function referrals.undo(uuid) from public;
grant execute on function referrals.undo(uuid) to anydoor_web;
