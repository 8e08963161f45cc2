-- What a search finds, derived for a hundred thousand entries as for one: each entry is looked at by itself, and the index takes a
-- whole batch at once instead of word by word.

-- Nothing is left waiting in the index: whoever derives settles it in the same breath.
alter index directory.find_search set (fastupdate = on, gin_pending_list_limit = 65536);
create function directory.settle_find() returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_catalog.gin_clean_pending_list('directory.find_search');
end $$;

-- A new entry's line has no fields that could tell anything.
drop trigger keep_secret on directory.change;
create trigger keep_secret before insert on directory.change for each row when (new.fields <> '[]')
  execute function directory.keep_secret();

-- Brings what can be found of exactly these services up to date. `forget`: words that only they used are forgotten.
create function directory.derive_these(touched uuid[], middles jsonb, forget boolean) returns void
language plpgsql set search_path = '' as $$
declare before text[];
begin
  if forget then
    select array_agg(distinct l) into before from directory.find f, unnest(tsvector_to_array(f.search)) l
      where f.service_id = any (touched) and l not like '§%';
  end if;
  delete from directory.find f using directory.service s where s.id = f.service_id and f.service_id = any (touched)
    and (s.status not in ('active', 'temporarily closed') or s.kind = 'for-people-using-abuse');

  insert into directory.find as f (service_id, name, search, needs, ages, points, spot)
  select k.id, k.name,
    k.search || array_to_tsvector(array_remove(
      array['§pack=' || k.pack] || array(select '§need=' || n from unnest(k.needs) n)
      || array(select '§lang=' || lower(l) from unnest(k.languages) l) || array(select '§access=' || a from unnest(k.access) a)
      || array(select '§age=' || a from unnest(k.ages) a) || case when k.ages = '{}' then array['§age=unsaid'] else '{}' end
      || array(select '§in=' || p from (select directory.plain_name(n) as p from unnest(k.names) n) x where p <> '')
      || array(select '§cell=' || floor(k.points[i] * 4) || '/' || floor(k.points[i + 1] * 4)
        from generate_series(1, cardinality(k.points), 2) i)
      || case when (k.names = '{}' and k.points = '{}') or array_to_string(k.areas, ' ') ~*
        '\m(anywhere|nation|national|nationwide|statewide|countrywide|country|england|scotland|wales|northern ireland|united kingdom|uk)\M'
        then array['§wide'] else '{}' end
      || case when k.kept then array['§kept'] else '{}' end, '')),
    k.needs, k.ages, k.points,
    case when k.kept then 'kept:' || coalesce(k.kept_region, '') when middles ? k.area then 'area:' || k.area
      when k.names <> '{}' then 'name:' || k.names[1] end
  from (
    select s.id, o.pack, s.name, s.search, s.needs, s.languages, s.areas, s.access, age.ages,
      case when s.confidential then '{}' else coalesce(array(select unnest(place.points)), '{}') end as points,
      s.confidential or coalesce(place.kept, false) as kept, place.region as kept_region, place.area,
      s.areas || coalesce(place.names, '{}') as names
    from directory.service s join directory.organization o on o.id = s.organization_id
    cross join lateral (
      select coalesce(array_agg(b.id order by b.low) filter (where r.ages && int4range(b.low, b.high)), '{}') as ages
      from (select range_agg(directory.ages_of(t.condition - t.forbidden_facets)) as ages from directory.threshold t
        where t.service_id = s.id) r
      cross join (values ('0-4', 0, 60), ('5-10', 60, 132), ('11-15', 132, 192), ('16-17', 192, 216), ('18-64', 216, 780),
        ('65', 780, 1320)) b (id, low, high)
    ) age
    cross join lateral (
      select bool_or(p.kept) as kept, min(p.region) filter (where p.kept) as region, min(p.area) as area,
        array_remove(coalesce(array_agg(distinct p.region) filter (where p.latitude is null), '{}')
          || array_agg(distinct p.city) || array_agg(distinct p.outcode) || array_agg(distinct 'zip ' || p.zip)
          || coalesce(array_agg(distinct p.area) filter (where p.latitude is null), '{}'), null) as names,
        array_agg(array[p.latitude, p.longitude] order by p.id)
          filter (where p.latitude is not null and p.longitude is not null) as points
      from (
        -- Of a confidential place, its region goes on from here, and nothing else.
        select c.id, c.region, c.kept, case when not c.kept then c.city end as city,
          case when not c.kept then c.outcode end as outcode, case when not c.kept then c.zip end as zip,
          case when not c.kept then substring(c.outcode from '^[A-Z]+') end as area,
          case when not c.kept then coalesce(c.latitude, d.latitude,
            (middles -> substring(c.outcode from '^[A-Z]+') ->> 0)::double precision) end as latitude,
          case when not c.kept then coalesce(c.longitude, d.longitude,
            (middles -> substring(c.outcode from '^[A-Z]+') ->> 1)::double precision) end as longitude
        from (
          select l.id, l.region, s.confidential or l.confidential as kept, case when l.kind <> 'virtual' then l.city end as city,
            l.latitude, l.longitude,
            case when o.pack = 'uk' then upper(substring(l.postal_code
              from '(?i)^\s*([a-z]{1,2}[0-9][0-9a-z]?)\s*[0-9][a-z]{2}\s*$')) end as outcode,
            case when o.pack = 'us' then substring(l.postal_code from '^\s*([0-9]{3})[0-9]{2}') end as zip
          from directory.service_at_location a join directory.location l on l.id = a.location_id where a.service_id = s.id
        ) c left join directory.outcode d on d.code = c.outcode
      ) p
    ) place
    where s.id = any (touched) and s.status in ('active', 'temporarily closed')
      and s.kind <> 'for-people-using-abuse'
  ) k
  on conflict (service_id) do update set name = excluded.name, search = excluded.search, needs = excluded.needs,
    ages = excluded.ages, points = excluded.points, spot = excluded.spot
  where (f.name, f.search, f.needs, f.ages, f.points, f.spot)
    is distinct from (excluded.name, excluded.search, excluded.needs, excluded.ages, excluded.points, excluded.spot);
  perform directory.settle_find();
  perform directory.derive_words(touched, before);
end
$$;

-- Brings what can be found of these services (of all: null), and of those that share a place with them, up to date.
create or replace function directory.derive_find(ids uuid[], middles jsonb) returns void
language plpgsql set search_path = '' as $$
declare touched uuid[];
begin
  select array_agg(id) into touched from (
    select s.id from directory.service s where ids is null or s.id = any (ids)
    union select b.service_id from directory.service_at_location a join directory.service_at_location b using (location_id)
      where a.service_id = any (ids)
  ) each;
  perform directory.derive_these(touched, middles, ids is not null);
end
$$;

revoke all on function directory.settle_find(), directory.derive_these(uuid[], jsonb, boolean) from public;
grant execute on function directory.settle_find(), directory.derive_these(uuid[], jsonb, boolean) to anydoor_web;

-- The mark of the record that an entry was last brought in from: the same record again is passed over, so that a feed of a hundred
-- thousand that has not changed writes nothing. It is made of everything a record says, what only partners see too: visitors have no
-- grant on it.
create table directory.brought (
  service_id uuid unique references directory.service (id) on delete cascade,
  organization_id uuid unique references directory.organization (id) on delete cascade,
  mark bytea not null,
  check (num_nonnulls(service_id, organization_id) = 1)
);
grant select, insert, update, delete on directory.brought to anydoor_web;
-- What was found wrong with a record of a file, a row each: a report can be longer than one value should be.
create table directory.import_record (
  run_id uuid not null references directory.import_run (id) on delete cascade,
  nth bigint generated always as identity,
  path text not null,
  source_id text not null,
  outcome text not null check (outcome in ('imported', 'imported-with-warnings', 'held', 'rejected')),
  problems jsonb not null,
  primary key (run_id, nth)
);
grant select, insert on directory.import_record to anydoor_web;
grant update (imported, imported_with_warnings, held, rejected) on directory.import_run to anydoor_web;
