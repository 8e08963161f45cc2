-- What is kept beside goes by triggers of its own, in the statement in which an entry, one of its places or its organisation turns
-- out to be secret, whatever else is forgotten then.
create trigger turns_secret_beside after update of confidential on directory.service for each row
  when (new.confidential and not old.confidential) execute function directory.begins_secret();

create function directory.place_turns_secret_beside() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from directory.kept_beside k where k.location_id = new.id;
  perform directory.forget_beside(array(select a.service_id from directory.service_at_location a where a.location_id = new.id));
  return null;
end $$;
create trigger turns_secret_beside after update of confidential on directory.location for each row
  when (new.confidential and not old.confidential) execute function directory.place_turns_secret_beside();

create function directory.secret_place_joins_beside() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform directory.forget_beside(array(select j.service_id from joined j join directory.location l on l.id = j.location_id
    where l.confidential));
  return null;
end $$;
create trigger secret_place_joins_beside after insert on directory.service_at_location referencing new table as joined
  for each statement execute function directory.secret_place_joins_beside();
revoke all on function directory.place_turns_secret_beside(), directory.secret_place_joins_beside() from public;

select directory.forget_beside(array(select s.id from directory.service s where directory.is_secret(s.id)));

-- An organisation one of whose entries is at a secret place keeps nothing either, whoever writes.
create or replace function directory.keep_nothing_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if directory.is_secret(new.service_id)
    or exists (select from directory.service s where s.id = new.service_id and s.kind = 'for-people-using-abuse')
    or exists (select from directory.location l where l.id = new.location_id and l.confidential)
    or exists (select from directory.service_at_location a where a.location_id = new.location_id and directory.is_secret(a.service_id))
    or exists (select from directory.service s where s.organization_id = new.organization_id and directory.is_secret(s.id)) then
    return null;
  end if;
  return new;
end $$;
