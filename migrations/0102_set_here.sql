-- Fields of an entry that a person has set here. A file that comes in later leaves them alone, until an editor lets it speak again
-- (docs/domain/directory.md, who wins when).
create table directory.set_here (
  service_id uuid not null references directory.service (id) on delete cascade,
  field text not null check (field ~ '^[a-z][a-z_]{0,39}$'),
  at timestamptz not null default now(),
  primary key (service_id, field)
);
grant select, insert, update, delete on directory.set_here to anydoor_web;

-- What editors have set until now stands in the history.
insert into directory.set_here (service_id, field, at)
select c.service_id, case when f ->> 'field' like 'clauses%' then 'clauses' else f ->> 'field' end, max(c.at)
from directory.change c cross join jsonb_array_elements(c.fields) f
where c.via = 'editor' and c.what in ('clause', 'first', 'visit', 'paying', 'contact', 'times', 'detail', 'terms', 'people', 'suggestion')
group by 1, 2;

-- What was derived from a data file of ours, and from which state of it: a rule added later reaches what was stored before.
create table directory.derived (
  what text primary key,
  digest text not null
);

-- Names of places that listed services use, in one country's words each, to be found when they are typed with a slip.
create table directory.place_name (
  pack text not null,
  name text not null,
  near text[] not null,
  primary key (pack, name)
);
create index place_name_near on directory.place_name using gin (near) with (fastupdate = off);
grant select on directory.place_name to anydoor_public, anydoor_web;
grant insert, delete on directory.place_name to anydoor_web;

-- Keeps the names of places of these services, and forgets those that no listed service uses any more. Codes are no names.
create function directory.derive_places(touched uuid[], before text[]) returns void language sql set search_path = '' as $$
  delete from directory.place_name p where '§in=' || p.name = any (before)
    and not exists (select from directory.find f
      where f.search @@ (quote_literal('§in=' || p.name) || ' & ' || quote_literal('§pack=' || p.pack))::tsquery);
  insert into directory.place_name (pack, name, near)
  select n.pack, n.name, directory.spelled_near(n.name) from (
    select distinct o.pack, substr(l, 5) as name from directory.find f join directory.service s on s.id = f.service_id
    join directory.organization o on o.id = s.organization_id, unnest(tsvector_to_array(f.search)) l
    where f.service_id = any (touched) and l like '§in=%'
  ) n
  where n.name ~ '^[[:alpha:]][[:alpha:]-]{3,59}$'
    and not exists (select from directory.place_name k where k.pack = n.pack and k.name = n.name)
  on conflict do nothing
$$;

-- Brings what can be found of exactly these services up to date. `forget`: words that only they used are forgotten.
create or replace function directory.derive_these(touched uuid[], middles jsonb, forget boolean) returns void
language plpgsql set search_path = '' as $$
declare before text[];
begin
  if forget then
    select array_agg(distinct l) into before from directory.find f, unnest(tsvector_to_array(f.search)) l
      where f.service_id = any (touched) and (l not like '§%' or l like '§in=%');
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
      || case when k.kept then array['§kept'] when (k.names = '{}' and k.points = '{}') or array_to_string(k.areas, ' ') ~*
        '\m(anywhere|nation|national|nationwide|statewide|countrywide|country|england|scotland|wales|northern ireland|united kingdom|uk)\M'
        then array['§wide'] else '{}' end, '')),
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
  perform directory.derive_words(touched, array(select l from unnest(before) l where l not like '§%'));
  perform directory.derive_places(touched, array(select l from unnest(before) l where l like '§in=%'));
end
$$;

revoke all on function directory.derive_places(uuid[], text[]) from public;
grant execute on function directory.derive_places(uuid[], text[]) to anydoor_web;

-- A confidential place of no known region is kept, not for everywhere: a search near a place looks for the two apart.
update directory.find set search = ts_delete(search, '§wide') where search @@ '''§kept'' & ''§wide''';
select directory.derive_places(array(select service_id from directory.find), '{}');

-- The history of an organisation's own details and of the pathways that start at it, beside that of its entries.
alter table directory.change
  alter column service_id drop not null,
  add column organization_id uuid references directory.organization (id) on delete cascade,
  add constraint change_of_one check (num_nonnulls(service_id, organization_id) = 1);
create index change_by_organization on directory.change (organization_id, id desc) where organization_id is not null;

-- Whether the asking agency looks after an organisation: itself, one that is no partner here, or any as steward.
create function directory.may_edit_organization(organization uuid) returns boolean
language sql stable set search_path = '' as $$
  select access.kind() = 'member' and (directory.is_steward() or exists (
    select from directory.organization o where o.id = organization and (o.party_id is null or o.party_id = access.party())))
$$;

drop policy read on directory.change;
create policy read on directory.change for select to anydoor_web
  using (case when service_id is null then directory.may_edit_organization(organization_id) else directory.may_edit(service_id) end);

-- Closed lists, numbers, dates; and a pathway, which is told by names that are listed anyway and by its kind.
create or replace function directory.without_words(fields jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_agg(case when f ->> 'field' = any (array['status', 'kind', 'needs', 'after_needs', 'fixed_facets',
      'self_referral', 'consultation', 'confidential', 'remote', 'cost', 'needs_no_public_funds', 'assured_on', 'capacity_state',
      'capacity_places', 'wait_weeks', 'wait_weeks_to', 'clauses_read', 'set_here', 'sector', 'pack', 'trained_until', 'pathway'])
    then f else jsonb_build_object('field', f ->> 'field') end order by n), '[]')
  from jsonb_array_elements(fields) with ordinality as x(f, n)
$$;

-- An organisation with a secret entry keeps no words about itself either.
create or replace function directory.keep_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if directory.is_secret(new.service_id) or exists (select from directory.service s
      where s.organization_id = new.organization_id and directory.is_secret(s.id)) then
    new.fields := directory.without_words(new.fields);
  end if;
  return new;
end $$;

create or replace function directory.forget_words(services uuid[]) returns void
language sql security definer set search_path = '' as $$
  update directory.change c set fields = directory.without_words(c.fields), why = '' where c.service_id = any (services)
    or c.organization_id in (select s.organization_id from directory.service s where s.id = any (services));
  delete from directory.suggestion g where g.service_id = any (services);
$$;
