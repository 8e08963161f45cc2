-- What a person answers on their own page is a line of the agency's ledger, written with the answer and sealed to the agency's box:
-- the page holds no key of the case. It says that there was an answer, not which.
-- A page that was open while this ran has nothing to write it with; within the hour there is none left.

drop function releases.answer_visit(bytea, boolean);
create function releases.answer_visit(said bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare v releases.visit;
begin
  if access.kind() <> 'bearer' then return false; end if;
  select * into v from releases.visit x where x.bearer_id = access.holder() and x.state = 'opened' and x.ends_at > clock_timestamp() for update;
  if not found then return false; end if;
  update releases.visit x set answer = said where x.party_id = v.party_id and x.id = v.id;
  return true;
end $$;

-- The last answer: it is kept, the page shuts for good, and the ledger has its line, or none of it happens.
create function releases.close_visit(said bytea, box_version integer, line_commitment bytea, line_detail bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare v releases.visit;
begin
  if access.kind() <> 'bearer' then return false; end if;
  select * into v from releases.visit x where x.bearer_id = access.holder() and x.state = 'opened' and x.ends_at > clock_timestamp() for update;
  if not found then return false; end if;
  update releases.visit x set answer = said, state = 'answered' where x.party_id = v.party_id and x.id = v.id;
  perform releases.shut_visit(v.party_id, v.id, 'answered');
  insert into ledger.entry (party_id, case_id, kind, minute, commitment, key_scope, key_version, detail)
    select v.party_id, v.case_id, 'visit.answered', date_trunc('minute', clock_timestamp()), line_commitment, 'box', box_version, line_detail
    where line_detail is not null;
  return true;
end $$;

revoke all on function releases.answer_visit(bytea) from public;
revoke all on function releases.close_visit(bytea, integer, bytea, bytea) from public;
grant execute on function releases.answer_visit(bytea) to anydoor_web;
grant execute on function releases.close_visit(bytea, integer, bytea, bytea) to anydoor_web;
