-- Details of an organisation that a person has set here. A file that comes in later leaves them alone, until an editor lets it speak
-- again (docs/domain/directory.md, who wins when).
create table directory.organization_set_here (
  organization_id uuid not null references directory.organization (id) on delete cascade,
  field text not null check (field in ('organization_phones', 'organization_email', 'organization_website', 'organization_must_report')),
  at timestamptz not null default now(),
  primary key (organization_id, field)
);
grant select, insert, update, delete on directory.organization_set_here to anydoor_web;

-- A reason is typed by hand: of an organisation with a secret entry the history has none that was written before.
update directory.change c set why = '' where c.organization_id in (select s.organization_id from directory.service s
  where directory.is_secret(s.id));

-- What is kept beside an organisation that has a secret place is not told, and that is asked for each entry that goes out.
create index location_secret_by_organization on directory.location (organization_id) where confidential;
