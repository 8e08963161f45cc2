-- Breaking the glass: a member without casework opens one open case for a few hours. The opening is a ground like the others, and
-- beside it lies a wrap of the case's key for the opener alone, which ends with it.

-- Whether the asker may break the glass of a case. False is the one answer for a case that is missing, another party's, ended,
-- closed for its team, or kept from the asker. Where it is true, the case and its threads are held until the transaction ends:
-- whoever closes it or steps aside meanwhile waits, and whoever did so before is seen.
create function grounds.may_break_glass(wanted uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare p uuid := access.party(); me uuid := access.account(); may boolean := false;
begin
  if access.kind() is distinct from 'member' then return false; end if;
  for look in 1..2 loop
    select true into may from people."case" c
      where c.party_id = p and c.id = wanted
        and c.state = 'active'
        and c.sort = 'open'
        and exists (select from keyring.case_wrap w where w.party_id = p and w.case_id = wanted and w.holder = p)
        and not exists (select from people.exclusion x where x.party_id = p and x.case_id = wanted and x.account_id = me)
        and not exists (select from referrals.thread t where t.party_id = p and t.case_id = wanted and me = any (t.held_from));
    if may is not true then return false; end if;
    if look = 1 then
      perform from people."case" c where c.party_id = p and c.id = wanted for no key update;
      perform from referrals.thread t where t.party_id = p and t.case_id = wanted for share;
      may := false;
    end if;
  end loop;
  return may;
end $$;
revoke all on function grounds.may_break_glass(uuid) from public;
grant execute on function grounds.may_break_glass(uuid) to anydoor_web;

-- Tries, good and bad alike, so that nobody finds out names by trying. It holds who tried and when, and not what was typed.
create table grounds.glass_try (
  party_id uuid not null,
  id uuid not null default uuidv7(),
  account_id uuid not null references access.account (id),
  tried_at timestamptz not null default clock_timestamp(),
  primary key (party_id, id)
);
create index glass_try_by_account on grounds.glass_try (party_id, account_id, tried_at);
call access.fence('grounds.glass_try', 'party_id = access.party() and access.kind() = ''member'' and account_id = access.account()');
grant select, insert, delete on grounds.glass_try to anydoor_web;
