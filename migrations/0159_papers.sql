-- Papers and pictures of a case. A paper has a key of its own, which lies sealed in its head; its octets lie in pieces that are all
-- of one length, some of them empty, so that neither name nor kind nor length can be read.
create schema papers;
grant usage on schema papers to anydoor_web;

create table papers.paper (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  author_id uuid not null references access.account (id),
  added_at timestamptz not null default clock_timestamp(),
  head bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);

create table papers.piece (
  party_id uuid not null,
  case_id uuid not null,
  paper_id uuid not null,
  nth integer not null check (nth >= 0),
  body bytea not null,
  primary key (party_id, case_id, paper_id, nth),
  foreign key (party_id, case_id, paper_id) references papers.paper (party_id, case_id, id) on delete cascade
);
-- What is sealed cannot be pressed together.
alter table papers.piece alter column body set storage external;

call access.fence('papers.paper', 'access.may_see(party_id, case_id)');
call access.fence('papers.piece', 'access.may_see(party_id, case_id)');
grant select, insert, update, delete on papers.paper to anydoor_web;
grant select, insert, delete on papers.piece to anydoor_web;
