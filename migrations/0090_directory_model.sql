-- What a tired person asks of a service beside room and thresholds: getting in, what to bring, who gets the bill, when it is
-- open, whether its workers are trained about abuse; a vocabulary of our own; and what only partners see.
alter table directory.service
  -- Codes of access.json. At a confidential place none that speaks of a building.
  add column access text[] not null default '{}',
  add column access_text text,
  -- What must be brought. Null: nobody has said. Empty: nothing at all.
  add column documents text[],
  add column insurers text[] not null default '{}',
  add column diagnosis_to_pay boolean,
  -- Who gets to see a bill or a statement. A bill to an insurer can reach whoever holds the policy.
  add column bill_to text check (bill_to in ('nobody', 'agency', 'insurer', 'person')),
  add column survivor_led boolean,
  -- Months, both ends of all clauses together. Derived with matching; the whole span where no clause reads the age.
  add column ages int4range not null default '[0,1320)',
  add constraint confidential_access check (not confidential
    or (access_text is null and access <@ array['sign-language', 'easy-read', 'text-line', 'travel-help', 'childcare-costs',
      'interpreter', 'remote-support', 'longer-time', 'supporter-welcome'])),
  add constraint service_as_listed unique (id, kind, confidential);
create index service_ages on directory.service using gist (ages);

with clause as (
  select t.service_id,
    case when jsonb_typeof((t.condition - t.forbidden_facets) -> 'age') = 'object'
        and not ((t.condition - t.forbidden_facets) -> 'age') ? 'not'
      then int4range(coalesce((t.condition -> 'age' ->> 'min')::integer, 0),
        coalesce((t.condition -> 'age' ->> 'max')::integer, 1319), '[]')
      else int4range(0, 1319, '[]') end as ages
  from directory.threshold t)
update directory.service s set ages = span.ages
from (select service_id, int4range(min(lower(ages)), max(upper(ages))) as ages from clause group by service_id) span
where span.service_id = s.id;

-- Opening and telephone times. The copied columns follow the service, so that the checks hold whichever of the two changes:
-- none for work with people who use abuse (they would tell when a group meets), telephone only where the place is secret.
create table directory.schedule (
  id uuid primary key default uuidv7(),
  service_id uuid not null,
  kind text not null,
  confidential boolean not null,
  -- Only this place of the service; null: the service as a whole.
  location_id uuid,
  what text not null default 'open' check (what in ('open', 'phone')),
  weekday integer not null check (weekday between 1 and 7),
  opens time,
  closes time,
  note text,
  foreign key (service_id, kind, confidential) references directory.service (id, kind, confidential)
    on update cascade on delete cascade,
  foreign key (service_id, location_id) references directory.service_at_location (service_id, location_id) on delete cascade,
  check ((opens is null) = (closes is null)),
  constraint no_group_times check (kind <> 'for-people-using-abuse'),
  constraint confidential_times check (not confidential or (what = 'phone' and location_id is null and note is null))
);
create index schedule_by_service on directory.schedule (service_id, kind, confidential);
create index schedule_by_place on directory.schedule (service_id, location_id);

-- Workers trained about abuse, until a date, and which other organisation has confirmed it. Nobody confirms their own.
create table directory.training (
  organization_id uuid primary key references directory.organization (id) on delete cascade,
  until date not null,
  confirmed_by uuid references directory.organization (id) on delete set null (confirmed_by),
  confirmed_on date,
  updated_at timestamptz not null default now(),
  constraint confirmed_by_another check (confirmed_by <> organization_id)
);
create index training_by_confirmer on directory.training (confirmed_by);

-- The vocabulary: our own terms, and lists that were brought in. `same_as` names terms of other taxonomies by their codes.
create table directory.taxonomy_term (
  code text primary key check (code ~ '^[a-z0-9][a-z0-9:._-]{0,199}$'),
  taxonomy text not null,
  label text not null check (label <> ''),
  parent text references directory.taxonomy_term (code) deferrable initially deferred,
  uri text,
  same_as text[] not null default '{}',
  updated_at timestamptz not null default now()
);
create index taxonomy_term_by_parent on directory.taxonomy_term (parent);

create table directory.service_term (
  service_id uuid not null references directory.service (id) on delete cascade,
  code text not null references directory.taxonomy_term (code),
  primary key (service_id, code)
);
create index service_term_by_code on directory.service_term (code);

-- For partners only, beside the public listing: the public login has no grant on these two, and a row is seen only by
-- somebody who acts for a party.
create table directory.partner_detail (
  service_id uuid primary key references directory.service (id) on delete cascade,
  detail text,
  phone text,
  email text,
  updated_at timestamptz not null default now(),
  check (num_nonnulls(detail, phone, email) > 0)
);

create table directory.contact (
  id uuid primary key default uuidv7(),
  service_id uuid not null references directory.service (id) on delete cascade,
  -- The id in the file it came from; null for one that an editor wrote.
  source_id text,
  name text not null check (name <> ''),
  role text not null default '',
  purpose text not null default 'other' check (purpose in ('mental-health', 'domestic-abuse', 'other')),
  phone text,
  email text,
  away_from date,
  away_until date,
  cover uuid,
  confirmed_on date,
  updated_at timestamptz not null default now(),
  unique (service_id, id),
  foreign key (service_id, cover) references directory.contact (service_id, id) on delete set null (cover),
  check (num_nonnulls(phone, email) > 0),
  constraint away_in_order check ((away_from is null) = (away_until is null) and away_until >= away_from),
  constraint cover_is_another check (cover <> id)
);
create index contact_by_service on directory.contact (service_id, cover);
create index contact_by_purpose on directory.contact (purpose, service_id);
create unique index contact_by_source on directory.contact (service_id, lower(source_id)) where source_id is not null;

alter table directory.partner_detail enable row level security;
alter table directory.contact enable row level security;
create policy partners on directory.partner_detail using (access.kind() = 'member') with check (access.kind() = 'member');
create policy partners on directory.contact using (access.kind() = 'member') with check (access.kind() = 'member');

grant select on directory.schedule, directory.training, directory.taxonomy_term, directory.service_term
  to anydoor_public, anydoor_web;
grant insert, update, delete on directory.schedule, directory.training, directory.service_term to anydoor_web;
grant insert, update on directory.taxonomy_term to anydoor_web;
grant select, insert, update, delete on directory.partner_detail, directory.contact to anydoor_web;
