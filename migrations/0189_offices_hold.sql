-- Offices without an account, where several act at once: one order of locks, one link to a thread, hand-overs that nothing keeps back,
-- and no shadow of a file that was erased.

-- Whoever ends a link holds its row first, as whoever uses it does: the two never wait for each other.
create or replace function light.shut(p uuid, link uuid, final text) returns void
language sql set search_path = '' as $$
  select 1 from light.link l where l.party_id = p and l.id = link for update;
  delete from access.bearer b using light.link l where l.party_id = p and l.id = link and b.id = l.bearer_id;
  delete from keyring.office_link k where k.party_id = p and k.link_id = link;
  update light.link l set state = final, ends_at = case when final = 'spent' then least(l.ends_at, clock_timestamp()) else l.ends_at end
    where l.party_id = p and l.id = link and l.state in ('sent', 'opened');
$$;

-- The job passes over a link that somebody is using: the next round meets it.
create or replace function light.sweep() returns integer
language sql security definer set search_path = '' as $$
  with late as (select l.party_id, l.id, l.state from light.link l where l.state in ('sent', 'opened') and l.ends_at <= clock_timestamp()
    order by l.party_id, l.id for update skip locked),
  shut as (select light.shut(x.party_id, x.id, case x.state when 'opened' then 'left' else 'late' end) from late x),
  loose as (delete from keyring.office_link k where not exists (select from light.link l where l.party_id = k.party_id and l.id = k.link_id) returning 1)
  select (select count(*) from shut)::integer + (select count(*) from loose)::integer
$$;

-- The office is asked for once the lock is held: it may have founded its account meanwhile.
create or replace function parties.add_office_key(office uuid, thread uuid, box bytea, sign bytea) returns integer
language plpgsql security definer set search_path = '' as $$
declare newest integer;
begin
  if access.kind() is distinct from 'member' then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended(office::text, 177));
  if not exists (select from parties.agency a where a.party_id = office and a.state = 'light')
    or not exists (select from referrals.thread t where t.party_id = access.party() and t.id = thread and t.other_party = office and t.side = 'from')
    or exists (select from keyring.party_key k where k.party_id = office and k.thread_id = thread) then return null; end if;
  select coalesce(max(k.version), 0) + 1 into newest from keyring.party_key k where k.party_id = office;
  insert into keyring.party_key (party_id, version, box_public, sign_public, made_for, thread_id) values (office, newest, box, sign, access.party(), thread);
  return newest;
end $$;

-- Former offices to which something is to be handed over, of those whose own keys were accepted.
drop function parties.to_hand_over();
create function parties.to_hand_over() returns table (office_id uuid)
language sql stable security definer set search_path = '' as $$
  select distinct k.office_id from parties.office_key k join parties.agency a on a.party_id = k.office_id and a.state = 'active'
  where access.kind() = 'member' and k.party_id = access.party() and k.handed_at is null and (k.case_id is null or access.may_see(k.party_id, k.case_id))
    and exists (select from parties.pin p join keyring.party_key o on o.party_id = p.partner_id and o.version = p.partner_version and o.thread_id is null
      where p.party_id = k.party_id and p.partner_id = k.office_id)
$$;
-- Threads to one of them: some, drawn anew each time, so that those which cannot be opened today keep nothing else back.
create function parties.threads_to_hand_over(office uuid) returns table (thread_id uuid)
language sql volatile security definer set search_path = '' as $$
  select k.thread_id from parties.office_key k join parties.agency a on a.party_id = k.office_id and a.state = 'active'
  where access.kind() = 'member' and k.party_id = access.party() and k.office_id = office and k.handed_at is null
    and (k.case_id is null or access.may_see(k.party_id, k.case_id))
  order by random() limit 50
$$;
revoke all on function parties.to_hand_over(), parties.threads_to_hand_over(uuid) from public;
grant execute on function parties.to_hand_over(), parties.threads_to_hand_over(uuid) to anydoor_web;

-- What a thread's own key version leaves goes with its secret: who accepted it and when, and for which thread it was made. Its number
-- stays taken, since what lies sealed under it at the office must never meet another secret.
create function parties.forget_office_key() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from parties.pin p where p.party_id = old.party_id and p.partner_id = old.office_id and p.partner_version = old.version;
  if old.handed_at is null then
    update keyring.party_key k set made_for = k.party_id, thread_id = gen_random_uuid()
      where k.party_id = old.office_id and k.version = old.version and k.thread_id = old.thread_id;
  end if;
  return null;
end $$;
revoke all on function parties.forget_office_key() from public;
create trigger office_key_leaves_nothing after delete on parties.office_key for each row execute function parties.forget_office_key();

-- Links and secrets go with their thread, also those that were made before it had a case.
delete from light.link l where not exists (select from referrals.thread t where t.party_id = l.party_id and t.id = l.thread_id);
delete from parties.office_key k where not exists (select from referrals.thread t where t.party_id = k.party_id and t.id = k.thread_id);
alter table light.link add foreign key (party_id, thread_id) references referrals.thread (party_id, id) on delete cascade;
alter table parties.office_key add foreign key (party_id, thread_id) references referrals.thread (party_id, id) on delete cascade;
delete from parties.pin p using keyring.party_key k where k.party_id = p.partner_id and k.version = p.partner_version and k.made_for = p.party_id
  and not exists (select from parties.office_key o where o.party_id = p.party_id and o.office_id = k.party_id and o.version = k.version);
update keyring.party_key k set made_for = k.party_id, thread_id = gen_random_uuid() where k.thread_id is not null
  and not exists (select from parties.office_key o where o.office_id = k.party_id and o.version = k.version)
  and not exists (select from keyring.office_hand h where h.party_id = k.party_id and h.version = k.version);

-- A link that was made before its thread had a case belongs to the case from then on, and is closed to whom the case is closed.
update light.link l set case_id = t.case_id from referrals.thread t
  where t.party_id = l.party_id and t.id = l.thread_id and l.case_id is null and t.case_id is not null;
create function light.follow_case() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update light.link l set case_id = new.case_id where l.party_id = new.party_id and l.thread_id = new.id and l.case_id is distinct from new.case_id;
  return null;
end $$;
revoke all on function light.follow_case() from public;
create trigger light_link_follows_case after update of case_id on referrals.thread for each row
  when (new.case_id is distinct from old.case_id) execute function light.follow_case();
