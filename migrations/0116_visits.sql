-- Signing at a distance: a code said on a call opens the person's own page of one draft, and nothing else of the case.
-- The page's words lie under a key of their own. The worker's way to that key (`hold`, under the case's key) and the person's answer
-- are kept; the person's way to it lies in an unlogged table, in no backup and no log, and goes when the code is used, ended or late.
create table releases.visit (
  party_id uuid not null,
  case_id uuid not null,
  id uuid not null default uuidv7(),
  release_id uuid not null,
  release_version integer not null,
  bearer_id uuid not null,
  made_by uuid not null references access.account (id),
  state text not null check (state in ('waiting', 'opened', 'answered', 'over')),
  made_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null,
  tries integer not null default 0,
  hold bytea not null,
  answer bytea,
  primary key (party_id, id),
  foreign key (party_id, release_id) references releases.release (party_id, id) on delete cascade
);
create index visit_by_release on releases.visit (party_id, release_id, id desc);
create index visit_by_end on releases.visit (ends_at) where state in ('waiting', 'opened');

create unlogged table releases.visit_door (
  party_id uuid not null,
  visit_id uuid not null,
  token_hash bytea unique,
  salt bytea,
  wrap bytea not null,
  page bytea not null,
  primary key (party_id, visit_id),
  foreign key (party_id, visit_id) references releases.visit (party_id, id) on delete cascade
);

call access.fence('releases.visit', 'access.kind() = ''member'' and access.may_see(party_id, case_id)');
call access.fence('releases.visit_door', 'party_id = access.party() and access.kind() = ''member'' and exists (select from releases.visit v where v.party_id = visit_door.party_id and v.id = visit_door.visit_id)');
-- Whoever holds the cookie that a right code gave sees the one visit, while it is open, and no other row of any table.
create policy own_visit on releases.visit for select to anydoor_web
  using (access.kind() = 'bearer' and bearer_id = access.holder() and state = 'opened' and ends_at > clock_timestamp());
create policy own_door on releases.visit_door for select to anydoor_web
  using (access.kind() = 'bearer' and exists (select from releases.visit v where v.party_id = visit_door.party_id and v.id = visit_door.visit_id and v.bearer_id = access.holder()));
grant select, insert on releases.visit to anydoor_web;
grant update (hold) on releases.visit to anydoor_web;
grant select, insert on releases.visit_door to anydoor_web;

-- What a code is stretched with: nothing for a code that opens nothing, and the caller does the same work either way.
create function releases.visit_salt(code_hash bytea) returns bytea
language sql stable security definer set search_path = '' as $$
  select d.salt from releases.visit_door d where d.token_hash = code_hash
$$;

-- A visit is over: the person's way in goes at once. What was answered stays answered.
create function releases.shut_visit(p uuid, visit uuid, final text) returns void
language sql set search_path = '' as $$
  delete from access.bearer b using releases.visit v where v.party_id = p and v.id = visit and b.id = v.bearer_id;
  delete from releases.visit_door d where d.party_id = p and d.visit_id = visit;
  update releases.visit v set state = final where v.party_id = p and v.id = visit and v.state in ('waiting', 'opened');
$$;
revoke all on function releases.shut_visit(uuid, uuid, text) from public;

-- A try with a code. The right one gives the wrap, held until it is turned; a wrong one counts, and five end it for good.
create function releases.knock(code_hash bytea, secret_row bytea) returns table (visit_id uuid, wrap bytea)
language plpgsql security definer set search_path = '' as $$
declare
  d releases.visit_door;
  v releases.visit;
begin
  select * into d from releases.visit_door x where x.token_hash = code_hash for update;
  select * into v from releases.visit x where x.party_id = d.party_id and x.id = d.visit_id for update;
  if v.state is distinct from 'waiting' or v.ends_at <= clock_timestamp() then return; end if;
  if exists (select from access.bearer b where b.id = v.bearer_id and b.id_hash = secret_row and b.ends_at > clock_timestamp()) then
    return query select v.id, d.wrap;
    return;
  end if;
  update releases.visit x set tries = x.tries + 1 where x.party_id = v.party_id and x.id = v.id;
  if v.tries >= 4 then perform releases.shut_visit(v.party_id, v.id, 'over'); end if;
end $$;

-- The code is used up: from here only the cookie opens the page, for three quarters of an hour.
create function releases.enter(code_hash bytea, secret_row bytea, cookie_row bytea, new_wrap bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare v releases.visit; until timestamptz := clock_timestamp() + interval '45 minutes';
begin
  select x.* into v from releases.visit x join releases.visit_door d on d.party_id = x.party_id and d.visit_id = x.id
    where d.token_hash = code_hash and x.state = 'waiting' and x.ends_at > clock_timestamp() for update of x;
  if not found then return false; end if;
  update access.bearer b set id_hash = cookie_row, ends_at = until where b.id = v.bearer_id and b.id_hash = secret_row;
  if not found then return false; end if;
  update releases.visit_door d set token_hash = null, salt = null, wrap = new_wrap where d.party_id = v.party_id and d.visit_id = v.id;
  update releases.visit x set state = 'opened', ends_at = until where x.party_id = v.party_id and x.id = v.id;
  return true;
end $$;

-- The person's answer, as far as it has come; the last one shuts the page for good.
create function releases.answer_visit(said bytea, last boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
declare v releases.visit;
begin
  if access.kind() <> 'bearer' then return false; end if;
  select * into v from releases.visit x where x.bearer_id = access.holder() and x.state = 'opened' and x.ends_at > clock_timestamp() for update;
  if not found then return false; end if;
  update releases.visit x set answer = said, state = case when last then 'answered' else x.state end where x.party_id = v.party_id and x.id = v.id;
  if last then perform releases.shut_visit(v.party_id, v.id, 'answered'); end if;
  return true;
end $$;

-- *Exit this page*: the page is over, the worker sees no answer.
create function releases.leave_visit(cookie_row bytea) returns void
language sql security definer set search_path = '' as $$
  select releases.shut_visit(v.party_id, v.id, 'over') from releases.visit v join access.bearer b on b.id = v.bearer_id where b.id_hash = cookie_row
$$;

-- A worker takes a code back, makes a new one, or has taken the answer in: every open visit of the draft is over.
create function releases.end_visits(of_release uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare v releases.visit; ended integer := 0;
begin
  if access.kind() <> 'member' then return 0; end if;
  for v in select * from releases.visit x where x.party_id = access.party() and x.release_id = of_release
    and access.may_see(x.party_id, x.case_id) and x.state <> 'over' for update
  loop
    perform releases.shut_visit(v.party_id, v.id, 'over');
    update releases.visit x set state = 'over', answer = null where x.party_id = v.party_id and x.id = v.id;
    ended := ended + 1;
  end loop;
  return ended;
end $$;

-- Codes and pages that nobody used in time; the database's clock decides.
create function releases.sweep_visits() returns integer
language sql security definer set search_path = '' as $$
  with late as (select v.party_id, v.id from releases.visit v where v.state in ('waiting', 'opened') and v.ends_at <= clock_timestamp()),
  shut as (select releases.shut_visit(l.party_id, l.id, 'over') from late l)
  select count(*)::integer from shut
$$;

do $$
declare f text;
begin
  foreach f in array array['visit_salt(bytea)', 'knock(bytea, bytea)', 'enter(bytea, bytea, bytea, bytea)', 'answer_visit(bytea, boolean)',
    'leave_visit(bytea)', 'end_visits(uuid)']
  loop
    execute format('revoke all on function releases.%s from public', f);
    execute format('grant execute on function releases.%s to anydoor_web', f);
  end loop;
  revoke all on function releases.sweep_visits() from public;
  grant execute on function releases.sweep_visits() to anydoor_jobs;
end $$;
