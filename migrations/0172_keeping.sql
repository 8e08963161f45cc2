-- A no opens another door: from the moment at which it is heard, the agency that sent keeps hold of the person, until somebody else
-- says that they have them. Who said so, and what there is for the person meanwhile, is sealed; that something is open, and since
-- when, is clear. Every no has such a row, so that the row tells nothing of the reason.
create table referrals.keeping (
  party_id uuid not null,
  case_id uuid,
  thread_id uuid not null,
  kept_since timestamptz,
  settled_at timestamptz,
  settled_by uuid references access.account (id),
  next_thread uuid,
  version integer not null default 1,
  key_version integer not null default 1,
  body bytea,
  primary key (party_id, thread_id),
  foreign key (party_id, thread_id) references referrals.thread (party_id, id) on delete cascade,
  check (settled_at is null or kept_since is not null),
  check ((settled_at is null) = (settled_by is null))
);
create index keeping_by_case on referrals.keeping (party_id, case_id);
create index keeping_open on referrals.keeping (party_id, case_id) where kept_since is not null and settled_at is null;
call access.fence('referrals.keeping', 'party_id = access.party() and access.kind() = ''member'' and (case_id is null or access.may_see(party_id, case_id)) and not referrals.held(party_id, thread_id)');
grant select, insert, update on referrals.keeping to anydoor_web;

-- What was said no to before stands open as well.
insert into referrals.keeping (party_id, case_id, thread_id, kept_since)
  select t.party_id, t.case_id, t.id, clock_timestamp() from referrals.thread t where t.side = 'from' and t.state = 'declined';

-- A no that is heard begins it; whatever is decided anew ends it. No act of one's own ends a thread while it is open.
create function referrals.keep_hold() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.case_id is distinct from old.case_id then
    update referrals.keeping k set case_id = new.case_id where k.party_id = new.party_id and k.thread_id = new.id;
  end if;
  if new.state = old.state then return null; end if;
  -- An end that is undone stands where it stood.
  if new.state = 'declined' and old.state = 'ended' then return null; end if;
  if new.state = 'declined' then
    insert into referrals.keeping (party_id, case_id, thread_id, kept_since)
      values (new.party_id, new.case_id, new.id, clock_timestamp())
      on conflict (party_id, thread_id) do update set kept_since = excluded.kept_since, settled_at = null, settled_by = null,
        next_thread = null, version = keeping.version + 1;
  elsif new.state = 'ended' then
    if access.party() = new.party_id and exists (select from referrals.keeping k where k.party_id = new.party_id
      and k.thread_id = new.id and k.kept_since is not null and k.settled_at is null) then
      raise exception 'kept-open' using errcode = 'check_violation', table = 'keeping', schema = 'referrals';
    end if;
  elsif new.state <> 'withdrawn' and old.state in ('declined', 'ended') then
    update referrals.keeping k set kept_since = null, settled_at = null, settled_by = null, next_thread = null, version = k.version + 1
      where k.party_id = new.party_id and k.thread_id = new.id and k.kept_since is not null;
  end if;
  return null;
end $$;
create trigger keep_hold after update on referrals.thread for each row when (new.side = 'from') execute function referrals.keep_hold();

-- Nobody says that another has the person without saying who: a thread of one's own that is open there, or words.
create function referrals.keeping_settled() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.next_thread is null and new.body is null or new.next_thread is not null and not exists (
    select from referrals.thread t where t.party_id = new.party_id and t.id = new.next_thread and t.id <> new.thread_id
      and t.side = 'from' and t.case_id is not distinct from new.case_id
      and t.state not in ('sent', 'unreached', 'declined', 'ended', 'withdrawn')) then
    raise exception 'not-acknowledged' using errcode = 'check_violation', table = 'keeping', schema = 'referrals';
  end if;
  return new;
end $$;
create trigger keeping_settled before update on referrals.keeping for each row
  when (old.settled_at is null and new.settled_at is not null) execute function referrals.keeping_settled();
revoke all on function referrals.keep_hold(), referrals.keeping_settled() from public;

-- Cases that the asker may see which were turned away twice or more, with one no open and nobody who said yes since; newest first.
create function referrals.passed_on(most integer) returns table (case_id uuid, times bigint, last timestamptz)
language sql stable security definer set search_path = '' as $$
  select g.case_id, g.times, g.last from (
    select k.case_id, count(*) as times, max(k.kept_since) as last
    from referrals.keeping k join referrals.thread t on t.party_id = k.party_id and t.id = k.thread_id
    where access.kind() = 'member' and k.party_id = access.party() and k.kept_since is not null
      and k.case_id in (select o.case_id from referrals.keeping o
        where o.party_id = access.party() and o.kept_since is not null and o.settled_at is null)
      and access.account() <> all (t.held_from)
    group by k.case_id having count(*) >= 2 and bool_or(k.settled_at is null)) g
  where not exists (select from referrals.thread y where y.party_id = access.party() and y.case_id = g.case_id and y.side = 'from'
      and y.state in ('waiting', 'accepted', 'started', 'met'))
    and access.may_see(access.party(), g.case_id)
  order by g.last desc limit least(most, 100)
$$;
revoke all on function referrals.passed_on(integer) from public;
grant execute on function referrals.passed_on(integer) to anydoor_web;

-- In a demo that is being made, a no lies as far back as the step that said it.
create function access.backdate_keeping(of_thread uuid, happened timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if (select i.demo_begun is null from access.installation i) then return; end if;
  update referrals.keeping k set kept_since = happened where k.thread_id = of_thread and k.kept_since > now() - interval '1 hour';
end $$;
revoke all on function access.backdate_keeping(uuid, timestamptz) from public;
