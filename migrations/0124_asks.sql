-- What a person can ask for: their file, a correction. What is asked and answered is sealed under the case's key.
create schema asks;
grant usage on schema asks to anydoor_web;

create table asks.ask (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('file', 'correction')),
  state text not null default 'open' check (state in ('open', 'answered')),
  asked_at timestamptz not null default clock_timestamp(),
  due_at timestamptz,
  answered_at timestamptz,
  made_by uuid not null references access.account (id),
  version integer not null default 1,
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
create index ask_by_due on asks.ask (party_id, due_at) where state = 'open';
call access.fence('asks.ask', 'access.may_see(party_id, case_id)');
grant select, insert, update on asks.ask to anydoor_web;

-- A request for records from outside: a letter, filed without looking whether anybody is known. It belongs to no case, its id
-- tells no time, and only days are clear.
create table asks.letter (
  party_id uuid not null references access.party (id),
  id uuid not null default gen_random_uuid(),
  received_on date not null,
  due_on date not null,
  state text not null default 'open' check (state in ('open', 'answered')),
  key_version integer not null,
  version integer not null default 1,
  body bytea not null,
  primary key (party_id, id)
);
create index letter_by_due on asks.letter (party_id, state, due_on);
call access.fence('asks.letter', 'party_id = access.party() and access.kind() = ''member''');
grant select, insert, update on asks.letter to anydoor_web;

-- A correction of something that was shared travels as an envelope of its own kind.
alter table envelopes.outgoing drop constraint outgoing_kind_check;
alter table envelopes.outgoing add constraint outgoing_kind_check
  check (kind in ('ask', 'request', 'question', 'answer', 'decision', 'introduction', 'outcome', 'correction'));
alter table envelopes.incoming drop constraint incoming_kind_check;
alter table envelopes.incoming add constraint incoming_kind_check
  check (kind in ('ask', 'request', 'question', 'answer', 'decision', 'introduction', 'outcome', 'correction'));

-- What somebody decided about a part of a case whose time is over. Destroying is never automatic.
create table asks.retention (
  party_id uuid not null,
  case_id uuid not null,
  field text not null check (field in ('contact', 'situation', 'wishes', 'danger', 'notes', 'case')),
  decided_at timestamptz not null default clock_timestamp(),
  decided_by uuid not null references access.account (id),
  keep_until timestamptz,
  body bytea not null,
  primary key (party_id, case_id, field),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
call access.fence('asks.retention', 'access.may_see(party_id, case_id)');
grant select, insert, update on asks.retention to anydoor_web;
