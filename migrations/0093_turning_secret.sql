-- An import takes a service's places away and brings them again. Only where that makes an entry secret do its past words go; one that
-- was secret before has none, and keeps its reasons and what waits about it.
create or replace function directory.secret_place_joins() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform directory.forget_words(array(select j.service_id from joined j join directory.location l on l.id = j.location_id
    join directory.service s on s.id = j.service_id where l.confidential and not s.confidential));
  return null;
end $$;
