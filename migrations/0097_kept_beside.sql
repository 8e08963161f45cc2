-- What a file says of an entry and no column of ours has, in plain text: it goes out again with the entry, and is as public as
-- the entry is. Of an entry that keeps its place secret, of work with people who use abuse, of an organisation that has a secret
-- place, nothing is kept, whoever writes.
create table directory.kept_beside (
  id uuid primary key default uuidv7(),
  service_id uuid unique references directory.service (id) on delete cascade,
  location_id uuid unique references directory.location (id) on delete cascade,
  organization_id uuid unique references directory.organization (id) on delete cascade,
  kept jsonb not null check (jsonb_typeof(kept) = 'object' and length(kept::text) <= 100000),
  check (num_nonnulls(service_id, location_id, organization_id) = 1)
);
grant select on directory.kept_beside to anydoor_public, anydoor_web;
grant insert, update, delete on directory.kept_beside to anydoor_web;

create function directory.keep_nothing_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if directory.is_secret(new.service_id)
    or exists (select from directory.service s where s.id = new.service_id and s.kind = 'for-people-using-abuse')
    or exists (select from directory.location l where l.id = new.location_id and l.confidential)
    or exists (select from directory.service_at_location a join directory.service s on s.id = a.service_id
      where a.location_id = new.location_id and s.confidential)
    or exists (select from directory.service s where s.organization_id = new.organization_id and s.confidential) then
    return null;
  end if;
  return new;
end $$;
create trigger keep_nothing_secret before insert or update on directory.kept_beside
  for each row execute function directory.keep_nothing_secret();

create function directory.forget_beside(services uuid[]) returns void
language sql security definer set search_path = '' as $$
  delete from directory.kept_beside k where k.service_id = any (services);
  delete from directory.kept_beside k using directory.service_at_location a
    where a.location_id = k.location_id and a.service_id = any (services);
  delete from directory.kept_beside k using directory.service s
    where s.organization_id = k.organization_id and s.id = any (services);
$$;

-- An entry that turns out to be secret loses the words of its past, and what was kept beside it, its places and its organisation.
create or replace function directory.forget_words(services uuid[]) returns void
language sql security definer set search_path = '' as $$
  update directory.change c set fields = directory.without_words(c.fields), why = '' where c.service_id = any (services);
  delete from directory.suggestion g where g.service_id = any (services);
  select directory.forget_beside(services);
$$;

-- So does the organisation that a secret entry is new to.
create function directory.begins_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform directory.forget_beside(array[new.id]);
  return null;
end $$;
create trigger begins_secret after insert or update of organization_id on directory.service
  for each row when (new.confidential) execute function directory.begins_secret();
create trigger begins_apart after update of kind on directory.service
  for each row when (new.kind = 'for-people-using-abuse' and old.kind <> new.kind) execute function directory.begins_secret();

revoke all on function directory.keep_nothing_secret(), directory.forget_beside(uuid[]), directory.begins_secret(),
  directory.forget_words(uuid[]) from public;
