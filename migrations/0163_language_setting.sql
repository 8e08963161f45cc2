-- How much the helper for wording says in an agency: from which severity on, and which rows it has switched off, each with its reason.
create schema language;
grant usage on schema language to anydoor_web;

create table language.setting (
  party_id uuid not null references access.party (id),
  severity integer not null default 2 check (severity between 1 and 2),
  key_version integer not null,
  version integer not null default 1,
  body bytea not null,
  primary key (party_id)
);
call access.fence('language.setting', 'party_id = access.party() and access.kind() = ''member''');
grant select, insert, update on language.setting to anydoor_web;
