-- What may leave, or be looked at, on a ground other than a release: a judge's order, imminent danger, a mandated report,
-- breaking the glass. What kind it is, and everything it says, is sealed: a stolen copy tells that there was something, not what.
create schema grounds;
grant usage on schema grounds to anydoor_web;

create table grounds.ground (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  made_by uuid not null references access.account (id),
  confirmed_by uuid references access.account (id),
  ends_at timestamptz,
  version integer not null default 1,
  body bytea not null,
  primary key (party_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade,
  constraint two_people check (confirmed_by <> made_by)
);
create index ground_by_case on grounds.ground (party_id, case_id, id desc);

call access.fence('grounds.ground', 'access.may_see(party_id, case_id)');
grant select, insert on grounds.ground to anydoor_web;
grant update (confirmed_by, ends_at, version, body) on grounds.ground to anydoor_web;
