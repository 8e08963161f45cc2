-- Whether a closed case hangs on one colleague alone: letting them go would destroy its last key. An administrator learns that
-- there is such a case, and nothing of which.
create function parties.only_holder(member uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from access.membership m where m.party_id = access.party() and m.account_id = access.account()
      and 'agency-administrator' = any(m.roles) and m.valid @> clock_timestamp())
    and exists (select from keyring.case_wrap w where w.party_id = access.party() and w.holder = member
      and not exists (select from keyring.case_wrap o where o.party_id = w.party_id and o.case_id = w.case_id and o.holder <> member
        and (o.ends_at is null or o.ends_at > clock_timestamp())
        and (o.holder = o.party_id or exists (select from access.membership m where m.party_id = o.party_id
          and m.account_id = o.holder and m.valid @> clock_timestamp()))))
$$;
revoke all on function parties.only_holder(uuid) from public;
grant execute on function parties.only_holder(uuid) to anydoor_web;
