-- A pathway keeps the id that its source gives it, so that bringing the same file in again changes that one and adds none.
alter table directory.pathway add column source_id text check (source_id <> '');
create unique index pathway_source on directory.pathway (lower(source_id)) where upper_inf(valid) and source_id is not null;
grant update (source_id, reply_due_days, contact, source) on directory.pathway to anydoor_web;
