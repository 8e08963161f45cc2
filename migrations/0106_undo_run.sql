-- Puts one table back as it was before a run, of the rows that `wanted` allows (a: the copy, r: the row as it is now).
create function directory.put_back(run uuid, part text, key text, wanted text) returns void
language plpgsql set search_path = '' as $$
declare columns text; picked text;
begin
  select string_agg(quote_ident(c.attname), ', ' order by c.attnum), string_agg('r.' || quote_ident(c.attname), ', ' order by c.attnum)
    into columns, picked from pg_catalog.pg_attribute c
    where c.attrelid = format('directory.%I', part)::regclass and c.attnum > 0 and not c.attisdropped
      and c.attgenerated = '';
  execute format('update directory.%1$I r set (%2$s) = (select %2$s from jsonb_populate_record(null::directory.%1$I, a.was))
    from directory.run_row a where a.run_id = $1 and a.part = %1$L and a.key = %3$s and a.was is not null and to_jsonb(r) <> a.was
    and %4$s', part, columns, key, wanted) using run;
  execute format('insert into directory.%1$I (%2$s) select %5$s from (select a.*
      from directory.run_row a where a.run_id = $1 and a.part = %1$L and a.was is not null
        and not exists (select from directory.%1$I r where %3$s = a.key)) a
    cross join lateral jsonb_populate_record(null::directory.%1$I, a.was) r where %4$s', part, columns, key, wanted, picked) using run;
end $$;

-- Takes away the rows of one table that a run brought.
create function directory.take_away(run uuid, part text, key text, wanted text) returns void
language plpgsql set search_path = '' as $$
begin
  execute format('delete from directory.%1$I r using directory.run_row a where a.run_id = $1 and a.part = %1$L and a.key = %2$s
    and a.was is null and not a.secret and %3$s', part, key, wanted) using run;
end $$;

-- Which entries a run touched, and why one must be left as it is: it has become secret, it is gone, or somebody has changed it since.
create function directory.weigh_undo(run uuid) returns void
language plpgsql set search_path = '' as $$
begin
  drop table if exists pg_temp.undo_service, pg_temp.undo_organization, pg_temp.undo_place;
  create temporary table undo_service on commit drop as
  select a.service_id as id, min(a.at) as at, bool_or(a.part = 'service' and a.was is null and not a.secret) as fresh,
    case when bool_or(a.secret) then 'secret' end as why
  from directory.run_row a where a.run_id = run and a.service_id is not null group by a.service_id;
  update pg_temp.undo_service u set why = 'gone' where u.why is null and not u.fresh
    and not exists (select from directory.service s where s.id = u.id);
  update pg_temp.undo_service u set why = 'changed' where u.why is null and exists (select from directory.change c
    where c.service_id = u.id and c.run_id is distinct from run and c.at > u.at
      -- What a later run did and has been taken back counts no more.
      and not exists (select from directory.import_run x where x.id = c.run_id and x.undone_at is not null));
  update pg_temp.undo_service u set why = 'changed' from directory.service s, directory.run_row a
    where u.why is null and s.id = u.id and a.run_id = run and a.part = 'service' and a.key = u.id::text
      and s.updated_at is distinct from a.at and s.updated_at is distinct from (a.was ->> 'updated_at')::timestamptz;
  -- What somebody has added to a new entry would go with it.
  update pg_temp.undo_service u set why = 'changed' where u.why is null and u.fresh and (
    exists (select from directory.upkeep x where x.service_id = u.id)
    or exists (select from directory.suggestion x where x.service_id = u.id)
    or exists (select from directory.pathway x where x.to_service = u.id)
    or exists (select from directory.link_entry x where x.service_id = u.id));

  create temporary table undo_organization on commit drop as
  select a.key::uuid as id, a.was is null and not a.secret as fresh, case when a.secret then 'secret' when o.updated_at is distinct from a.at
      and o.updated_at is distinct from (a.was ->> 'updated_at')::timestamptz
      or o.party_id is distinct from (a.was ->> 'party_id')::uuid
      or exists (select from directory.change c where c.organization_id = o.id and c.run_id is distinct from run and c.at > a.at) then 'changed' end as why
  from directory.run_row a join directory.organization o on o.id = a.key::uuid where a.run_id = run and a.part = 'organization';

  create temporary table undo_place on commit drop as
  select a.key::uuid as id, a.was is null and not a.secret as fresh, case when a.secret then 'secret' end as why
  from directory.run_row a where a.run_id = run and a.part = 'location';
  update pg_temp.undo_place p set why = 'changed' from directory.location l, directory.run_row a
    where p.why is null and l.id = p.id and a.run_id = run and a.part = 'location' and a.key = p.id::text
      and l.run_id is distinct from run and l.run_id is distinct from (a.was ->> 'run_id')::uuid;
  -- A place stays with an entry that stays.
  update pg_temp.undo_place p set why = 'changed' where p.why is null and (
    exists (select from directory.service_at_location l join pg_temp.undo_service u on u.id = l.service_id
      where l.location_id = p.id and u.why is not null)
    or p.fresh and exists (select from directory.service_at_location l where l.location_id = p.id
      and not exists (select from pg_temp.undo_service u where u.id = l.service_id)));
end $$;

-- Puts back what search goes by, and the words it knows.
create function directory.undo_found(run uuid, since timestamptz, middles jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  perform directory.derive_these(array(select u.id from pg_temp.undo_service u where not u.fresh
    union select l.service_id from directory.service_at_location l join pg_temp.undo_place p on p.id = l.location_id), middles, true);
  delete from directory.word w where w.run_id = run and not exists (
      select from (
        select s.id from directory.service s where s.updated_at > since
        union select c.service_id from directory.change c where c.at > since
        union select u.id from pg_temp.undo_service u where u.why is not null
      ) x join directory.find f on f.service_id = x.id join directory.service s on s.id = x.id
      join directory.organization o on o.id = s.organization_id
      where f.search @@ (quote_literal(w.stem))::tsquery and to_tsvector('pg_catalog.simple', s.name || ' ' || o.name || ' '
        || s.description || ' ' || coalesce(s.eligibility_text, '')) @@ (quote_literal(w.word))::tsquery);
  delete from directory.place_name p where p.run_id = run and not exists (select from directory.find f
    where f.search @@ (quote_literal('§in=' || p.name) || ' & ' || quote_literal('§pack=' || p.pack))::tsquery);
end $$;

-- Takes a whole run back. What somebody changed since is left and told; so is what has become secret. By the owner of the database, or
-- by a directory editor who may edit every entry that it would change.
create function directory.undo_run(run uuid, by_party uuid, by_account uuid, by_agency text, why text, middles jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  r directory.import_run;
  later uuid;
  restored integer;
  removed integer;
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
      or exists (select from pg_temp.undo_service u where u.why is null and not directory.may_edit(u.id))) then
    return '{"refused": "not-yours"}';
  end if;
  perform set_config('directory.run', '', true);

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
  update pg_temp.undo_organization u set why = 'changed' where u.why is null and u.fresh and (
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
      limit 1000) x), '[]'));
end $$;

revoke all on function directory.put_back(uuid, text, text, text), directory.take_away(uuid, text, text, text),
  directory.weigh_undo(uuid), directory.undo_found(uuid, timestamptz, jsonb),
  directory.undo_run(uuid, uuid, uuid, text, text, jsonb) from public;
grant execute on function directory.undo_run(uuid, uuid, uuid, text, text, jsonb) to anydoor_web;
