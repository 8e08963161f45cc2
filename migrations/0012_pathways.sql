-- How agencies hand people on: from an organisation to a service or to another organisation, for whom, how fast, on whose word.
-- Agreements open and close them later; a pathway never permits sharing.
create table directory.pathway (
  id uuid primary key default uuidv7(),
  from_organization uuid not null references directory.organization (id) on delete cascade,
  to_organization uuid references directory.organization (id) on delete cascade,
  to_service uuid references directory.service (id) on delete cascade,
  kind text not null check (kind in ('warm', 'referral', 'signpost')),
  condition jsonb not null default '[{}]' check (jsonb_typeof(condition) = 'array'),
  reply_due_days integer check (reply_due_days between 0 and 365),
  contact text not null default '',
  source text not null default '',
  valid tstzrange not null default tstzrange(now(), null),
  check (num_nonnulls(to_organization, to_service) = 1),
  check (from_organization is distinct from to_organization)
);
create index pathway_from on directory.pathway (from_organization);
create index pathway_to_organization on directory.pathway (to_organization) where to_organization is not null;
create index pathway_to_service on directory.pathway (to_service) where to_service is not null;
create unique index pathway_once on directory.pathway (from_organization, coalesce(to_organization, to_service), kind, condition, upper(valid)) nulls not distinct;

grant select on directory.pathway to anydoor_public, anydoor_web;
grant insert, delete on directory.pathway to anydoor_web;
grant update (valid) on directory.pathway to anydoor_web;
