-- A place that turns out to be secret may be told by the past of what stands beside it: by another entry of an organisation that is
-- there, in its history, in a suggestion that waits, or in a copy that a run keeps. Words that lead to the house go there too.

-- What leads to a place, as it is compared: small letters and figures alone. What is short or a single common word is no mark.
create function directory.marks_of(name text, line1 text, line2 text, code text) returns text[]
language sql immutable set search_path = '' as $$
  select coalesce(array_agg(distinct x.mark), '{}') from (
    select lower(regexp_replace(said, '[^[:alnum:]]', '', 'g')) as mark from unnest(array[name, line1, line2, code,
      substring(line1 from '^\s*#?\d+[A-Za-z]?[\s,-]+(\S+\s+\S.*)$'), substring(line2 from '^\s*#?\d+[A-Za-z]?[\s,-]+(\S+\s+\S.*)$')]) said
    where said ~ '\d|\S\s+\S') x
  where length(x.mark) >= 5
$$;

-- Whether a text, or what stands in a JSON, speaks of one of these marks, however it is spaced.
create function directory.tells(said text, marks text[]) returns boolean
language sql immutable set search_path = '' as $$
  select exists (select from lower(regexp_replace(said, '\\[nrt]|[^[:alnum:]]', '', 'g')) as plain, unnest(marks) mark
    where position(mark in plain) > 0)
$$;

create function directory.forget_told(place uuid, organization uuid, marks text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
  owners uuid[] := array(select organization union select s.organization_id from directory.service_at_location a
    join directory.service s on s.id = a.service_id where a.location_id = place);
  beside uuid[] := array(select s.id from directory.service s where s.organization_id = any (owners));
begin
  update directory.change c set fields = directory.without_words(c.fields), why = ''
    where (c.service_id = any (beside) or c.organization_id = any (owners)) and directory.tells(c.fields::text || ' ' || c.why, marks);
  delete from directory.suggestion g where g.service_id = any (beside) and directory.tells(g.words, marks);
  update directory.run_row a set was = null, secret = true where a.service_id = any (beside) and a.was is not null
    and directory.tells(a.was::text, marks);
  update directory.run_row a set was = null, secret = true where a.part in ('organization', 'kept_beside')
    and a.key = any (owners::text[]) and a.was is not null and directory.tells(a.was::text, marks);
end $$;

create or replace function directory.place_turns_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  -- A place that is called like what is there is not found by its name.
  own boolean := exists (select from directory.organization o where o.id = old.organization_id and lower(o.name) = lower(old.name))
    or exists (select from directory.service_at_location a join directory.service s on s.id = a.service_id
      join directory.organization o on o.id = s.organization_id
      where a.location_id = new.id and lower(old.name) in (lower(s.name), lower(o.name)));
  marks text[] := directory.marks_of(case when not own then old.name end, old.address_1, old.address_2, old.postal_code);
begin
  perform directory.forget_words(array(select a.service_id from directory.service_at_location a where a.location_id = new.id));
  update directory.run_row a set was = null, secret = true
    where a.part in ('location', 'kept_beside') and a.key = new.id::text and a.was is not null;
  if old.address_1 is not null or old.postal_code is not null then
    perform directory.forget_addresses(array[directory.address_key(old.address_1, old.postal_code)]);
  end if;
  if marks <> '{}' then perform directory.forget_told(new.id, new.organization_id, marks); end if;
  return null;
end $$;

revoke all on function directory.marks_of(text, text, text, text), directory.tells(text, text[]),
  directory.forget_told(uuid, uuid, text[]) from public;
