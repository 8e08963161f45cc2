-- What a public search may find, apart and narrow: a row for each listed service, none for a service for people using abuse,
-- nor for one that is closed for good. A confidential place has its region here and nothing that a distance could be told from.
create table directory.find (
  service_id uuid primary key references directory.service (id) on delete cascade,
  name text not null,
  -- Words as lexemes, and every filter as a lexeme that no word can be: §need=talk, §in=leeds, §cell=215/-7.
  search tsvector not null,
  needs text[] not null,
  ages text[] not null,
  -- Latitude and longitude by turns.
  points double precision[] not null,
  -- Where it counts on a picture of areas: area:LS, name:Northmere, or kept:Northshire for a confidential one.
  spot text
);
create index find_search on directory.find using gin (search) with (fastupdate = off);

-- Words that the listed services use, each with what is left of it without a letter or two: a misspelt word meets it there.
create table directory.word (
  word text primary key,
  stem text not null,
  near text[] not null
);
create index word_near on directory.word using gin (near) with (fastupdate = off);
create index word_stem on directory.word (stem);

-- Middles of postcode districts, where an installation has brought them in.
create table directory.outcode (
  code text primary key check (code ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?$'),
  latitude double precision not null,
  longitude double precision not null
);

-- A name as it is compared: small letters and digits, anything else a dash.
create function directory.plain_name(text) returns text language sql immutable parallel safe set search_path = '' as $$
  select trim(both '-' from regexp_replace(lower($1), '[^[:alnum:]]+', '-', 'g'))
$$;

-- The ages in months that one clause takes; who it takes bounds them as the file of facets does.
create function directory.ages_of(condition jsonb) returns int4range language sql immutable parallel safe set search_path = '' as $$
  select case when low > high then 'empty'::int4range else int4range(low, high, '[]') end from (
    select greatest(case when jsonb_typeof(condition -> 'age' -> 'min') = 'number' then (condition -> 'age' ->> 'min')::numeric::int
        else 0 end, coalesce(min(w.low), 0)) as low,
      least(case when jsonb_typeof(condition -> 'age' -> 'max') = 'number' then (condition -> 'age' ->> 'max')::numeric::int
        else 1319 end, coalesce(max(w.high), 1319)) as high
    from (values ('child', 0, 215), ('young-person', 156, 215), ('adult', 192, 1319), ('person-using-abuse', 120, 1319)) w (who, low, high)
    where jsonb_typeof(condition -> 'who') = 'array' and condition -> 'who' ? w.who
  ) bounds
$$;

-- Brings what can be found of these services (of all: null), and of those that share a place with them, up to date.
-- middles: those of postcode areas by their letters, [latitude, longitude].
create function directory.derive_find(ids uuid[], middles jsonb) returns void language plpgsql set search_path = '' as $$
declare
  touched uuid[];
  before text[];
begin
  select array_agg(id) into touched from (
    select s.id from directory.service s where ids is null or s.id = any (ids)
    union select b.service_id from directory.service_at_location a join directory.service_at_location b using (location_id)
      where a.service_id = any (ids)
  ) each;
  select array_agg(distinct l) into before from directory.find f, unnest(tsvector_to_array(f.search)) l
    where ids is not null and f.service_id = any (touched) and l not like '§%';

  delete from directory.find f using directory.service s where s.id = f.service_id and f.service_id = any (touched)
    and (s.status not in ('active', 'temporarily closed') or s.kind = 'for-people-using-abuse');

  insert into directory.find as f (service_id, name, search, needs, ages, points, spot)
  with mine as (
    select s.id, s.name, s.search, s.needs, s.languages, s.areas, s.access, s.confidential, o.pack from directory.service s join directory.organization o on o.id = s.organization_id
    where s.id = any (touched) and s.status in ('active', 'temporarily closed') and s.kind <> 'for-people-using-abuse'
  ), age as (
    select m.id, coalesce(array_agg(b.id order by b.low) filter (where r.ages && int4range(b.low, b.high)), '{}') as ages
    from mine m
    join lateral (select range_agg(directory.ages_of(t.condition - t.forbidden_facets)) as ages
      from directory.threshold t where t.service_id = m.id) r on true
    cross join (values ('0-4', 0, 60), ('5-10', 60, 132), ('11-15', 132, 192), ('16-17', 192, 216), ('18-64', 216, 780),
      ('65', 780, 1320)) b (id, low, high)
    group by m.id
  ), code as (
    select m.id as service_id, l.id, l.region, m.confidential or l.confidential as kept, case when l.kind <> 'virtual' then l.city end as city,
      l.latitude, l.longitude,
      case when m.pack = 'uk' then upper(substring(l.postal_code from '(?i)^\s*([a-z]{1,2}[0-9][0-9a-z]?)\s*[0-9][a-z]{2}\s*$')) end as outcode,
      case when m.pack = 'us' then substring(l.postal_code from '^\s*([0-9]{3})[0-9]{2}') end as zip
    from mine m join directory.service_at_location a on a.service_id = m.id join directory.location l on l.id = a.location_id
  ), place as (
    -- Of a confidential place, its region goes on from here, and nothing else.
    select c.service_id, c.id, c.region, c.kept, c.city, c.outcode, c.zip, substring(c.outcode from '^[A-Z]+') as area,
      coalesce(c.latitude, d.latitude, (middles -> substring(c.outcode from '^[A-Z]+') ->> 0)::double precision) as latitude,
      coalesce(c.longitude, d.longitude, (middles -> substring(c.outcode from '^[A-Z]+') ->> 1)::double precision) as longitude
    from code c left join directory.outcode d on d.code = c.outcode where not c.kept
    union all
    select c.service_id, c.id, c.region, c.kept, null, null, null, null, null, null from code c where c.kept
  ), around as (
    select p.service_id, bool_or(p.kept) as kept, min(p.region) filter (where p.kept) as region, min(p.area) as area,
      array_remove(coalesce(array_agg(distinct p.region) filter (where p.latitude is null), '{}') || array_agg(distinct p.city) || array_agg(distinct p.outcode)
        || array_agg(distinct 'zip ' || p.zip) || coalesce(array_agg(distinct p.area) filter (where p.latitude is null), '{}'), null) as names
    from place p group by p.service_id
  ), point as (
    select p.service_id, array_agg(x.at order by p.id, x.n) as points
    from place p cross join lateral (values (1, p.latitude), (2, p.longitude)) x (n, at)
    where p.latitude is not null and p.longitude is not null and not exists (
      select from mine m where m.id = p.service_id and m.confidential)
    group by p.service_id
  ), known as (
    select m.id, m.pack, m.name, m.search, m.needs, m.languages, m.areas, m.access, coalesce(a.ages, '{}') as ages, coalesce(p.points, '{}') as points, m.confidential or coalesce(r.kept, false) as kept,
      r.region as kept_region, r.area, m.areas || coalesce(r.names, '{}') as names
    from mine m left join age a on a.id = m.id left join around r on r.service_id = m.id left join point p on p.service_id = m.id
  )
  select k.id, k.name,
    k.search || array_to_tsvector(array(select distinct x from unnest(
      array['§pack=' || k.pack] || array(select '§need=' || n from unnest(k.needs) n)
      || array(select '§lang=' || lower(l) from unnest(k.languages) l) || array(select '§access=' || a from unnest(k.access) a) || array(select '§age=' || a from unnest(k.ages) a)
      || case when k.ages = '{}' then array['§age=unsaid'] else '{}' end
      || array(select '§in=' || directory.plain_name(n) from unnest(k.names) n where directory.plain_name(n) <> '')
      || array(select '§cell=' || floor(k.points[i] * 4) || '/' || floor(k.points[i + 1] * 4)
        from generate_series(1, cardinality(k.points), 2) i)
      || case when (k.names = '{}' and k.points = '{}') or array_to_string(k.areas, ' ') ~*
        '\m(anywhere|nation|national|nationwide|statewide|countrywide|country|england|scotland|wales|northern ireland|united kingdom|uk)\M'
        then array['§wide'] else '{}' end
      || case when k.kept then array['§kept'] else '{}' end) x where x <> '')),
    k.needs, k.ages, k.points,
    case when k.kept then 'kept:' || coalesce(k.kept_region, '') when middles ? k.area then 'area:' || k.area
      when k.names <> '{}' then 'name:' || k.names[1] end
  from known k
  on conflict (service_id) do update set name = excluded.name, search = excluded.search, needs = excluded.needs,
    ages = excluded.ages, points = excluded.points, spot = excluded.spot
  where (f.name, f.search, f.needs, f.ages, f.points, f.spot)
    is distinct from (excluded.name, excluded.search, excluded.needs, excluded.ages, excluded.points, excluded.spot);

  perform directory.derive_words(touched, before);
end
$$;

-- The word, and what is left without each of its letters, in words of 8 to 16 letters without any two: two words one slip (or
-- two) apart always share one of these.
create function directory.spelled_near(word text) returns text[] language sql immutable parallel safe set search_path = '' as $$
  with one as (select left(word, i - 1) || substr(word, i + 1) as x from generate_series(1, length(word)) i)
  select array(select word union select x from one union
    select left(x, i - 1) || substr(x, i + 1) from one, generate_series(1, length(x)) i where length(word) between 8 and 16)
$$;

-- Keeps the words of these services, and forgets those that no listed service uses any more: what was hidden leaves no word.
create function directory.derive_words(touched uuid[], before text[]) returns void language sql set search_path = '' as $$
  delete from directory.word w where w.stem = any (before)
    and not exists (select from directory.find f where f.search @@ (quote_literal(w.stem))::tsquery);
  insert into directory.word (word, stem, near)
  select w.word, w.stem, directory.spelled_near(w.word)
  from (
    select t.word, (tsvector_to_array(to_tsvector('pg_catalog.english', t.word)))[1] as stem from (
      select distinct unnest(tsvector_to_array(to_tsvector('pg_catalog.simple',
        s.name || ' ' || o.name || ' ' || s.description || ' ' || coalesce(s.eligibility_text, '')))) as word
      from directory.find f join directory.service s on s.id = f.service_id
      join directory.organization o on o.id = s.organization_id where s.id = any (touched)
    ) t
    where t.word ~ '^[[:alpha:]]{3,30}$' and not exists (select from directory.word k where k.word = t.word)
  ) w
  where w.stem is not null
  on conflict do nothing
$$;

revoke all on function directory.plain_name(text), directory.ages_of(jsonb), directory.spelled_near(text),
  directory.derive_find(uuid[], jsonb), directory.derive_words(uuid[], text[]) from public;
grant execute on function directory.plain_name(text), directory.ages_of(jsonb), directory.spelled_near(text),
  directory.derive_find(uuid[], jsonb), directory.derive_words(uuid[], text[]) to anydoor_web;
grant select on directory.find, directory.word, directory.outcode to anydoor_public, anydoor_web;
grant insert, update, delete on directory.find, directory.word to anydoor_web;

select directory.derive_find(null, '{}');
drop index directory.service_search;
