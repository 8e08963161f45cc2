-- A multi-agency conference is a party of its own kind: somebody can be asked to tell it, and every rule speaks of it by its role.
do $$
declare t text; c text;
begin
  foreach t in array array['parties.agency', 'directory.organization'] loop
    select k.conname into strict c from pg_constraint k
      where k.conrelid = t::regclass and k.contype = 'c' and pg_get_constraintdef(k.oid) like '%''abuse-intervention''%';
    execute format('alter table %s drop constraint %I', t, c);
    execute format('alter table %s add constraint %I check (sector in (%s))', t, c,
      '''domestic-abuse'', ''mental-health'', ''child-mental-health'', ''primary-care'', ''education'', ''child-welfare'', ''substance-use'', '
      || '''housing'', ''police'', ''abuse-intervention'', ''conference'', ''partnership'', ''operator'', ''other''');
  end loop;
end $$;
