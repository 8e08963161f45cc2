-- Why somebody was not taken lay clear beside the month and the partner: with one no there in that month, a copy of the database told the
-- reason of one case. Leaving columns out does not mend it: a month with one no has one reason, and rows that one transaction wrote are
-- known by it. So the reason is sealed to the box of the agency that counts, and opened in a lead's own request. The clear rows go, with
-- their file; nothing here could seal them.
drop function referrals.count_answer(uuid, text, text);
drop table referrals.answer_count;
create table referrals.answer_count (
  party_id uuid not null references access.party (id),
  -- Random, so that the order of rows tells nothing.
  id uuid not null default gen_random_uuid(),
  month date not null check (month = date_trunc('month', month)::date),
  side text not null check (side in ('from', 'to')),
  key_version integer not null,
  -- One size, whatever the reason.
  reason bytea not null check (octet_length(reason) = 112),
  primary key (party_id, id)
);
create index answer_count_by_month on referrals.answer_count (party_id, side, month desc, id);
call access.fence('referrals.answer_count', 'party_id = access.party() and access.kind() = ''member''');
grant select on referrals.answer_count to anydoor_web;

-- Counts a no once it was given: for the side that gave it, and for the side that asked as far as it may hear of it. Each reason comes
-- sealed to its side. An office without an account answers as well; it has nobody who would count.
create function referrals.count_no(thread uuid, own bytea, own_version integer, theirs bytea, their_version integer) returns boolean
language plpgsql security definer set search_path = '' as $$
declare mine referrals.thread; other referrals.thread; this_month date := date_trunc('month', clock_timestamp())::date;
begin
  if not access.acts_in(thread) then return false; end if;
  select * into mine from referrals.thread t where t.party_id = access.party() and t.id = count_no.thread and t.side = 'to' and t.state = 'declined';
  if not found or access.account() = any (mine.held_from) or (mine.case_id is not null and not access.may_see(mine.party_id, mine.case_id)) then return false; end if;
  if access.kind() = 'member' and referrals.open_to_all(mine) then
    insert into referrals.answer_count (party_id, month, side, key_version, reason) values (mine.party_id, this_month, 'to', own_version, own);
  end if;
  if mine.kind = 'referral' and referrals.reach(mine.comes_back) < 3 then return true; end if;
  select * into other from referrals.thread t where t.party_id = mine.other_party and t.id = mine.id and t.other_party = mine.party_id;
  if found and referrals.open_to_all(other) then
    insert into referrals.answer_count (party_id, month, side, key_version, reason) values (other.party_id, this_month, 'from', their_version, theirs);
  end if;
  return true;
end $$;
revoke all on function referrals.count_no(uuid, bytea, integer, bytea, integer) from public;
grant execute on function referrals.count_no(uuid, bytea, integer, bytea, integer) to anydoor_web;
