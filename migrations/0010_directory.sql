-- The public directory: organisations, services, places, who each service is for, room and waits.
-- Public data, so it lies outside the fence; what is not public (imports, held records) the public login cannot read.
create schema directory;
grant usage on schema directory to anydoor_web, anydoor_public, anydoor_jobs;

-- One file brought in: its report, without the addresses of confidential places.
create table directory.import_run (
  id uuid primary key default uuidv7(),
  at timestamptz not null default now(),
  file_sha256 bytea not null,
  format text not null,
  imported integer not null,
  imported_with_warnings integer not null,
  held integer not null,
  rejected integer not null,
  records jsonb not null
);

create table directory.organization (
  id uuid primary key default uuidv7(),
  source_id text not null,
  name text not null check (name <> ''),
  alternate_name text,
  description text not null default '',
  email text,
  website text,
  phones jsonb not null default '[]',
  sector text not null default 'other' check (sector in ('domestic-abuse', 'mental-health', 'child-mental-health', 'primary-care',
    'education', 'child-welfare', 'substance-use', 'housing', 'police', 'abuse-intervention', 'partnership', 'operator', 'other')),
  pack text not null default 'uk' check (pack in ('uk', 'us')),
  -- The partner with keys, where this organisation is one. No foreign key: the directory stands without the parties.
  party_id uuid,
  -- What this agency must report, said before the first question: three sentences, or not known yet.
  must_report text[] check (must_report is null or cardinality(must_report) = 3),
  run_id uuid references directory.import_run (id),
  updated_at timestamptz not null default now()
);
create unique index organization_by_source on directory.organization (lower(source_id));
create unique index organization_by_party on directory.organization (party_id) where party_id is not null;

-- A place. A confidential one has a region and nothing else that could lead there.
create table directory.location (
  id uuid primary key default uuidv7(),
  source_id text not null,
  organization_id uuid not null references directory.organization (id) on delete cascade,
  confidential boolean not null default false,
  kind text not null check (kind in ('physical', 'postal', 'virtual')),
  region text,
  name text,
  description text,
  transportation text,
  address_1 text,
  address_2 text,
  city text,
  postal_code text,
  country text,
  latitude double precision,
  longitude double precision,
  run_id uuid references directory.import_run (id),
  constraint confidential_address check (not confidential or num_nonnulls(name, description, transportation, address_1, address_2,
    city, postal_code, latitude, longitude) = 0)
);
create unique index location_by_source on directory.location (lower(source_id));
create index location_by_organization on directory.location (organization_id);

create table directory.service (
  id uuid primary key default uuidv7(),
  source_id text not null,
  organization_id uuid not null references directory.organization (id) on delete cascade,
  name text not null check (name <> ''),
  alternate_name text,
  description text not null default '',
  status text not null default 'active' check (status in ('active', 'inactive', 'defunct', 'temporarily closed')),
  -- Services for people who use abuse are listed apart, without group times or venues.
  kind text not null default 'for-anyone' check (kind in ('for-anyone', 'for-survivors', 'for-children', 'for-people-using-abuse')),
  needs text[] not null default '{}',
  after_needs text[] not null default '{}',
  fixed_facets text[] not null default '{}',
  self_referral boolean not null default false,
  consultation boolean not null default false,
  -- The place people stay at is secret: no place of this service has an address.
  confidential boolean not null default false,
  email text,
  url text,
  phones jsonb not null default '[]',
  application_process text,
  eligibility_text text,
  fees_text text,
  times_text text,
  alert text,
  -- Wishes: what a person may prefer. They order a list; they never shut anyone out.
  languages text[] not null default '{}',
  led_by text[] not null default '{}',
  worker_gender text[] not null default '{}',
  areas text[] not null default '{}',
  models text[] not null default '{}',
  remote boolean,
  cost text check (cost in ('free', 'sliding-scale', 'paid')),
  needs_no_public_funds boolean,
  assured_on date,
  assured_by text,
  run_id uuid references directory.import_run (id),
  updated_at timestamptz not null default now(),
  -- Derived by the one writer, in the same statement as the change: the engine's view, and the words to search in.
  matching jsonb not null default '{}',
  search tsvector not null default ''::tsvector,
  constraint no_group_times check (kind <> 'for-people-using-abuse' or times_text is null)
);
create unique index service_by_source on directory.service (lower(source_id));
create index service_by_organization on directory.service (organization_id);
create index service_by_name on directory.service (name, id);
create index service_search on directory.service using gin (search);
create index service_needs on directory.service using gin (needs);

create table directory.service_at_location (
  service_id uuid not null references directory.service (id) on delete cascade,
  location_id uuid not null references directory.location (id) on delete cascade,
  primary key (service_id, location_id)
);
create index service_at_location_by_location on directory.service_at_location (location_id);

-- One row a clause; any one that holds is enough. Hard ones are rules; soft ones mean: ask first.
-- A clause that reads a facet the pack forbids keeps the rule's id: that facet is never applied to a person.
create table directory.threshold (
  id uuid primary key default uuidv7(),
  service_id uuid not null references directory.service (id) on delete cascade,
  position integer not null,
  condition jsonb not null check (jsonb_typeof(condition) = 'object'),
  sentence text not null check (sentence <> ''),
  source text not null default '',
  owner text not null default '',
  reviewed_on date,
  soft boolean not null default false,
  forbidden_rule text,
  forbidden_facets text[] not null default '{}',
  check ((forbidden_rule is null) = (forbidden_facets = '{}')),
  unique (service_id, position)
);

create table directory.capacity (
  service_id uuid primary key references directory.service (id) on delete cascade,
  state text not null check (state in ('has-room', 'none', 'waiting-list', 'ask-first')),
  places integer check (places >= 0),
  wait_weeks numeric(5, 1) check (wait_weeks >= 0),
  wait_weeks_to numeric(5, 1) check (wait_weeks_to >= wait_weeks),
  note text,
  as_of timestamptz not null
);

-- A record that a person must look at before anybody sees it. The address of a confidential place is not in it.
create table directory.held_record (
  id uuid primary key default uuidv7(),
  run_id uuid not null references directory.import_run (id),
  path text not null,
  source_id text not null,
  problems jsonb not null,
  record jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'refused')),
  held_at timestamptz not null default now(),
  decided_at timestamptz,
  check ((state = 'waiting') = (decided_at is null))
);
create unique index held_record_waiting on directory.held_record (lower(source_id)) where state = 'waiting';

grant select on directory.organization, directory.location, directory.service, directory.service_at_location, directory.threshold,
  directory.capacity to anydoor_public, anydoor_web;
grant insert, update, delete on directory.organization, directory.location, directory.service, directory.service_at_location,
  directory.threshold, directory.capacity to anydoor_web;
grant select, insert, update on directory.held_record to anydoor_web;
grant select, insert on directory.import_run to anydoor_web;
grant select (id, assured_on, updated_at) on directory.service to anydoor_jobs;
