-- What happens to referrals, told to an agency's own record system: an id and the state that this side sees, and nothing else. What
-- is behind them the system fetches with its own token. Nothing is kept for an agency that no system of its own listens for.
create schema events;
grant usage on schema events to anydoor_web, anydoor_jobs;

-- Where an agency's own system takes events in. The address and the secrets that sign are sealed to the installation, whose job sends.
create table events.receiver (
  party_id uuid not null references access.party (id),
  endpoint bytea not null,
  state text not null default 'on' check (state in ('on', 'off')),
  why_off text check (why_off in ('by-hand', 'gone', 'failing')),
  changed_at timestamptz not null default clock_timestamp(),
  good_at timestamptz,
  failing_since timestamptz,
  lease uuid,
  leased_until timestamptz,
  primary key (party_id),
  check ((state = 'off') = (why_off is not null))
);

-- That a system of the agency asks by itself, since when, and when it last did.
create table events.reader (
  party_id uuid not null references access.party (id),
  began_at timestamptz not null default clock_timestamp(),
  asked_at timestamptz not null default clock_timestamp(),
  primary key (party_id)
);

-- One event. Its number is given when its transaction is over, so that a reader who stands at a number has missed none before it.
create table events.event (
  party_id uuid not null references access.party (id),
  id uuid not null,
  thread_id uuid,
  type text not null check (type in ('received', 'sent', 'updated', 'message', 'due', 'ended', 'reopened', 'test')),
  state text,
  at timestamptz not null,
  due_at timestamptz,
  put bigint generated always as identity,
  tx bigint,
  nth bigint,
  primary key (party_id, id),
  foreign key (party_id, thread_id) references referrals.thread (party_id, id) on delete cascade,
  unique (party_id, thread_id, tx),
  unique (party_id, thread_id, due_at),
  unique (party_id, nth),
  check ((thread_id is null) = (type = 'test')),
  check ((nth is null) <> (tx is null))
);
create index event_to_number on events.event (party_id, put) where nth is null;
create index event_by_time on events.event (at);

-- What came of sending it.
create table events.delivery (
  party_id uuid not null,
  event_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
  tries integer not null default 0,
  status integer,
  trouble text check (trouble in ('unreachable', 'refused-address', 'not-allowed', 'too-slow', 'moved', 'answered-no')),
  tried_at timestamptz,
  next_at timestamptz not null default clock_timestamp(),
  primary key (party_id, event_id),
  foreign key (party_id, event_id) references events.event (party_id, id) on delete cascade
);
create index delivery_due on events.delivery (party_id, next_at) where state = 'waiting';

call access.fence('events.receiver', 'party_id = access.party() and access.kind() = ''member''');
call access.fence('events.reader', 'party_id = access.party() and access.kind() = ''member''');
-- Of a thread that anybody is held from, or of a closed case, there is no event for anybody: nobody knows who reads a system.
call access.fence('events.event', 'party_id = access.party() and access.kind() = ''member'' and (thread_id is null
  or exists (select from referrals.thread t where t.party_id = event.party_id and t.id = event.thread_id and t.held_from = ''{}''
    and (t.case_id is null or exists (select from keyring.case_wrap w where w.party_id = t.party_id and w.case_id = t.case_id
      and w.holder = t.party_id and (w.ends_at is null or w.ends_at > now())))))');
call access.fence('events.delivery', 'party_id = access.party() and access.kind() = ''member''
  and exists (select from events.event e where e.party_id = delivery.party_id and e.id = delivery.event_id)');
grant select, insert, update, delete on events.receiver to anydoor_web;
grant select on events.reader, events.event, events.delivery to anydoor_web;
grant update (state, tries, next_at) on events.delivery to anydoor_web;

-- Whether a thread of this party gives events: not while names are being tried, not when anybody is held from it or from something
-- that came in it, and not out of a closed case, whose key the agency itself does not hold.
create function events.told(of_party uuid, thread uuid) returns boolean
language sql stable security definer set search_path = ''
  return exists (select from referrals.thread t where t.party_id = of_party and t.id = thread and not t.untried and t.held_from = '{}'
    and not exists (select from envelopes.incoming i where i.party_id = t.party_id and i.thread_id = t.id and i.names is not null)
    and (t.case_id is null or exists (select from keyring.case_wrap w
      where w.party_id = t.party_id and w.case_id = t.case_id and w.holder = t.party_id and (w.ends_at is null or w.ends_at > now()))));

-- Whether a system of this party listens: it takes events in, or asked for them within a month.
create function events.listens(of_party uuid) returns boolean
language sql stable security definer set search_path = ''
  return exists (select from events.receiver r where r.party_id = of_party and r.state = 'on')
    or exists (select from events.reader a where a.party_id = of_party and a.asked_at > clock_timestamp() - interval '30 days');

-- An id whose own time is the minute: in it, too, nobody reads the second in which somebody acted.
create function events.new_id() returns uuid
language sql volatile set search_path = ''
  return uuidv7(date_trunc('minute', clock_timestamp()) - clock_timestamp());

create function events.weight(what text) returns integer
language sql immutable set search_path = ''
  return array_position(array['message', 'updated', 'ended', 'reopened', 'sent', 'received'], what);

-- One event for what one act did to a thread, under the name of the most that it did.
create function events.note(of_party uuid, thread uuid, what text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not events.listens(of_party) or not events.told(of_party, thread) then return; end if;
  insert into events.event as e (party_id, id, thread_id, type, state, at, tx)
    select t.party_id, events.new_id(), t.id, what, t.state, date_trunc('minute', clock_timestamp()), pg_current_xact_id()::text::bigint
      from referrals.thread t where t.party_id = of_party and t.id = thread
    on conflict (party_id, thread_id, tx) do update set state = excluded.state,
      type = case when events.weight(excluded.type) > events.weight(e.type) then excluded.type else e.type end;
end $$;

create function events.note_thread() returns trigger
language plpgsql security definer set search_path = '' as $$
declare over text[] := array['declined', 'ended', 'withdrawn']; fresh boolean;
begin
  if new.held_from <> '{}' then
    delete from events.event e where e.party_id = new.party_id and e.thread_id = new.id;
    return null;
  end if;
  if tg_op = 'INSERT' then fresh := true; else fresh := old.untried and not new.untried; end if;
  if fresh then
    perform events.note(new.party_id, new.id, case new.side when 'to' then 'received' else 'sent' end);
  elsif new.state = any (over) and old.state <> all (over) then
    perform events.note(new.party_id, new.id, 'ended');
  elsif old.state = any (over) and new.state <> all (over) then
    perform events.note(new.party_id, new.id, 'reopened');
  elsif (new.state, new.place, new.expected_at, new.due_at, new.at_once_at)
      is distinct from (old.state, old.place, old.expected_at, old.due_at, old.at_once_at) then
    perform events.note(new.party_id, new.id, 'updated');
  end if;
  return null;
end $$;
create trigger told_to_systems after insert or update of state, place, expected_at, due_at, at_once_at, untried, held_from on referrals.thread
  for each row execute function events.note_thread();

-- What the other side did has nobody of ours behind it.
create function events.note_line() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform events.note(new.party_id, new.thread_id, 'message');
  return null;
end $$;
create trigger told_to_systems after insert on referrals.event for each row when (new.actor_id is null) execute function events.note_line();

-- What waited until the names in it were tried, and is held from nobody.
create function events.note_tried() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.held_from = '{}' then perform events.note(new.party_id, new.thread_id, 'message'); end if;
  return null;
end $$;
create trigger told_to_systems after update of names on envelopes.incoming for each row
  when (old.names is not null and new.names is null) execute function events.note_tried();

-- A case that is closed has told nothing that still waits here.
create function events.forget_case() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from events.event e using referrals.thread t where t.party_id = new.party_id and t.case_id = new.id
    and e.party_id = t.party_id and e.thread_id = t.id;
  return null;
end $$;
create trigger told_to_systems after update of sort on people."case" for each row when (new.sort = 'closed') execute function events.forget_case();

-- Numbers what is committed, in the order in which it came, and puts it up for sending. One at a time for each party, in a
-- transaction that changes no thread: nobody who acts ever waits for it. What may be told no more goes before it left.
create function events.number(of_party uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(of_party::text, 197));
  delete from events.event e where e.party_id = of_party and e.thread_id is not null and not events.told(e.party_id, e.thread_id)
    and (e.nth is null or exists (select from events.delivery d where d.party_id = e.party_id and d.event_id = e.id and d.state = 'waiting'));
  with numbered as (
    select e.id, coalesce((select max(x.nth) from events.event x where x.party_id = of_party), 0) + row_number() over (order by e.put) as nth
    from events.event e where e.party_id = of_party and e.nth is null
  ), done as (
    update events.event e set nth = n.nth, tx = null from numbered n where e.party_id = of_party and e.id = n.id returning e.id
  )
  insert into events.delivery (party_id, event_id) select of_party, d.id from done d
    where exists (select from events.receiver r where r.party_id = of_party and r.state = 'on');
end $$;

-- For a system that asks: from now on there are events for its agency, and those that there are have their numbers.
create function events.ask() returns void
language plpgsql security definer set search_path = '' as $$
begin
  if access.kind() is distinct from 'member' or access.party() is null then return; end if;
  insert into events.reader as r (party_id) values (access.party())
    on conflict (party_id) do update set asked_at = clock_timestamp() where r.asked_at < clock_timestamp() - interval '1 hour';
  perform events.number(access.party());
end $$;

-- A signed event that is about nobody, to try whether a receiver takes them in. Once a minute.
create function events.test() returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  if access.kind() is distinct from 'member' or not exists (select from events.receiver r where r.party_id = access.party() and r.state = 'on')
    or exists (select from events.event e where e.party_id = access.party() and e.type = 'test' and e.at > clock_timestamp() - interval '1 minute')
    then return null; end if;
  insert into events.event (party_id, id, type, at, tx) values (access.party(), events.new_id(), 'test', date_trunc('minute', clock_timestamp()),
    pg_current_xact_id()::text::bigint) returning id into made;
  return made;
end $$;

-- For the job, each minute: an answer that is late for somebody here is an event, once, by the rule that tells it to people, if it
-- was due since a system listens; and everything new gets its number.
create function events.prepare() returns void
language plpgsql security definer set search_path = '' as $$
declare p uuid; since timestamptz;
begin
  for p, since in select l.party_id, greatest(min(l.at), clock_timestamp() - interval '25 days') from (
      select r.party_id, r.changed_at as at from events.receiver r where r.state = 'on'
      union all select a.party_id, a.began_at from events.reader a where a.asked_at > clock_timestamp() - interval '30 days') l
      group by 1 order by 1 loop
    insert into events.event (party_id, id, thread_id, type, state, at, due_at, tx)
      select t.party_id, events.new_id(), t.id, 'due', t.state, date_trunc('minute', clock_timestamp()), t.due_at, pg_current_xact_id()::text::bigint
      from referrals.thread t where t.party_id = p and t.due_at <= clock_timestamp() and t.due_at > since
        and t.id in (select l.thread_id from referrals.late(p, since) l) and events.told(t.party_id, t.id)
      on conflict do nothing;
    if exists (select from events.event e where e.party_id = p and e.nth is null)
      or exists (select from events.delivery d where d.party_id = p and d.state = 'waiting') then perform events.number(p); end if;
  end loop;
end $$;

-- What to send to a receiver next: the oldest that is due, but nothing of a thread before what came earlier of the same thread.
create function events.first_due(of_party uuid) returns uuid
language sql stable security definer set search_path = ''
  return (select e.id from events.delivery d join events.event e on e.party_id = d.party_id and e.id = d.event_id
    where d.party_id = of_party and d.state = 'waiting' and d.next_at <= clock_timestamp()
      and (e.thread_id is null or (events.told(e.party_id, e.thread_id) and not exists (select from events.delivery b
        join events.event f on f.party_id = b.party_id and f.id = b.event_id
        where b.party_id = d.party_id and b.state = 'waiting' and f.thread_id = e.thread_id and f.nth < e.nth)))
    order by e.nth limit 1);

-- For the job: a receiver for which something is due, held so that no other server sends to it too.
create function events.claim(seconds integer) returns table (party_id uuid, endpoint bytea, lease uuid)
language sql security definer set search_path = '' as $$
  update events.receiver r set lease = gen_random_uuid(), leased_until = clock_timestamp() + make_interval(secs => seconds)
  where r.party_id = (select x.party_id from events.receiver x where x.state = 'on'
    and (x.lease is null or x.leased_until < clock_timestamp())
    and events.first_due(x.party_id) is not null
    order by x.leased_until nulls first, x.party_id limit 1 for update skip locked)
  returning r.party_id, r.endpoint, r.lease
$$;

-- What to send to it next, with how often it was tried.
create function events.next(ticket uuid, seconds integer) returns table (id uuid, type text, thread_id uuid, state text, at timestamptz, tries integer)
language plpgsql security definer set search_path = '' as $$
declare r events.receiver;
begin
  update events.receiver x set leased_until = clock_timestamp() + make_interval(secs => seconds)
    where x.lease = ticket and x.leased_until > clock_timestamp() and x.state = 'on' returning * into r;
  if not found then return; end if;
  return query select e.id, e.type, e.thread_id, e.state, e.at, d.tries from events.delivery d
    join events.event e on e.party_id = d.party_id and e.id = d.event_id
    where d.party_id = r.party_id and e.id = events.first_due(r.party_id);
end $$;

-- What came of it. `wait`: seconds until the next try, or null for none. A receiver that says it is gone, or that has taken nothing
-- for five days, gets nothing more until a lead turns it on again; the leads are told.
create function events.answered(ticket uuid, event uuid, taken boolean, code integer, what text, wait double precision, gone boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare r events.receiver;
begin
  select * into r from events.receiver x where x.lease = ticket for update;
  if not found then return; end if;
  update events.delivery d set tries = d.tries + 1, status = code, trouble = case when not taken then what end, tried_at = clock_timestamp(),
      state = case when taken then 'delivered' when wait is null then 'dead' else 'waiting' end,
      next_at = clock_timestamp() + make_interval(secs => coalesce(wait, 0))
    where d.party_id = r.party_id and d.event_id = event;
  if taken then
    update events.receiver x set good_at = clock_timestamp(), failing_since = null where x.party_id = r.party_id;
    return;
  end if;
  update events.receiver x set failing_since = coalesce(x.failing_since, clock_timestamp()) where x.party_id = r.party_id;
  if not gone and coalesce(r.failing_since, clock_timestamp()) > clock_timestamp() - interval '5 days' then return; end if;
  update events.receiver x set state = 'off', why_off = case when gone then 'gone' else 'failing' end, changed_at = clock_timestamp(),
    lease = null where x.party_id = r.party_id;
  update events.delivery d set state = 'dead' where d.party_id = r.party_id and d.state = 'waiting';
  insert into jobs.mail (address, template) select a.email, 'something-waits' from access.membership m
    join access.account a on a.id = m.account_id and a.state = 'active'
    where m.party_id = r.party_id and m.valid @> clock_timestamp() and 'lead' = any (m.roles);
end $$;

-- Gives a receiver back.
create function events.release(ticket uuid) returns void
language sql security definer set search_path = '' as $$
  update events.receiver x set lease = null, leased_until = clock_timestamp() where x.lease = ticket
$$;

-- What is a month old goes, and a system that has not asked for that long.
create function events.sweep() returns integer
language sql security definer set search_path = '' as $$
  with gone as (delete from events.event e where e.at < clock_timestamp() - interval '30 days' returning 1),
    silent as (delete from events.reader a where a.asked_at < clock_timestamp() - interval '30 days' returning 1)
  select (select count(*) from gone)::integer + (select count(*) from silent)::integer
$$;

revoke all on function events.told(uuid, uuid), events.listens(uuid), events.new_id(), events.weight(text), events.note(uuid, uuid, text),
  events.note_thread(), events.note_line(), events.note_tried(), events.forget_case(), events.number(uuid), events.ask(), events.test(),
  events.prepare(), events.first_due(uuid), events.claim(integer), events.next(uuid, integer),
  events.answered(uuid, uuid, boolean, integer, text, double precision, boolean), events.release(uuid), events.sweep() from public;
grant execute on function events.ask(), events.test() to anydoor_web;
grant execute on function events.prepare(), events.claim(integer), events.next(uuid, integer),
  events.answered(uuid, uuid, boolean, integer, text, double precision, boolean), events.release(uuid), events.sweep() to anydoor_jobs;
