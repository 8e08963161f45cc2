-- Which state's or nation's law an agency works under: the id of a pack, public as its area is. Not said: the strictest counts.
alter table parties.agency add column law text check (law ~ '^(uk|us)-[a-z0-9]{2,8}$' and left(law, 2) = pack);
grant update (law) on parties.agency to anydoor_web;
