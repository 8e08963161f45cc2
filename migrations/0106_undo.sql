-- Taking an import back, byte for byte: while a run goes on, each row that it touches is kept as it was. Nobody reads these copies but
-- the functions below; they go when the run is undone, after a time, and at once where a place turns out to be secret.
alter table directory.import_run
  add column kept boolean not null default false,
  add column undone_at timestamptz,
  add column undone_by text not null default '',
  add column undone_why text not null default '' check (length(undone_why) <= 500);

create table directory.run_row (
  run_id uuid not null references directory.import_run (id) on delete cascade,
  -- The table and the row's key in it.
  part text not null,
  key text not null,
  service_id uuid,
  -- The row as it was before the run; null: it was not there.
  was jsonb,
  -- It has become secret: what was is not kept, and undoing leaves it as it is.
  secret boolean not null default false,
  at timestamptz not null default now(),
  primary key (run_id, part, key),
  check (not secret or was is null)
);
create index run_row_by_key on directory.run_row (part, key);
create index run_row_by_service on directory.run_row (service_id) where was is not null;
call access.fence('directory.run_row', '');

create function directory.keep_before() returns trigger
language plpgsql security definer set search_path = '' as $$
declare run uuid := nullif(current_setting('directory.run', true), '')::uuid;
begin
  if run is null then return null; end if;
  if tg_op = 'INSERT' then
    execute format('insert into directory.run_row (run_id, part, key, service_id) select $1, %L, %s, %s from came r
      on conflict do nothing', tg_table_name, tg_argv[0], tg_argv[1]) using run;
  elsif tg_op = 'UPDATE' and tg_table_name in ('service', 'location') then
    execute format('insert into directory.run_row (run_id, part, key, service_id, was, secret)
      select $1, %L, %s, %s, case when r.confidential or not n.confidential then to_jsonb(r) end, n.confidential and not r.confidential
      from went r join came n on n.id = r.id on conflict do nothing', tg_table_name, tg_argv[0], tg_argv[1]) using run;
    -- What turned secret only after the run had touched it once.
    execute format('update directory.run_row a set was = null, secret = true from went r join came n on n.id = r.id
      where a.run_id = $1 and a.part = %L and a.key = n.id::text and n.confidential and not r.confidential and a.was is not null',
      tg_table_name) using run;
  else
    execute format('insert into directory.run_row (run_id, part, key, service_id, was) select $1, %L, %s, %s, to_jsonb(r) from went r
      on conflict do nothing', tg_table_name, tg_argv[0], tg_argv[1]) using run;
  end if;
  return null;
end $$;

-- Every table that an import writes, and how one of its rows is named. What is derived for search is derived again.
create function directory.kept_parts() returns table (part text, key text, service text)
language sql immutable set search_path = '' as $$
  values ('organization', 'r.id::text', 'null::uuid'), ('location', 'r.id::text', 'null::uuid'), ('service', 'r.id::text', 'r.id'),
    ('service_at_location', 'r.service_id || '' '' || r.location_id', 'r.service_id'), ('threshold', 'r.id::text', 'r.service_id'),
    ('capacity', 'r.service_id::text', 'r.service_id'), ('schedule', 'r.id::text', 'r.service_id'),
    ('service_term', 'r.service_id || '' '' || r.code', 'r.service_id'), ('contact', 'r.id::text', 'r.service_id'),
    ('partner_detail', 'r.service_id::text', 'r.service_id'),
    ('brought', 'coalesce(r.service_id, r.organization_id)::text', 'r.service_id'),
    ('kept_beside', 'coalesce(r.service_id, r.location_id, r.organization_id)::text', 'r.service_id'),
    ('training', 'r.organization_id::text', 'null::uuid'), ('taxonomy_term', 'r.code', 'null::uuid'),
    ('held_record', 'r.id::text', 'null::uuid')
$$;

do $$
declare p record;
begin
  for p in select * from directory.kept_parts() loop
    execute format('create trigger keep_new after insert on directory.%I referencing new table as came for each statement
      execute function directory.keep_before(%L, %L)', p.part, p.key, p.service);
    execute format('create trigger keep_changed after update on directory.%I referencing old table as went new table as came
      for each statement execute function directory.keep_before(%L, %L)', p.part, p.key, p.service);
    execute format('create trigger keep_gone after delete on directory.%I referencing old table as went for each statement
      execute function directory.keep_before(%L, %L)', p.part, p.key, p.service);
  end loop;
end $$;

-- Of words and names of places no copy is kept: one alone can lead to a place. A row says which run brought it, and goes with it.
alter table directory.word add column run_id uuid default nullif(current_setting('directory.run', true), '')::uuid;
alter table directory.place_name add column run_id uuid default nullif(current_setting('directory.run', true), '')::uuid;

-- An address as it is compared.
create function directory.address_key(line text, code text) returns text language sql immutable set search_path = '' as $$
  select lower(regexp_replace(coalesce(line, '') || '|' || coalesce(code, ''), '[^A-Za-z0-9|]', '', 'g'))
$$;

-- No copy keeps an address that is secret, whenever that comes out.
create function directory.forget_addresses(keys text[]) returns void
language sql security definer set search_path = '' as $$
  update directory.run_row a set was = null, secret = true where a.part = 'location' and a.was is not null
    and directory.address_key(a.was ->> 'address_1', a.was ->> 'postal_code') = any (keys)
$$;

-- An entry that turns out to be secret loses the words of its past: its history's, those of suggestions that wait, and copies of it,
-- of the places it was at and of its organisation.
create function directory.forget_copied(services uuid[]) returns void
language sql security definer set search_path = '' as $$
  update directory.run_row l set was = null, secret = true from directory.run_row a
    where a.service_id = any (services) and a.part = 'service_at_location' and l.was is not null
      and l.run_id = a.run_id and l.part = 'location' and l.key = split_part(a.key, ' ', 2);
  update directory.run_row a set was = null, secret = true where a.was is not null and a.service_id = any (services);
  update directory.run_row a set was = null, secret = true from directory.service s
    where s.id = any (services) and a.was is not null and a.part in ('organization', 'kept_beside') and a.key = s.organization_id::text;
  update directory.run_row a set was = null, secret = true from directory.service_at_location l
    where l.service_id = any (services) and a.was is not null and a.part = 'kept_beside' and a.key = l.location_id::text;
$$;
create or replace function directory.forget_words(services uuid[]) returns void
language sql security definer set search_path = '' as $$
  update directory.change c set fields = directory.without_words(c.fields), why = '' where c.service_id = any (services)
    or c.organization_id in (select s.organization_id from directory.service s where s.id = any (services));
  delete from directory.suggestion g where g.service_id = any (services);
  select directory.forget_copied(services);
$$;

-- What is kept beside goes from the copies too, where it goes because something is secret.
create or replace function directory.forget_beside(services uuid[]) returns void
language sql security definer set search_path = '' as $$
  delete from directory.kept_beside k where k.service_id = any (services);
  delete from directory.kept_beside k using directory.service_at_location a
    where a.location_id = k.location_id and a.service_id = any (services);
  delete from directory.kept_beside k using directory.service s
    where s.organization_id = k.organization_id and s.id = any (services);
  update directory.run_row a set was = null, secret = true
    from directory.service s left join directory.service_at_location l on l.service_id = s.id
    where s.id = any (services) and directory.is_secret(s.id) and a.part = 'kept_beside' and a.was is not null
      and a.key in (s.id::text, s.organization_id::text, l.location_id::text);
$$;

create or replace function directory.place_turns_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform directory.forget_words(array(select a.service_id from directory.service_at_location a where a.location_id = new.id));
  update directory.run_row a set was = null, secret = true
    where a.part in ('location', 'kept_beside') and a.key = new.id::text and a.was is not null;
  if old.address_1 is not null or old.postal_code is not null then
    perform directory.forget_addresses(array[directory.address_key(old.address_1, old.postal_code)]);
  end if;
  return null;
end $$;

-- At the end of each piece of a run: what turned secret in it leaves no copy behind, nor do the places it was at before.
create function directory.seal_run(run uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare turned uuid[];
begin
  select array_agg(distinct id) into turned from (
    select a.service_id as id from directory.run_row a where a.run_id = run and a.secret and a.service_id is not null
    union select l.service_id from directory.run_row a join directory.service_at_location l on l.location_id = a.key::uuid
      where a.run_id = run and a.part = 'location' and a.secret
  ) x;
  if turned is null then return; end if;
  perform directory.forget_copied(turned);
  update directory.run_row a set was = null, secret = true from directory.run_row l
    where l.run_id = run and l.part = 'location' and l.secret and a.run_id = run and a.part = 'kept_beside' and a.key = l.key
      and a.was is not null;
end $$;

-- For the job: copies are kept for so many days.
create function directory.forget_copies(days integer) returns void
language sql security definer set search_path = '' as $$
  with old as (update directory.import_run r set kept = false where r.kept and r.at < now() - make_interval(days => days) returning r.id)
  delete from directory.run_row a using old where a.run_id = old.id
$$;

revoke all on function directory.keep_before(), directory.kept_parts(), directory.address_key(text, text),
  directory.forget_addresses(text[]), directory.forget_copied(uuid[]), directory.seal_run(uuid), directory.forget_copies(integer)
  from public;
grant execute on function directory.forget_addresses(text[]), directory.seal_run(uuid) to anydoor_web;
grant execute on function directory.forget_copies(integer) to anydoor_jobs;
grant update (kept) on directory.import_run to anydoor_web;
