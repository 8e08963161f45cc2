-- Both sides see the same timeline: what is told to the one who sent is written down on the side that opened it too.
create or replace function referrals.acknowledge(thread uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare mine referrals.thread; told integer;
begin
  if access.kind() <> 'member' then return false; end if;
  select * into mine from referrals.thread t where t.party_id = access.party() and t.id = thread and t.side = 'to';
  if not found or access.account() = any (mine.held_from) or (mine.case_id is not null and not access.may_see(mine.party_id, mine.case_id)) then return false; end if;
  if mine.kind = 'referral' and referrals.reach(mine.comes_back) < 2 then return false; end if;
  update referrals.thread t set state = 'received', version = t.version + 1
    where t.party_id = mine.other_party and t.id = thread and t.other_party = mine.party_id and t.state = 'sent';
  get diagnostics told = row_count;
  if told = 0 then return false; end if;
  insert into referrals.event (party_id, thread_id, kind) values (mine.other_party, thread, 'received');
  insert into referrals.event (party_id, thread_id, kind, actor_id) values (mine.party_id, thread, 'received', access.account());
  return true;
end $$;
