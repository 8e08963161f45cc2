-- A legal hold: while a court, a claim or a demand is pending, nothing of the case is destroyed. Who said so and why is sealed.
create table people.legal_hold (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  placed_at timestamptz not null default clock_timestamp(),
  placed_by uuid not null references access.account (id),
  lifted_at timestamptz,
  lifted_by uuid references access.account (id),
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade,
  check ((lifted_at is null) = (lifted_by is null))
);
create unique index legal_hold_in_force on people.legal_hold (party_id, case_id) where lifted_at is null;
call access.fence('people.legal_hold', 'access.may_see(party_id, case_id)');
grant select, insert, update on people.legal_hold to anydoor_web;

-- What was destroyed, without anything that tells whose it was. The day alone is clear.
create table people.erasure_proof (
  party_id uuid not null references access.party (id),
  id uuid not null default gen_random_uuid(),
  erased_on date not null default (clock_timestamp() at time zone 'UTC')::date,
  decided_by uuid not null references access.account (id),
  key_version integer not null,
  body bytea not null,
  primary key (party_id, id)
);
create index erasure_proof_by_day on people.erasure_proof (party_id, erased_on desc);
call access.fence('people.erasure_proof', 'party_id = access.party() and access.kind() = ''member''');
grant select, insert on people.erasure_proof to anydoor_web;

-- Erasing goes over the catalogue: a table that a later room adds under a case cannot be forgotten. It answers how many rows of
-- each went, keys at recipients and the ledger's details among them.
drop function people.erase_rows(uuid, uuid);
create function people.erase_rows(p uuid, gone uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  counted jsonb := '{}';
  bound text;
  n bigint;
  kept constant text[] := array['ledger.entry', 'keyring.erased'];
  tables text[] := array(
    select format('%I.%I', s.nspname, c.relname) from pg_catalog.pg_class c join pg_catalog.pg_namespace s on s.oid = c.relnamespace
    where c.relkind in ('r', 'p') and s.nspname not in ('pg_catalog', 'information_schema', 'directory', 'pgboss')
      and exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'case_id' and not a.attisdropped)
      and exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'party_id' and not a.attisdropped)
      and format('%I.%I', s.nspname, c.relname) <> all (kept)
    order by 1);
begin
  foreach bound in array tables loop
    execute format('select count(*) from %s x where x.party_id = $1 and x.case_id = $2', bound) into n using p, gone;
    counted := counted || jsonb_build_object(bound, n);
  end loop;
  select count(*) into n from releases.release r where r.party_id = p and r.case_id = gone and r.state = 'draft';
  counted := counted || jsonb_build_object('drafts', n);
  delete from keyring.envelope_wrap w using envelopes.outgoing o where o.party_id = p and o.case_id = gone and w.envelope_id = o.id;
  get diagnostics n = row_count;
  counted := counted || jsonb_build_object('envelope-keys', n);
  update envelopes.incoming i set state = 'ended', ends_at = least(coalesce(i.ends_at, 'infinity'), clock_timestamp())
    from envelopes.outgoing o where o.party_id = p and o.case_id = gone and i.party_id = o.to_party and i.id = o.id and i.state <> 'ended';
  delete from keyring.envelope_wrap w using envelopes.incoming i where i.party_id = p and i.case_id = gone and w.party_id = p and w.envelope_id = i.id;
  delete from keyring.case_wrap w where w.party_id = p and w.case_id = gone;
  delete from access.bearer b where b.party_id = p and b.case_id = gone;
  update ledger.entry e set detail = null where e.party_id = p and e.case_id = gone and e.detail is not null;
  get diagnostics n = row_count;
  counted := counted || jsonb_build_object('details', n);
  delete from envelopes.outgoing o where o.party_id = p and o.case_id = gone;
  delete from envelopes.incoming i where i.party_id = p and i.case_id = gone;
  delete from referrals.thread t where t.party_id = p and t.case_id = gone;
  delete from releases.release r where r.party_id = p and r.case_id = gone;
  delete from people."case" c where c.party_id = p and c.id = gone;
  foreach bound in array tables loop
    continue when bound like 'keyring.%';
    execute format('delete from %s x where x.party_id = $1 and x.case_id = $2', bound) using p, gone;
  end loop;
  return counted;
end $$;
revoke all on function people.erase_rows(uuid, uuid) from public;

-- Null: not the asker's. A case on hold is refused here too, whoever calls.
drop function people.erase_case(uuid);
create function people.erase_case(gone uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare p uuid := access.party();
begin
  if not access.may_see(p, gone) or access.kind() <> 'member' then return null; end if;
  if exists (select from people.legal_hold h where h.party_id = p and h.case_id = gone and h.lifted_at is null) then return null; end if;
  insert into keyring.erased (party_id, case_id) values (p, gone) on conflict do nothing;
  return people.erase_rows(p, gone);
end $$;
revoke all on function people.erase_case(uuid) from public;
grant execute on function people.erase_case(uuid) to anydoor_web;
