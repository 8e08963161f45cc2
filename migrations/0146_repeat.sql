-- A question that a person was asked again although the agency could already read the answer: month and group of questions, and
-- nothing else. No case, no account, no time; the id is random, so that the order of rows tells nothing.
create table people.repeat (
  party_id uuid not null references access.party (id),
  id uuid not null default gen_random_uuid(),
  month date not null check (month = date_trunc('month', month)::date),
  question_group text not null check (question_group ~ '^[a-z][a-z-]{1,30}$'),
  primary key (party_id, id)
);
create index repeat_by_month on people.repeat (party_id, month);
call access.fence('people.repeat', 'party_id = access.party() and access.kind() = ''member''');
grant select, insert on people.repeat to anydoor_web;
