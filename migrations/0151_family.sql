-- A link between the files of two people of one family: a row on each side, under that side's own key. Whom it names and as what
-- is sealed and always of one size; the rows share no id and no time, so that the database tells no family.
create schema family;
grant usage on schema family to anydoor_web;

create table family.link (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default gen_random_uuid(),
  body bytea not null,
  primary key (party_id, case_id, id),
  foreign key (party_id, case_id) references people."case" (party_id, id) on delete cascade
);
call access.fence('family.link', 'access.may_see(party_id, case_id)');
grant select, insert, update, delete on family.link to anydoor_web;

-- Takes away the other side of a link whose own side was opened: only there does its id stand, sealed. It answers nothing, so
-- that it tells nobody whether there was such a row; of another party's rows it touches none.
create function family.cut(mirrors uuid[]) returns void
language sql security definer set search_path = '' as $$
  delete from family.link l where l.party_id = access.party() and access.kind() = 'member' and l.id = any (mirrors);
$$;
revoke all on function family.cut(uuid[]) from public;
grant execute on function family.cut(uuid[]) to anydoor_web;
