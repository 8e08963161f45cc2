-- What the served lists of the directory are read by: the ids under which terms and places of services go out, and indices in
-- their order. The ids are made as the exchange makes them, from what they stand for.
create function directory.derived_id(variadic parts text[]) returns uuid
language sql immutable parallel safe set search_path = '' as $$
  select (substr(h, 1, 12) || '8' || substr(h, 14, 3) || substr('89ab', (('x' || substr(h, 17, 1))::bit(4) & b'0011')::int + 1, 1)
    || substr(h, 18, 15))::uuid
  from (select encode(sha256(convert_to(array_to_json(parts)::text, 'UTF8')), 'hex') as h) hash
$$;

-- A term of our own vocabulary, or one of a list that was brought in: `esd:services:12` is number services:12 of ESD.
create function directory.term_listed_id(taxonomy text, code text) returns uuid
language sql immutable parallel safe set search_path = '' as $$
  select case when taxonomy = 'anydoor' then directory.derived_id('taxonomy_term', 'anydoor-term', code)
    else directory.derived_id('taxonomy_term', upper(split_part(code, ':', 1)),
      case when strpos(code, ':') = 0 then '' else substr(code, strpos(code, ':') + 1) end) end
$$;

-- The id as it is written: a source's own stays as it was given.
create function directory.listed_text(source_id text, id uuid) returns text
language sql immutable parallel safe set search_path = '' as $$
  select case when source_id ~ '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$' then source_id else id::text end
$$;

-- A place of a service, from the ids under which both go out.
create function directory.place_listed_id(service text, service_id uuid, location text, location_id uuid) returns uuid
language sql immutable parallel safe set search_path = '' as $$
  select directory.derived_id('service_at_location', directory.listed_text(service, service_id),
    directory.listed_text(location, location_id))
$$;

-- The one place of a confidential service: made of the service's id alone, so that it tells of no place.
create function directory.kept_place_listed_id(source_id text, id uuid) returns uuid
language sql immutable parallel safe set search_path = '' as $$
  select directory.derived_id('service_at_location', directory.listed_text(source_id, id),
    directory.derived_id('confidential place', directory.listed_text(source_id, id))::text)
$$;

-- Metres between two points, by haversine.
create function directory.metres(lat1 double precision, long1 double precision, lat2 double precision, long2 double precision)
returns double precision language sql immutable parallel safe strict set search_path = '' as $$
  select 12742018 * asin(least(1, sqrt(sind((lat1 - lat2) / 2) ^ 2 + cosd(lat1) * cosd(lat2) * sind((long1 - long2) / 2) ^ 2)))
$$;

alter table directory.taxonomy_term
  add column listed_id uuid not null generated always as (directory.term_listed_id(taxonomy, code)) stored;
create index taxonomy_term_by_listed_id on directory.taxonomy_term (listed_id);

alter table directory.service_at_location add column listed_id uuid;
update directory.service_at_location a set listed_id = directory.place_listed_id(s.source_id, s.id, l.source_id, l.id)
  from directory.service s, directory.location l where s.id = a.service_id and l.id = a.location_id;
alter table directory.service_at_location alter column listed_id set not null;
create index service_at_location_by_listed_id on directory.service_at_location (listed_id);

create function directory.list_place() returns trigger language plpgsql set search_path = '' as $$
begin
  select directory.place_listed_id(s.source_id, s.id, l.source_id, l.id) into new.listed_id
    from directory.service s, directory.location l where s.id = new.service_id and l.id = new.location_id;
  return new;
end
$$;
create trigger list_place before insert or update on directory.service_at_location
  for each row execute function directory.list_place();

-- A source that writes an id in other letters gives its places other ids too.
create function directory.list_places_again() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_table_name = 'service' then update directory.service_at_location set listed_id = listed_id where service_id = new.id;
  else update directory.service_at_location set listed_id = listed_id where location_id = new.id; end if;
  return null;
end
$$;
create trigger list_places_again after update of source_id on directory.service
  for each row when (old.source_id is distinct from new.source_id) execute function directory.list_places_again();
create trigger list_places_again after update of source_id on directory.location
  for each row when (old.source_id is distinct from new.source_id) execute function directory.list_places_again();

-- Every listed service in the order of the lists; the columns that the id is made of, so that the index alone answers.
create index service_in_lists on directory.service (directory.listed_id(source_id, id)) include (source_id, id)
  where status in ('active', 'temporarily closed') and kind <> 'for-people-using-abuse';
create index service_apart on directory.service (directory.listed_id(source_id, id)) where kind = 'for-people-using-abuse';
create index service_kept_place on directory.service (directory.kept_place_listed_id(source_id, id)) where confidential;
create index service_by_change on directory.service (updated_at);
create index service_youngest on directory.service (lower(ages));
create index service_oldest on directory.service (upper(ages));
create index organization_search on directory.organization
  using gin (to_tsvector('english'::regconfig, name || ' ' || coalesce(alternate_name, '') || ' ' || description));
create index schedule_by_time on directory.schedule (weekday, opens, closes);
create index taxonomy_term_search on directory.taxonomy_term using gin (to_tsvector('english'::regconfig, label));

revoke all on function directory.derived_id(text[]), directory.term_listed_id(text, text),
  directory.place_listed_id(text, uuid, text, uuid), directory.listed_text(text, uuid),
  directory.kept_place_listed_id(text, uuid), directory.list_place(), directory.list_places_again(),
  directory.metres(double precision, double precision, double precision, double precision) from public;
grant execute on function directory.derived_id(text[]), directory.term_listed_id(text, text),
  directory.place_listed_id(text, uuid, text, uuid), directory.listed_text(text, uuid),
  directory.kept_place_listed_id(text, uuid),
  directory.metres(double precision, double precision, double precision, double precision) to anydoor_public, anydoor_web;
grant execute on function directory.list_place(), directory.list_places_again() to anydoor_web;
