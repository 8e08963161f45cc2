-- A hundred thousand entries come in within a minute: what a row costs must not grow with how many came before it.

-- Whether a row may be kept beside asks only what its own kind needs, and still before it is written.
create or replace function directory.keep_nothing_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.service_id is not null then
    if exists (select from directory.service s where s.id = new.service_id
        and (s.confidential or s.kind = 'for-people-using-abuse'))
      or exists (select from directory.service_at_location a join directory.location l on l.id = a.location_id
        where a.service_id = new.service_id and l.confidential) then
      return null;
    end if;
  elsif new.location_id is not null then
    if exists (select from directory.location l where l.id = new.location_id and l.confidential)
      or exists (select from directory.service_at_location a join directory.service s on s.id = a.service_id
        where a.location_id = new.location_id and s.confidential)
      or exists (select from directory.service_at_location a
        join directory.service_at_location b on b.service_id = a.service_id
        join directory.location l on l.id = b.location_id
        where a.location_id = new.location_id and l.confidential) then
      return null;
    end if;
  elsif exists (select from directory.service s where s.organization_id = new.organization_id and s.confidential)
    or exists (select from directory.service s join directory.service_at_location a on a.service_id = s.id
      join directory.location l on l.id = a.location_id
      where s.organization_id = new.organization_id and l.confidential) then
    return null;
  end if;
  return new;
end $$;

-- Entries that begin secret are looked at together.
drop trigger begins_secret on directory.service;
create trigger begins_secret after update of organization_id on directory.service
  for each row when (new.confidential) execute function directory.begins_secret();
create function directory.begin_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
declare secret uuid[] := array(select n.id from begun n where n.confidential);
begin
  if secret <> '{}' then perform directory.forget_beside(secret); end if;
  return null;
end $$;
create trigger begin_secret after insert on directory.service referencing new table as begun
  for each statement execute function directory.begin_secret();
revoke all on function directory.begin_secret() from public;

-- At the end of each piece of a run only what turned secret is asked for, not all that the run has touched.
create index run_row_secret on directory.run_row (run_id) where secret;
-- One index over the keys instead of two.
drop index directory.run_row_by_key;
alter table directory.run_row drop constraint run_row_pkey, add primary key (part, key, run_id);
create index run_row_by_run on directory.run_row (run_id, part);

-- No search goes by it: the youngest and the oldest have indexes of their own.
drop index directory.service_ages;

-- Inside one long transaction nobody counts what came in, and every plan would go on as if the tables were empty. Whoever brings in
-- many asks for a count now and then; where another does the same, nobody waits.
create function directory.count_rows() returns void
language plpgsql security definer set search_path = '' set default_statistics_target = 20 as $$
declare p record;
begin
  -- Its long texts are for whoever searches, and are counted when the import is done.
  analyze (skip_locked) directory.service (id, source_id, organization_id, confidential, kind, status);
  for p in select k.part from directory.kept_parts() k where k.part <> 'service' union all values ('word'), ('run_row') loop
    execute format('analyze (skip_locked) directory.%I', p.part);
  end loop;
end $$;
revoke all on function directory.count_rows() from public;
grant execute on function directory.count_rows() to anydoor_web;

-- Where no secret place joins, nothing is looked for.
create or replace function directory.secret_place_joins() returns trigger
language plpgsql security definer set search_path = '' as $$
declare secret uuid[] := array(select j.service_id from joined j join directory.location l on l.id = j.location_id
  join directory.service s on s.id = j.service_id where l.confidential and not s.confidential);
begin
  if secret <> '{}' then perform directory.forget_words(secret); end if;
  return null;
end $$;
create or replace function directory.secret_place_joins_beside() returns trigger
language plpgsql security definer set search_path = '' as $$
declare secret uuid[] := array(select j.service_id from joined j join directory.location l on l.id = j.location_id where l.confidential);
begin
  if secret <> '{}' then perform directory.forget_beside(secret); end if;
  return null;
end $$;

-- Asked for by four indexes a row: without settings of its own a function becomes part of whatever asks.
create or replace function directory.listed_id(source_id text, id uuid) returns uuid
language sql immutable parallel safe as $$
  select case when source_id operator(pg_catalog.~) '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$'
    then source_id::pg_catalog.uuid else id end
$$;

-- Each by its own index: the two together went through the whole history.
create or replace function directory.forget_words(services uuid[]) returns void
language sql security definer set search_path = '' as $$
  update directory.change c set fields = directory.without_words(c.fields), why = '' where c.service_id = any (services);
  update directory.change c set fields = directory.without_words(c.fields), why = ''
    where c.organization_id = any (array(select s.organization_id from directory.service s where s.id = any (services)));
  delete from directory.suggestion g where g.service_id = any (services);
  select directory.forget_copied(services);
$$;
