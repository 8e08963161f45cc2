-- The case: what one party keeps about one person or family. Everything that tells is sealed under the case's own key.
create schema people;
grant usage on schema people to anydoor_web;

create table people."case" (
  party_id uuid not null references access.party (id),
  id uuid not null default uuidv7(),
  key_version integer not null default 1,
  sort text not null default 'open' check (sort in ('open', 'closed')),
  state text not null default 'active' check (state in ('active', 'ended')),
  owner_id uuid not null references access.account (id),
  opened_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  due_at timestamptz,
  version integer not null default 1,
  primary key (party_id, id)
);
create index case_by_owner on people."case" (party_id, owner_id, updated_at desc) where state = 'active';
create index case_by_update on people."case" (party_id, updated_at desc, id);

-- The name card of each person in the case: names we use, names safe to say aloud, who they are in it.
create table people.card (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  body bytea not null,
  version integer not null default 1,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);

-- One page of the case: safe contact, what they want, the situation (facets), wishes, danger.
create table people.sheet (
  party_id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('contact', 'needs', 'situation', 'wishes', 'danger')),
  body bytea not null,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  updated_by uuid not null references access.account (id),
  primary key (party_id, case_id, kind),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);

create table people.note (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  author_id uuid not null references access.account (id),
  written_at timestamptz not null default now(),
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
create index note_by_time on people.note (party_id, case_id, id desc);

-- Staff who must not see this case. Only those who may see the case see the list.
create table people.exclusion (
  party_id uuid not null,
  case_id uuid not null,
  account_id uuid not null references access.account (id),
  since timestamptz not null default now(),
  primary key (party_id, case_id, account_id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);

call access.fence('people."case"', 'access.may_see(party_id, id)');
call access.fence('people.card', 'access.may_see(party_id, case_id)');
call access.fence('people.sheet', 'access.may_see(party_id, case_id)');
call access.fence('people.note', 'access.may_see(party_id, case_id)');
call access.fence('people.exclusion', 'access.may_see(party_id, case_id)');
grant select, insert, update, delete on people."case", people.card, people.sheet, people.note, people.exclusion to anydoor_web;

-- Erasing destroys every wrap of the case's key; what is left cannot be opened by anyone. The rows go with it.
create function people.erase_case(gone uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare p uuid := access.party();
begin
  if not access.may_see(p, gone) or access.kind() <> 'member' then return false; end if;
  insert into keyring.erased (party_id, case_id) values (p, gone) on conflict do nothing;
  delete from keyring.envelope_wrap w using envelopes.outgoing o where o.party_id = p and o.case_id = gone and w.envelope_id = o.id;
  delete from keyring.case_wrap w where w.party_id = p and w.case_id = gone;
  update ledger.entry e set detail = null where e.party_id = p and e.case_id = gone;
  delete from envelopes.outgoing o where o.party_id = p and o.case_id = gone;
  delete from referrals.thread t where t.party_id = p and t.case_id = gone;
  delete from releases.release r where r.party_id = p and r.case_id = gone;
  delete from people."case" c where c.party_id = p and c.id = gone;
  return true;
end $$;
revoke all on function people.erase_case(uuid) from public;
grant execute on function people.erase_case(uuid) to anydoor_web;
