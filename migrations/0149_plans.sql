-- Three plans of a case, never one: what the person wants to do to be safer, what helps when they want to die, and what has to
-- be different for children. Every saving is a row of its own and holds one version of one plan; none is written over. Which of
-- the three it is stands inside the seal: that somebody has a plan for when they want to die is nothing a copy of the database tells.
create schema plans;
grant usage on schema plans to anydoor_web;

create table plans.version (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  saved_at timestamptz not null default clock_timestamp(),
  saved_by uuid not null references access.account (id),
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
call access.fence('plans.version', 'access.may_see(party_id, case_id)');
grant select, insert, update on plans.version to anydoor_web;
