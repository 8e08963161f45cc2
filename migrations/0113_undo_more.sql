-- Taking back what came in, the rest of it: pathways of a file, and which organisations and pathways were left as they are.
alter table directory.pathway add column updated_at timestamptz not null default now();
create function directory.touch_pathway() returns trigger language plpgsql set search_path = '' as $$
begin
  -- What is put back says itself when it was.
  if new.updated_at is not distinct from old.updated_at then new.updated_at := now(); end if;
  return new;
end $$;
create trigger touch before update on directory.pathway for each row execute function directory.touch_pathway();

create trigger keep_new after insert on directory.pathway referencing new table as came for each statement
  execute function directory.keep_before('r.id::text', 'null::uuid');
create trigger keep_changed after update on directory.pathway referencing old table as went new table as came for each statement
  execute function directory.keep_before('r.id::text', 'null::uuid');
create trigger keep_gone after delete on directory.pathway referencing old table as went for each statement
  execute function directory.keep_before('r.id::text', 'null::uuid');

-- The organisations that a run touched, itself or a pathway that starts there: whoever takes it back writes a line into the history of each.
create function directory.run_organizations(run uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select a.key::uuid from directory.run_row a where a.run_id = run and a.part = 'organization'
  union select p.from_organization from directory.run_row a join directory.pathway p on p.id = a.key::uuid
    where a.run_id = run and a.part = 'pathway'
$$;

-- Puts back the pathways of a run. One that somebody has closed or changed since is left.
create function directory.undo_pathways(run uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare told jsonb;
begin
  select jsonb_build_object('restored', count(*) filter (where a.was is not null and p.updated_at = a.at),
    'removed', count(*) filter (where a.was is null and p.updated_at = a.at), 'left', count(*) filter (where p.updated_at <> a.at),
    'entries', coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', f.name || ' – ' || coalesce(s.name, t.name), 'why', 'changed')
      order by f.name, p.id) filter (where p.updated_at <> a.at), '[]')) into told
  from directory.run_row a join directory.pathway p on p.id = a.key::uuid join directory.organization f on f.id = p.from_organization
    left join directory.organization t on t.id = p.to_organization left join directory.service s on s.id = p.to_service
  where a.run_id = run and a.part = 'pathway';
  perform directory.take_away(run, 'pathway', 'r.id::text', 'r.updated_at = a.at');
  perform directory.put_back(run, 'pathway', 'r.id::text', 'r.updated_at = a.at');
  return told;
end $$;

-- As before, and an editor must look after the organisations too; what was left is told of organisations and pathways as well.
create or replace function directory.undo_run(run uuid, by_party uuid, by_account uuid, by_agency text, why text, middles jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  r directory.import_run;
  later uuid;
  restored integer;
  removed integer;
  pathways jsonb;
  p record;
  ours text := 'a.service_id in (select u.id from pg_temp.undo_service u where u.why is null and not u.fresh)';
begin
  select * into r from directory.import_run x where x.id = run for update;
  if not found then return '{"refused": "missing"}'; end if;
  if r.undone_at is not null then return '{"refused": "undone-already"}'; end if;
  if not r.kept then return '{"refused": "no-longer-kept"}'; end if;
  select l.id into later from directory.run_row a join directory.run_row b on b.part = a.part and b.key = a.key and b.run_id <> run
    join directory.import_run l on l.id = b.run_id
    where a.run_id = run and (l.at, l.id) > (r.at, r.id) order by l.at desc, l.id desc limit 1;
  if later is not null then return jsonb_build_object('refused', 'later-run', 'run', later); end if;
  perform directory.weigh_undo(run);
  if session_user <> current_user and (access.kind() is distinct from 'member' or undo_run.by_party is distinct from access.party()
      or exists (select from pg_temp.undo_service u where u.why is null and not directory.may_edit(u.id))
      or exists (select from pg_temp.undo_organization u where u.why is null and not directory.may_edit_organization(u.id))) then
    return '{"refused": "not-yours"}';
  end if;
  perform set_config('directory.run', '', true);

  pathways := directory.undo_pathways(run);
  for p in select x.* from directory.kept_parts() with ordinality x(part, key, service, nth)
      where x.service = 'r.service_id' order by x.nth desc loop
    perform directory.take_away(run, p.part, p.key, ours);
  end loop;
  perform directory.put_back(run, 'organization', 'r.id::text',
    'a.key::uuid in (select u.id from pg_temp.undo_organization u where u.why is null)');
  perform directory.put_back(run, 'location', 'r.id::text',
    'a.key::uuid in (select u.id from pg_temp.undo_place u where u.why is null)');
  perform directory.put_back(run, 'service', 'r.id::text', ours);
  for p in select x.* from directory.kept_parts() with ordinality x(part, key, service, nth)
      where x.service = 'r.service_id' order by x.nth loop
    perform directory.put_back(run, p.part, p.key, ours);
  end loop;
  delete from directory.service s using pg_temp.undo_service u where u.id = s.id and u.fresh and u.why is null;
  get diagnostics removed = row_count;
  delete from directory.location l using pg_temp.undo_place u where u.id = l.id and u.fresh and u.why is null;
  for p in select * from (values ('brought', 'coalesce(r.service_id, r.organization_id)::text', 'organization'),
      ('kept_beside', 'coalesce(r.service_id, r.location_id, r.organization_id)::text', 'organization'),
      ('kept_beside', 'coalesce(r.service_id, r.location_id, r.organization_id)::text', 'place')) x(part, key, whose) loop
    perform directory.put_back(run, p.part, p.key, format('a.service_id is null and a.key::uuid in (select u.id from pg_temp.%I u
      where u.why is null)', 'undo_' || p.whose));
    perform directory.take_away(run, p.part, p.key, format('a.service_id is null and a.key::uuid in (select u.id from pg_temp.%I u
      where u.why is null)', 'undo_' || p.whose));
  end loop;
  perform directory.put_back(run, 'training', 'r.organization_id::text', 'r.updated_at = a.at');
  perform directory.take_away(run, 'training', 'r.organization_id::text', 'r.updated_at = a.at and r.confirmed_by is null');
  update pg_temp.undo_organization u set why = 'needed' where u.why is null and u.fresh and (
    exists (select from directory.service s where s.organization_id = u.id)
    or exists (select from directory.location l where l.organization_id = u.id)
    or exists (select from directory.pathway w where u.id in (w.from_organization, w.to_organization))
    or exists (select from directory.training t where u.id in (t.organization_id, t.confirmed_by)));
  delete from directory.organization o using pg_temp.undo_organization u where u.id = o.id and u.fresh and u.why is null;
  perform directory.put_back(run, 'held_record', 'r.id::text', format('r.state = ''waiting'' and r.run_id = %L', run));
  perform directory.take_away(run, 'held_record', 'r.id::text', format('r.state = ''waiting'' and r.run_id = %L', run));
  perform directory.put_back(run, 'taxonomy_term', 'r.code', 'r.updated_at = a.at');
  perform directory.take_away(run, 'taxonomy_term', 'r.code', 'not exists (select from directory.service_term x where x.code = r.code)
    and not exists (select from directory.taxonomy_term x where x.parent = r.code and not exists (select from directory.run_row y
      where y.run_id = a.run_id and y.part = ''taxonomy_term'' and y.key = x.code and y.was is null))');
  perform directory.undo_found(run, r.at, middles);

  select count(*) into restored from pg_temp.undo_service u where u.why is null and not u.fresh;
  insert into directory.change (service_id, what, via, by_party, by_account, by_agency, run_id, why, fields)
  select c.service_id, 'undone', case when undo_run.by_party is null then 'import' else 'editor' end, undo_run.by_party, undo_run.by_account, undo_run.by_agency, run,
    case when directory.is_secret(c.service_id) then '' else left(undo_run.why, 500) end,
    coalesce((select jsonb_agg(case when f ? 'before' then jsonb_build_object('field', f -> 'field', 'before', f -> 'after',
      'after', f -> 'before') else f end order by n) from jsonb_array_elements(c.fields) with ordinality x(f, n)), '[]')
  from directory.change c join pg_temp.undo_service u on u.id = c.service_id and u.why is null and not u.fresh
  where c.run_id = run and c.via = 'import' and c.what <> 'listed';
  update directory.import_run x set kept = false, undone_at = clock_timestamp(), undone_by = undo_run.by_agency,
    undone_why = left(undo_run.why, 500) where x.id = run;
  delete from directory.run_row a where a.run_id = run;
  return jsonb_build_object('restored', restored, 'removed', removed,
    'left', (select count(*) from pg_temp.undo_service u where u.why is not null),
    'entries', coalesce((select jsonb_agg(x.entry) from (select jsonb_build_object('id', u.id, 'name', s.name, 'why', u.why) as entry
      from pg_temp.undo_service u left join directory.service s on s.id = u.id where u.why is not null order by s.name, u.id
      limit 1000) x), '[]'),
    'organizations', jsonb_build_object('left', (select count(*) from pg_temp.undo_organization u where u.why is not null),
      'entries', coalesce((select jsonb_agg(x.entry) from (select jsonb_build_object('id', u.id, 'name', o.name, 'why', u.why) as entry
        from pg_temp.undo_organization u join directory.organization o on o.id = u.id where u.why is not null order by o.name, u.id
        limit 1000) x), '[]')),
    'pathways', pathways);
end $$;


revoke all on function directory.touch_pathway(), directory.run_organizations(uuid), directory.undo_pathways(uuid) from public;
grant execute on function directory.touch_pathway(), directory.run_organizations(uuid) to anydoor_web;

-- What was left when something that had gone in was taken back: what it is, by its id, and why.
alter table exchange.applied add column undone_left jsonb not null default '[]';

-- A followed CSV: which of its columns is which, once a person has said so. Until then its beginning waits, sealed, with the arrival.
alter table exchange.feed add column mapping jsonb;
-- Tables that were followed before are read anew, and ask once.
update exchange.feed f set sha256 = null, etag = null, modified = null where exists (select from exchange.arrival a
  where a.party_id = f.party_id and a.feed_id = f.id and a.format = 'csv');
drop function exchange.claim_feed(integer);
create function exchange.claim_feed(minutes integer)
returns table (party_id uuid, id uuid, address text, pace text, etag text, modified text, sha256 bytea, failures integer, by_itself boolean,
  trusted boolean, mapping jsonb, lease uuid)
language sql security definer set search_path = '' as $$
  update exchange.feed f set lease = gen_random_uuid(), leased_until = clock_timestamp() + make_interval(mins => minutes),
    tried_at = clock_timestamp()
  where (f.party_id, f.id) = (select x.party_id, x.id from exchange.feed x where x.state = 'following'
    and x.next_at <= clock_timestamp() and (x.lease is null or x.leased_until < clock_timestamp())
    order by x.next_at limit 1 for update skip locked)
  returning f.party_id, f.id, f.address, f.pace, f.etag, f.modified, f.sha256, f.failures, f.by_itself, f.trusted, f.mapping, f.lease
$$;
revoke all on function exchange.claim_feed(integer) from public;
grant execute on function exchange.claim_feed(integer) to anydoor_jobs;

-- Since when a feed's newest state waits for a person: differences, or columns that nobody has named yet.
create function exchange.review_since(party uuid, feed uuid) returns timestamptz
language sql stable set search_path = '' as $$
  select max(r.came_at) from exchange.arrival r where r.party_id = party and r.feed_id = feed and (r.state = 'mapping'
    or r.state = 'ready' and exists (select from exchange.staged s where s.party_id = r.party_id and s.arrival_id = r.id
      and s.decision = 'waiting' and s.difference in ('new', 'changed', 'gone', 'held')))
$$;

-- What of files and feeds waits for a person: one's own, and for a steward what is wrong anywhere.
create or replace function exchange.waiting()
returns table (kind text, id uuid, name text, agency text, mine boolean, since timestamptz)
language sql stable security definer set search_path = '' as $$
  select case when f.trouble is null then 'feed' else 'feed-trouble' end, f.id, f.name, a.name, f.party_id = access.party(),
    coalesce(f.trouble_since, (select min(s.since) from exchange.staged s join exchange.arrival r on r.party_id = s.party_id
      and r.id = s.arrival_id where r.party_id = f.party_id and r.feed_id = f.id and r.state = 'ready' and s.decision = 'waiting'
      and s.difference in ('new', 'changed', 'gone', 'held')), w.since)
  from exchange.feed f left join parties.agency a on a.party_id = f.party_id
  cross join lateral (select exchange.review_since(f.party_id, f.id) as since) w
  where access.kind() = 'member' and f.state = 'following'
    and (f.party_id = access.party() or (f.trouble is not null and directory.is_steward()))
    and (f.trouble is not null or w.since is not null)
$$;

-- Since when a feed needs somebody: its newest state waits for review, or something is wrong that does not pass by itself. An answer that
-- failed once is asked for again within the hour, before anybody is told.
create function exchange.needs_somebody() returns table (party_id uuid, keeper_id uuid, since timestamptz)
language sql stable set search_path = '' as $$
  select x.party_id, x.keeper_id, x.since from (
    select f.party_id, f.keeper_id, greatest(exchange.review_since(f.party_id, f.id), case
      when f.trouble in ('refused-address', 'moved', 'too-big', 'not-the-format', 'shrunk', 'ids-changed', 'columns-changed')
        then f.trouble_since
      when f.failures > 1 and f.trouble_since < clock_timestamp() - interval '1 hour' then f.trouble_since + interval '1 hour' end) as since
    from exchange.feed f where f.state = 'following') x
  where x.since is not null
$$;

-- "Something waits", as before, for what partners sent; and for the keeper of a followed feed, or every directory editor where it has none.
create or replace function jobs.notify_waiting() returns integer
language sql security definer set search_path = '' as $$
  with waits as (
    select m.account_id, i.received_at as since from access.membership m
    join envelopes.incoming i on i.party_id = m.party_id and i.state = 'waiting' and m.account_id <> all (i.held_from)
      and (i.case_id is null or exists (select from keyring.case_wrap w
        where w.party_id = i.party_id and w.case_id = i.case_id and w.holder in (i.party_id, m.account_id)))
    where m.valid @> clock_timestamp() and m.roles && array['worker', 'lead', 'privacy-lead']
    union all
    select m.account_id, f.since from exchange.needs_somebody() f
    join access.membership m on m.party_id = f.party_id and m.valid @> clock_timestamp() and 'directory-editor' = any (m.roles)
    where m.account_id = f.keeper_id or not exists (select from access.membership k join access.account a on a.id = k.account_id
      where k.party_id = f.party_id and k.account_id = f.keeper_id and k.valid @> clock_timestamp()
        and 'directory-editor' = any (k.roles) and a.state = 'active')
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
revoke all on function exchange.review_since(uuid, uuid), exchange.needs_somebody() from public;
