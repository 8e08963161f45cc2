-- What a search by name opens, for exactly the cases whose wrap the asker holds, as access.may_see asks it row by row elsewhere.
-- Plain rows, since they leave by COPY in binary, which neither packs nor spells out in hexadecimal; who asks is looked up once.
drop function people.cards_to_search();
create function people.cards_to_search()
returns table (case_id uuid, id uuid, for_party boolean, key_version integer, party_version integer, wrap bytea, body bytea)
language sql stable security definer set search_path = '' rows 5000 as $$
  select c.case_id, c.id, w.holder = w.party_id, w.key_version, w.party_version, w.wrap, c.body
  from keyring.case_wrap w join people.card c on c.party_id = w.party_id and c.case_id = w.case_id
  where (select access.kind()) = 'member' and w.party_id = (select access.party())
    and w.holder in ((select access.party()), (select access.holder())) and (w.ends_at is null or w.ends_at > now())
$$;
revoke all on function people.cards_to_search() from public;
grant execute on function people.cards_to_search() to anydoor_web;
