-- Whether a case holds anything beside its people and its own pages: an appointment, a paper, a filled form, a permission, a link. It
-- asks the catalogue, so that rooms to come are asked too. False for a case that is not the asker's.
create function people.holds_more(asked uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  p uuid := access.party();
  bound text;
  found boolean;
  own constant text[] := array['people.card', 'people.sheet', 'people.note', 'people.exclusion', 'keyring.case_wrap', 'ledger.entry',
    'caseload.line'];
begin
  if not access.may_see(p, asked) or access.kind() is distinct from 'member' then return false; end if;
  for bound in
    select format('%I.%I', s.nspname, c.relname) from pg_catalog.pg_class c join pg_catalog.pg_namespace s on s.oid = c.relnamespace
    where c.relkind in ('r', 'p') and s.nspname not in ('pg_catalog', 'information_schema', 'directory', 'pgboss')
      and exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'case_id' and not a.attisdropped)
      and exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'party_id' and not a.attisdropped)
      and format('%I.%I', s.nspname, c.relname) <> all (own)
  loop
    execute format('select exists (select from %s x where x.party_id = $1 and x.case_id = $2)', bound) into found using p, asked;
    if found then return true; end if;
  end loop;
  return false;
end $$;
revoke all on function people.holds_more(uuid) from public;
grant execute on function people.holds_more(uuid) to anydoor_web;

-- *My work* and the list of files look at what is open and at nothing else.
create index entry_open on accountability.entry (party_id, case_id) where state = 'open';
