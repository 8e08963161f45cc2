-- Sessions that an agency agreed with somebody who was sent to it: took place, moved, or nobody came, with what got in the way.
-- All of it is sealed, under the case's key where the thread has a case, else under the agency's; only the agency that was asked
-- keeps them, and they go with the thread. A session has the id of its line on the timeline.
create table referrals.session (
  party_id uuid not null,
  thread_id uuid not null,
  id uuid not null,
  made_by uuid references access.account (id),
  made_at timestamptz not null default clock_timestamp(),
  version integer not null default 1,
  key_version integer not null,
  body bytea not null,
  primary key (party_id, thread_id, id),
  foreign key (party_id, thread_id) references referrals.thread (party_id, id) on delete cascade
);
call access.fence('referrals.session', 'party_id = access.party() and exists (select from referrals.thread t where t.party_id = session.party_id and t.id = session.thread_id)');
grant select, insert, update (version, key_version, body) on referrals.session to anydoor_web;
