-- Forms that an agency makes or brings in itself, and the answers given to them. What a form asks is sealed under the agency's key,
-- what was answered under the case's.
create schema intake;
grant usage on schema intake to anydoor_web;

create table intake.form (
  party_id uuid not null references access.party (id),
  id uuid not null default uuidv7(),
  state text not null default 'in-use' check (state in ('in-use', 'retired')),
  -- The number of the version in use; nought while none was published.
  version integer not null default 0 check (version >= 0),
  edit integer not null default 1,
  published_edit integer not null default 0,
  key_version integer not null,
  updated_at timestamptz not null default clock_timestamp(),
  updated_by uuid not null references access.account (id),
  body bytea not null,
  primary key (party_id, id)
);
create index form_by_change on intake.form (party_id, state, updated_at desc);

-- A published version is written once: answers stay readable with the questions they were given to.
create table intake.form_version (
  party_id uuid not null,
  form_id uuid not null,
  version integer not null check (version > 0),
  key_version integer not null,
  published_at timestamptz not null default clock_timestamp(),
  published_by uuid not null references access.account (id),
  body bytea not null,
  primary key (party_id, form_id, version),
  foreign key (party_id, form_id) references intake.form (party_id, id)
);

create table intake.answer (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  form_id uuid not null,
  form_version integer not null,
  state text not null check (state in ('in-progress', 'completed', 'amended')),
  version integer not null default 1,
  started_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  updated_by uuid not null references access.account (id),
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade,
  foreign key (party_id, form_id, form_version) references intake.form_version (party_id, form_id, version)
);
create index answer_by_time on intake.answer (party_id, case_id, updated_at desc);

call access.fence('intake.form', 'party_id = access.party() and access.kind() = ''member''');
call access.fence('intake.form_version', 'party_id = access.party() and access.kind() = ''member''');
call access.fence('intake.answer', 'access.may_see(party_id, case_id)');
grant select, insert, update on intake.form to anydoor_web;
grant select, insert on intake.form_version to anydoor_web;
grant select, insert, update on intake.answer to anydoor_web;
