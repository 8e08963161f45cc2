-- The engine's view of a service is only ever read whole, as text: turning 5,000 of them from jsonb took half of the time.
alter table directory.service alter column matching drop default;
alter table directory.service alter column matching type text using matching::text;
alter table directory.service alter column matching set default '{}';
