-- Whether this installation holds the invented demo world and nothing else. Set once, by the demo, on an empty installation;
-- a real agency founded later ends it for good.
create table access.installation (
  single boolean primary key default true check (single),
  demo boolean not null default false,
  -- Set while the demo is being made: a start that finds it clears everything and begins again.
  demo_begun uuid
);
insert into access.installation default values;
call access.fence('access.installation', '');

create function access.is_demo() returns boolean
language sql stable security definer set search_path = ''
  return (select demo from access.installation);
revoke all on function access.is_demo() from public;
grant execute on function access.is_demo() to anydoor_web;

-- The owner's three steps. The mark is also written into a file, so that only the machine that began may clear.
create function access.begin_demo(mark uuid) returns boolean
language plpgsql set search_path = '' as $$
begin
  update access.installation i set demo_begun = mark
    where not i.demo and i.demo_begun is null and not exists (select from access.party);
  return found;
end $$;
create function access.finish_demo(mark uuid) returns boolean
language plpgsql set search_path = '' as $$
begin
  update access.installation i set demo = true, demo_begun = null where i.demo_begun = mark;
  return found;
end $$;
-- The invented past: when a case of the demo was opened, and its last page written.
create function access.backdate_case(of_case uuid, opened timestamptz, changed timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if (select i.demo_begun is null from access.installation i) then return; end if;
  update people."case" c set opened_at = opened, updated_at = changed where c.id = of_case;
  update people.sheet s set updated_at = changed where s.case_id = of_case;
end $$;
-- The same for the newest step of a referral, on both sides. What the envelope's signed header says stays as it is.
create function access.backdate_step(of_thread uuid, happened timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if (select i.demo_begun is null from access.installation i) then return; end if;
  update referrals.thread t set started_at = happened where t.id = of_thread and t.started_at > now() - interval '1 hour';
  update referrals.event e set at = happened where e.thread_id = of_thread and e.at > now() - interval '1 hour';
  update envelopes.outgoing o set sent_at = happened where o.thread_id = of_thread and o.sent_at > now() - interval '1 hour';
  update envelopes.incoming n set received_at = happened where n.thread_id = of_thread and n.received_at > now() - interval '1 hour';
end $$;
revoke all on function access.backdate_step(uuid, timestamptz), access.begin_demo(uuid), access.finish_demo(uuid), access.backdate_case(uuid, timestamptz, timestamptz) from public;

-- Looking round as the same person twice in half a minute: in the demo, and nowhere else, a code may be used again.
create function access.demo_code_again(of_account uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if access.is_demo() then update access.account a set totp_step = 0 where a.id = of_account; end if;
end $$;
revoke all on function access.demo_code_again(uuid) from public;
grant execute on function access.demo_code_again(uuid) to anydoor_web;

create function access.end_demo() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update access.installation i set demo = false where i.demo;
  return null;
end $$;
revoke all on function access.end_demo() from public;
create trigger real_agency_ends_demo after insert on parties.agency for each row execute function access.end_demo();
