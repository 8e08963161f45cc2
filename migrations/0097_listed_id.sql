-- The id under which a row of the directory goes out to other systems: the one of its source where that has the shape that the
-- standards ask for, else the row's own. Lists that go out are in its order, so that two exports are alike to the byte.
create function directory.listed_id(source_id text, id uuid) returns uuid
language sql immutable parallel safe set search_path = '' as $$
  select case when source_id ~ '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$' then source_id::uuid else id end
$$;
revoke all on function directory.listed_id(text, uuid) from public;
grant execute on function directory.listed_id(text, uuid) to anydoor_public, anydoor_web;

create index service_by_listed_id on directory.service (directory.listed_id(source_id, id));
create index organization_by_listed_id on directory.organization (directory.listed_id(source_id, id));
