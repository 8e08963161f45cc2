-- Everything a search by name opens, in a few long values instead of thousands of rows: each sealed card beside the wrap of
-- its case's key, for exactly the cases whose wrap the asker holds, as access.may_see asks it row by row elsewhere.
create function people.cards_to_search() returns setof bytea
language sql stable security definer set search_path = '' as $$
  select string_agg(
      convert_to(c.case_id::text || c.id::text || c.holder, 'UTF8') || int4send(c.key_version) || int4send(c.party_version)
        || int4send(c.version) || int4send(length(c.wrap)) || c.wrap || int4send(length(c.body)) || c.body, '' order by c.n)
  from (
    select c.case_id, c.id, c.version, c.body, case when w.holder = access.party() then 'p' else 'm' end as holder,
      w.key_version, w.party_version, w.wrap, row_number() over (order by c.case_id, c.id) as n
    from keyring.case_wrap w join people.card c on c.party_id = w.party_id and c.case_id = w.case_id
    where access.kind() = 'member' and w.party_id = access.party() and w.holder in (access.party(), access.holder())
      and (w.ends_at is null or w.ends_at > now())
  ) c
  group by (c.n - 1) / 250 order by (c.n - 1) / 250
$$;
revoke all on function people.cards_to_search() from public;
grant execute on function people.cards_to_search() to anydoor_web;
