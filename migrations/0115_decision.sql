-- A reasoned decision to tell another agency something without the person's agreement, or not to. The reasons are sealed to the
-- case; in the clear are its owner, its state and its times.
create table releases.decision (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  recipient_id uuid not null references access.party (id),
  -- waiting: for a second person; agreed: may be sent; sent; kept: decided not to share, or the second person said no; ended.
  state text not null check (state in ('waiting', 'agreed', 'sent', 'kept', 'ended')),
  made_by uuid not null references access.account (id),
  made_at timestamptz not null default now(),
  ends_at timestamptz not null check (ends_at <= made_at + interval '31 days'),
  envelope_id uuid,
  version integer not null default 1,
  body bytea not null,
  primary key (party_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
create index decision_by_case on releases.decision (party_id, case_id, id desc);

call access.fence('releases.decision', 'access.may_see(party_id, case_id)');
grant select, insert, update on releases.decision to anydoor_web;
