-- What changed in an entry of the directory, when, by which agency and colleague, and why. Only editors read it.
-- Where an entry keeps its place secret no free text is kept, neither from then on nor from before.

-- A partnership's or an operator's directory editor looks after what nobody else does.
create function directory.is_steward() returns boolean
language sql stable set search_path = '' as $$
  select exists (select from parties.agency a where a.party_id = access.party() and a.sector in ('partnership', 'operator'))
$$;

-- Whether the asking agency looks after the entry: its own, one of an organisation that is no partner here, or any as steward.
create function directory.may_edit(service uuid) returns boolean
language sql stable set search_path = '' as $$
  select access.kind() = 'member' and (directory.is_steward() or exists (
    select from directory.service s join directory.organization o on o.id = s.organization_id
    where s.id = service and (o.party_id is null or o.party_id = access.party())))
$$;

create table directory.change (
  id uuid primary key default uuidv7(),
  service_id uuid not null references directory.service (id) on delete cascade,
  at timestamptz not null default now(),
  what text not null check (what ~ '^[a-z][a-z-]{0,39}$'),
  via text not null check (via in ('editor', 'link', 'import')),
  by_party uuid,
  by_account uuid,
  -- The agency's name as it was then; a person's name is never here.
  by_agency text not null default '',
  run_id uuid references directory.import_run (id),
  why text not null default '' check (length(why) <= 500),
  -- [{"field": "url", "before": …, "after": …}]; a field without the two has changed and is not told.
  fields jsonb not null default '[]' check (jsonb_typeof(fields) = 'array'),
  check ((via = 'import') = (by_party is null))
);
create index change_by_service on directory.change (service_id, id desc);

call access.fence('directory.change', '');
create policy read on directory.change for select to anydoor_web using (directory.may_edit(service_id));
create policy add on directory.change for insert to anydoor_web
  with check (via = 'import' or (by_party = access.party() and by_account = access.account() and via = 'editor'));
grant select, insert on directory.change to anydoor_web;

-- Fields that hold codes, numbers or dates of closed lists. Every other field holds words, and words can lead to a place.
create function directory.without_words(fields jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_agg(case when f ->> 'field' = any (array['status', 'kind', 'needs', 'after_needs', 'fixed_facets',
      'self_referral', 'consultation', 'confidential', 'remote', 'cost', 'needs_no_public_funds', 'assured_on', 'capacity_state',
      'capacity_places', 'wait_weeks', 'wait_weeks_to', 'clauses_read'])
    then f else jsonb_build_object('field', f ->> 'field') end order by n), '[]')
  from jsonb_array_elements(fields) with ordinality as x(f, n)
$$;

create function directory.is_secret(service uuid) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from directory.service s where s.id = service and s.confidential)
    or exists (select from directory.service_at_location a join directory.location l on l.id = a.location_id
      where a.service_id = service and l.confidential)
$$;

create function directory.keep_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if directory.is_secret(new.service_id) then new.fields := directory.without_words(new.fields); end if;
  return new;
end $$;
create trigger keep_secret before insert on directory.change for each row execute function directory.keep_secret();

-- An entry that turns out to be secret loses the words of its past in the same statement.
create function directory.forget_words(services uuid[]) returns void
language sql security definer set search_path = '' as $$
  update directory.change c set fields = directory.without_words(c.fields), why = '' where c.service_id = any (services)
$$;

create function directory.service_turns_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform directory.forget_words(array[new.id]);
  return null;
end $$;
create trigger turns_secret after update of confidential on directory.service for each row
  when (new.confidential and not old.confidential) execute function directory.service_turns_secret();

create function directory.place_turns_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform directory.forget_words(array(select a.service_id from directory.service_at_location a where a.location_id = new.id));
  return null;
end $$;
create trigger turns_secret after update of confidential on directory.location for each row
  when (new.confidential and not old.confidential) execute function directory.place_turns_secret();

create function directory.secret_place_joins() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform directory.forget_words(array(select j.service_id from joined j join directory.location l on l.id = j.location_id
    where l.confidential));
  return null;
end $$;
create trigger secret_place_joins after insert on directory.service_at_location referencing new table as joined
  for each statement execute function directory.secret_place_joins();

revoke all on function directory.forget_words(uuid[]), directory.keep_secret(), directory.service_turns_secret(),
  directory.place_turns_secret(), directory.secret_place_joins() from public;
