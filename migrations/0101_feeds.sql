-- Files that an editor brings in, and feeds that an agency follows. What came in waits here; nothing reaches the directory before
-- somebody applies it. What is kept has been read already: no address of a confidential place lies in any row.
create schema if not exists exchange;
grant usage on schema exchange to anydoor_web, anydoor_jobs;

-- The agency whose file a job brings in, as `begin_import` set it.
create function exchange.importing() returns uuid language sql stable parallel safe
  return nullif(current_setting('anydoor.importing', true), '')::uuid;

create table exchange.feed (
  party_id uuid not null,
  id uuid not null default uuidv7(),
  -- What the editors call it, and where it is. An address with a key in it is refused.
  name text not null check (name <> '' and length(name) <= 100),
  address text not null check (length(address) <= 1000),
  pace text not null default 'daily' check (pace in ('daily', 'weekly')),
  -- The colleague who looks after it; without one, all directory editors do.
  keeper_id uuid,
  -- Whether safe changes go in without a person.
  by_itself boolean not null default false,
  state text not null default 'following' check (state in ('following', 'stopped')),
  made_by uuid not null,
  made_at timestamptz not null default now(),
  trouble text,
  trouble_since timestamptz,
  failures integer not null default 0,
  next_at timestamptz not null default now(),
  -- A person has said that the source is right, however much of it is gone: holds for one look.
  trusted boolean not null default false,
  tried_at timestamptz,
  good_at timestamptz,
  records integer,
  etag text,
  modified text,
  sha256 bytea,
  lease uuid,
  leased_until timestamptz,
  primary key (party_id, id),
  check ((trouble is null) = (trouble_since is null))
);
create index feed_due on exchange.feed (next_at) where state = 'following';

create table exchange.arrival (
  party_id uuid not null,
  id uuid not null default uuidv7(),
  feed_id uuid,
  by_account uuid,
  -- The file's name as its editor has it, sealed to the agency.
  name bytea,
  key_version integer,
  came_at timestamptz not null default now(),
  size bigint not null,
  sha256 bytea,
  format text,
  mapping jsonb,
  state text not null check (state in ('mapping', 'reading', 'refused', 'ready', 'applying', 'failed', 'over')),
  refused text,
  done integer not null default 0,
  total integer,
  imported integer not null default 0,
  imported_with_warnings integer not null default 0,
  held integer not null default 0,
  rejected integer not null default 0,
  -- Places that the file says are confidential and that are listed with an address: hidden when it is applied.
  hides uuid[] not null default '{}',
  -- Who asked for it to be applied.
  asked_by uuid,
  tries integer not null default 0,
  lease uuid,
  leased_until timestamptz,
  primary key (party_id, id),
  foreign key (party_id, feed_id) references exchange.feed (party_id, id) on delete cascade,
  check ((feed_id is null) = (by_account is not null)),
  check ((name is null) = (key_version is null))
);
create index arrival_by_feed on exchange.arrival (party_id, feed_id, id desc);
create index arrival_to_do on exchange.arrival (id) where state in ('reading', 'applying');

-- A file before it is read, sealed, for the minutes until then. Unlogged: it is in no backup, and a crash of the database forgets it.
create unlogged table exchange.piece (
  party_id uuid not null,
  arrival_id uuid not null,
  nth integer not null,
  body bytea not null,
  primary key (party_id, arrival_id, nth),
  foreign key (party_id, arrival_id) references exchange.arrival (party_id, id) on delete cascade
);

-- Each record of what came in: what was read, what it would change, and what a person decided.
create table exchange.staged (
  party_id uuid not null,
  arrival_id uuid not null,
  nth integer not null,
  kind text not null check (kind in ('service', 'organization')),
  source_id text not null,
  name text not null,
  path text not null,
  outcome text not null check (outcome in ('imported', 'imported-with-warnings', 'held', 'rejected')),
  problems jsonb not null default '[]',
  difference text not null check (difference in ('new', 'changed', 'same', 'gone', 'others', 'held', 'rejected')),
  fields jsonb not null default '[]',
  service_id uuid,
  read jsonb,
  digest bytea,
  -- Since when the source says this.
  since timestamptz not null default now(),
  safe boolean not null default false,
  decision text not null default 'waiting' check (decision in ('waiting', 'applied', 'kept')),
  primary key (party_id, arrival_id, nth),
  foreign key (party_id, arrival_id) references exchange.arrival (party_id, id) on delete cascade
);
create index staged_by_difference on exchange.staged (party_id, arrival_id, difference, decision, nth);

-- Each time something of an arrival went into the directory.
create table exchange.applied (
  party_id uuid not null,
  arrival_id uuid not null,
  run_id uuid not null,
  -- Null where safe changes went in by themselves.
  by_account uuid,
  at timestamptz not null default now(),
  records integer not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (party_id, run_id),
  foreign key (party_id, arrival_id) references exchange.arrival (party_id, id) on delete cascade
);
create index applied_by_arrival on exchange.applied (party_id, arrival_id);

-- What a feed said of each record when it was last whole, and since when.
create table exchange.seen (
  party_id uuid not null,
  feed_id uuid not null,
  source_key text not null,
  name text not null,
  digest bytea not null,
  since timestamptz not null default now(),
  -- Since when it is gone from the feed; it stays listed until a person decides.
  gone_at timestamptz,
  primary key (party_id, feed_id, source_key),
  foreign key (party_id, feed_id) references exchange.feed (party_id, id) on delete cascade
);

-- A difference that a person has looked at and left: it comes back when the source says something else.
create table exchange.kept (
  party_id uuid not null,
  feed_id uuid not null,
  source_key text not null,
  digest bytea not null,
  by_account uuid not null,
  at timestamptz not null default now(),
  primary key (party_id, feed_id, source_key),
  foreign key (party_id, feed_id) references exchange.feed (party_id, id) on delete cascade
);

call access.fence('exchange.feed', 'party_id in (access.party(), exchange.importing())');
call access.fence('exchange.arrival', 'party_id in (access.party(), exchange.importing())');
call access.fence('exchange.piece', 'party_id in (access.party(), exchange.importing())');
call access.fence('exchange.staged', 'party_id in (access.party(), exchange.importing())');
call access.fence('exchange.applied', 'party_id in (access.party(), exchange.importing())');
call access.fence('exchange.seen', 'party_id in (access.party(), exchange.importing())');
call access.fence('exchange.kept', 'party_id in (access.party(), exchange.importing())');
grant select, insert, update, delete on exchange.feed, exchange.arrival, exchange.piece, exchange.staged, exchange.applied,
  exchange.seen, exchange.kept to anydoor_web;

-- For the job: takes the next feed that is due, so that no other server takes it too. A lease that ran out is free again.
create function exchange.claim_feed(minutes integer)
returns table (party_id uuid, id uuid, address text, pace text, etag text, modified text, sha256 bytea, failures integer, by_itself boolean,
  trusted boolean, lease uuid)
language sql security definer set search_path = '' as $$
  update exchange.feed f set lease = gen_random_uuid(), leased_until = clock_timestamp() + make_interval(mins => minutes),
    tried_at = clock_timestamp()
  where (f.party_id, f.id) = (select x.party_id, x.id from exchange.feed x where x.state = 'following'
    and x.next_at <= clock_timestamp() and (x.lease is null or x.leased_until < clock_timestamp())
    order by x.next_at limit 1 for update skip locked)
  returning f.party_id, f.id, f.address, f.pace, f.etag, f.modified, f.sha256, f.failures, f.by_itself, f.trusted, f.lease
$$;

-- Holds a lease longer; false when it is no longer ours.
create function exchange.hold_feed(ticket uuid, minutes integer) returns boolean
language sql security definer set search_path = '' as $$
  with kept as (update exchange.feed f set leased_until = clock_timestamp() + make_interval(mins => minutes)
    where f.lease = ticket and f.leased_until > clock_timestamp() and f.state = 'following' returning 1)
  select exists (select from kept)
$$;

-- Ends a lease and says when the next look is. What went wrong is a code; the good state that stands stays as it is.
create function exchange.end_feed(ticket uuid, went_wrong text, wait_seconds double precision) returns void
language sql security definer set search_path = '' as $$
  update exchange.feed f set lease = null, leased_until = null,
    next_at = clock_timestamp() + make_interval(secs => wait_seconds),
    failures = case when went_wrong is null then 0 else f.failures + 1 end,
    trouble = went_wrong,
    trusted = f.trusted and went_wrong is not null,
    trouble_since = case when went_wrong is null then null else coalesce(f.trouble_since, clock_timestamp()) end,
    good_at = case when went_wrong is null then clock_timestamp() else f.good_at end
  where f.lease = ticket
$$;

-- For the job: takes the next file that waits to be read or applied. One that was tried three times is given up.
create function exchange.claim_arrival(minutes integer)
returns table (party_id uuid, id uuid, state text, lease uuid)
language plpgsql security definer set search_path = '' as $$
begin
  update exchange.arrival a set state = 'failed', lease = null, leased_until = null
  where a.state in ('reading', 'applying') and a.tries >= 3 and (a.lease is null or a.leased_until < clock_timestamp());
  return query update exchange.arrival a set lease = gen_random_uuid(), tries = a.tries + 1, done = 0,
    leased_until = clock_timestamp() + make_interval(mins => minutes)
  where (a.party_id, a.id) = (select x.party_id, x.id from exchange.arrival x where x.state in ('reading', 'applying')
    and (x.lease is null or x.leased_until < clock_timestamp()) order by x.id limit 1 for update skip locked)
  returning a.party_id, a.id, a.state, a.lease;
end $$;

-- Says how far it is, in a transaction of its own, so that the page can tell.
create function exchange.note_progress(ticket uuid, so_far integer, of_all integer, minutes integer) returns void
language sql security definer set search_path = '' as $$
  update exchange.arrival a set done = so_far, total = of_all,
    leased_until = clock_timestamp() + make_interval(mins => minutes) where a.lease = ticket
$$;

-- For the job: files that nobody went on with, and what of old ones is no longer needed. Who, when and how many stays.
create function exchange.forget() returns void
language sql security definer set search_path = '' as $$
  delete from exchange.piece p using exchange.arrival a where a.party_id = p.party_id and a.id = p.arrival_id
    and (a.came_at < clock_timestamp() - interval '24 hours' or a.state not in ('mapping', 'reading'));
  update exchange.arrival a set state = 'over' where a.state = 'mapping' and a.came_at < clock_timestamp() - interval '24 hours';
  delete from exchange.staged s using exchange.arrival a where a.party_id = s.party_id and a.id = s.arrival_id
    and (a.state = 'over' or a.feed_id is null) and a.came_at < clock_timestamp() - interval '30 days';
$$;

-- A lease opens one transaction for the agency whose file it is: its files and feeds, and the directory as an import writes it.
-- No key is opened, and nothing else of the agency is in sight.
create function exchange.begin_import(ticket uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare found uuid;
begin
  select coalesce(
    (select f.party_id from exchange.feed f where f.lease = ticket and f.leased_until > clock_timestamp()),
    (select a.party_id from exchange.arrival a where a.lease = ticket and a.leased_until > clock_timestamp())) into found;
  if found is null then return null; end if;
  perform access.set_asker('import', null, null, null, 'import');
  perform set_config('anydoor.importing', found::text, true);
  return found;
end $$;

create policy import on directory.partner_detail using (access.kind() = 'import') with check (access.kind() = 'import');
create policy import on directory.contact using (access.kind() = 'import') with check (access.kind() = 'import');
create policy import on directory.change for select to anydoor_web using (access.kind() = 'import' and via = 'import');

-- A run is finished by whoever brought it in.
grant update (imported, imported_with_warnings, held, rejected, records) on directory.import_run to anydoor_web;

-- What of files and feeds waits for a person: one's own, and for a steward what is wrong anywhere.
create function exchange.waiting()
returns table (kind text, id uuid, name text, agency text, mine boolean, since timestamptz)
language sql stable security definer set search_path = '' as $$
  select case when f.trouble is null then 'feed' else 'feed-trouble' end, f.id, f.name, a.name, f.party_id = access.party(),
    coalesce(f.trouble_since, (select min(s.since) from exchange.staged s join exchange.arrival r on r.party_id = s.party_id
      and r.id = s.arrival_id where r.party_id = f.party_id and r.feed_id = f.id and r.state = 'ready' and s.decision = 'waiting'
      and s.difference in ('new', 'changed', 'gone')), f.good_at)
  from exchange.feed f left join parties.agency a on a.party_id = f.party_id
  where access.kind() = 'member' and f.state = 'following'
    and (f.party_id = access.party() or (f.trouble is not null and directory.is_steward()))
    and (f.trouble is not null or exists (select from exchange.staged s join exchange.arrival r on r.party_id = s.party_id
      and r.id = s.arrival_id where r.party_id = f.party_id and r.feed_id = f.id and r.state = 'ready' and s.decision = 'waiting'
      and s.difference in ('new', 'changed', 'gone')))
$$;

revoke all on function exchange.claim_feed(integer), exchange.hold_feed(uuid, integer),
  exchange.end_feed(uuid, text, double precision), exchange.claim_arrival(integer),
  exchange.note_progress(uuid, integer, integer, integer), exchange.forget(), exchange.begin_import(uuid), exchange.waiting()
  from public;
grant execute on function exchange.claim_feed(integer), exchange.hold_feed(uuid, integer),
  exchange.end_feed(uuid, text, double precision), exchange.claim_arrival(integer),
  exchange.note_progress(uuid, integer, integer, integer), exchange.forget() to anydoor_jobs;
grant execute on function exchange.begin_import(uuid), exchange.waiting() to anydoor_web;
