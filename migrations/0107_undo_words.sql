-- A word that a run took away and brought again says that the run brought it: such words go first, and come back with the entries that
-- use them.
create or replace function directory.undo_found(run uuid, since timestamptz, middles jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  delete from directory.word w where w.run_id = run and not exists (
      select from (
        select s.id from directory.service s where s.updated_at > since
        union select c.service_id from directory.change c where c.at > since
        union select u.id from pg_temp.undo_service u where u.why is not null
      ) x join directory.find f on f.service_id = x.id join directory.service s on s.id = x.id
      join directory.organization o on o.id = s.organization_id
      where f.search @@ (quote_literal(w.stem))::tsquery and to_tsvector('pg_catalog.simple', s.name || ' ' || o.name || ' '
        || s.description || ' ' || coalesce(s.eligibility_text, '')) @@ (quote_literal(w.word))::tsquery);
  perform directory.derive_these(array(select u.id from pg_temp.undo_service u where not u.fresh
    union select l.service_id from directory.service_at_location l join pg_temp.undo_place p on p.id = l.location_id), middles, true);
  delete from directory.place_name p where p.run_id = run and not exists (select from directory.find f
    where f.search @@ (quote_literal('§in=' || p.name) || ' & ' || quote_literal('§pack=' || p.pack))::tsquery);
end $$;

-- Which entries a run touched, and why one must be left as it is: it has become secret, it is gone, or somebody has changed it since.
create or replace function directory.weigh_undo(run uuid) returns void
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
      or exists (select from directory.change c where c.organization_id = o.id and c.run_id is distinct from run and c.at > a.at
        and not exists (select from directory.import_run x where x.id = c.run_id and x.undone_at is not null)) then 'changed' end as why
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
