-- Who keeps an entry right, and the link in a mail with which they say that it still is.

-- The agency that looks after an entry, and the colleague there; without one, all its directory editors do.
create table directory.upkeep (
  service_id uuid primary key references directory.service (id) on delete cascade,
  party_id uuid not null,
  owner_id uuid,
  since timestamptz not null default now()
);
call access.fence('directory.upkeep', '');
create policy read on directory.upkeep for select to anydoor_web using (access.kind() = 'member');
create policy add on directory.upkeep for insert to anydoor_web with check (party_id = access.party() and directory.may_edit(service_id));
create policy change on directory.upkeep for update to anydoor_web using (directory.may_edit(service_id))
  with check (party_id = access.party() and directory.may_edit(service_id));
grant select, insert, update on directory.upkeep to anydoor_web;

-- A partner's own entries are its own; one of an organisation that is no partner is whoever's took it on.
create function directory.keeper(service uuid) returns uuid
language sql stable set search_path = '' as $$
  select coalesce(o.party_id, u.party_id) from directory.service s join directory.organization o on o.id = s.organization_id
  left join directory.upkeep u on u.service_id = s.id where s.id = service
$$;

-- A link in a mail that says only that something waits: it opens a list, and lets its reader say "still right", each entry once.
create table directory.link (
  id uuid primary key default uuidv7(),
  token_hash bytea not null unique,
  account_id uuid not null,
  party_id uuid not null,
  made_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null,
  tries integer not null default 0
);
create index link_by_account on directory.link (account_id, made_at);
create table directory.link_entry (
  link_id uuid not null references directory.link (id) on delete cascade,
  service_id uuid not null references directory.service (id) on delete cascade,
  said_at timestamptz,
  primary key (link_id, service_id)
);
call access.fence('directory.link', '');
call access.fence('directory.link_entry', '');

alter table jobs.mail drop constraint mail_template_check;
alter table jobs.mail add constraint mail_template_check
  check (template in ('something-waits', 'invitation-link', 'something-waits-link'));

-- Who edits entries at their agency now.
create function directory.editors_now() returns table (account_id uuid, party_id uuid, email bytea)
language sql stable security definer set search_path = '' as $$
  select a.id, m.party_id, a.email from access.membership m join access.account a on a.id = m.account_id
  where m.valid @> clock_timestamp() and 'directory-editor' = any (m.roles) and a.state = 'active'
$$;

-- For the job: who is to be asked about which entries now. One mail in `rest_days` at most, however much waits.
create function directory.owners_to_ask(stale_days integer, ahead_days integer, rest_days integer)
returns table (account_id uuid, party_id uuid, address bytea, services uuid[])
language sql stable security definer set search_path = '' as $$
  with due as (
    select s.id, coalesce(o.party_id, u.party_id) as keeper, u.owner_id as owner from directory.service s
    join directory.organization o on o.id = s.organization_id left join directory.upkeep u on u.service_id = s.id
    where s.status in ('active', 'temporarily closed') and coalesce(o.party_id, u.party_id) is not null
      and coalesce(s.assured_on < current_date - (stale_days - ahead_days), true)
  ), editor as (select * from directory.editors_now())
  select e.account_id, e.party_id, e.email, array_agg(d.id order by d.id) from editor e join due d on d.keeper = e.party_id
    and (d.owner = e.account_id or not exists (select from editor x where x.party_id = d.keeper and x.account_id = d.owner))
  where not exists (select from directory.link l where l.account_id = e.account_id
    and l.made_at > clock_timestamp() - make_interval(days => rest_days))
  group by 1, 2, 3 limit 100
$$;

-- For the job: puts the mail and its link together; false when somebody else was quicker.
create function directory.ask_owner(account uuid, party uuid, services uuid[], token bytea, address bytea, link_days integer,
  rest_days integer) returns boolean
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('directory.ask_owner ' || account, 0));
  if exists (select from directory.link l where l.account_id = account
    and l.made_at > clock_timestamp() - make_interval(days => rest_days)) then return false; end if;
  insert into directory.link (token_hash, account_id, party_id, ends_at)
    values (token, account, party, clock_timestamp() + make_interval(days => link_days)) returning id into made;
  insert into directory.link_entry (link_id, service_id) select made, unnest(services[1:200]);
  insert into jobs.mail (address, template) values (address, 'something-waits-link');
  return true;
end $$;

-- For the job: links that nobody needs any more, once the next mail may go.
create function directory.forget_links(rest_days integer) returns void
language sql security definer set search_path = '' as $$
  delete from directory.link l where l.ends_at < clock_timestamp()
    and l.made_at < clock_timestamp() - make_interval(days => rest_days)
$$;

-- A live link: not over, not tried wrong five times, its holder still an editor there.
create function directory.live_link(token bytea) returns uuid
language sql stable security definer set search_path = '' as $$
  select l.id from directory.link l where l.token_hash = token and l.ends_at > clock_timestamp() and l.tries < 5
    and exists (select from directory.editors_now() e where e.account_id = l.account_id and e.party_id = l.party_id)
$$;

-- What a link opens. Looking changes nothing: mail scanners look too.
create function directory.link_opens(token bytea)
returns table (id uuid, name text, organization text, pack text, assured_on date, said boolean)
language sql stable security definer set search_path = '' as $$
  select s.id, s.name, o.name, o.pack, s.assured_on, e.said_at is not null
  from directory.link l join directory.link_entry e on e.link_id = l.id join directory.service s on s.id = e.service_id
  join directory.organization o on o.id = s.organization_id
  where l.id = directory.live_link(token) and directory.keeper(s.id) = l.party_id order by s.assured_on nulls first, s.name, s.id
$$;

-- Says that an entry of the link is still right: once, and nothing else.
create function directory.say_by_link(token bytea, service uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare l directory.link; e directory.link_entry; before date; agency text;
begin
  select * into l from directory.link x where x.id = directory.live_link(token) for update;
  if not found then return 'gone'; end if;
  select * into e from directory.link_entry x where x.link_id = l.id and x.service_id = service;
  if not found or directory.keeper(service) is distinct from l.party_id then
    update directory.link x set tries = x.tries + 1 where x.id = l.id;
    return 'not-listed';
  end if;
  if e.said_at is not null then return 'said'; end if;
  update directory.link_entry x set said_at = clock_timestamp() where x.link_id = l.id and x.service_id = service;
  select a.name into agency from parties.agency a where a.party_id = l.party_id;
  select s.assured_on into before from directory.service s where s.id = service for update;
  update directory.service s set assured_on = current_date, assured_by = agency, updated_at = now() where s.id = service;
  insert into directory.change (service_id, what, via, by_party, by_account, by_agency, fields)
    values (service, 'assured', 'link', l.party_id, l.account_id, coalesce(agency, ''),
      jsonb_build_array(jsonb_build_object('field', 'assured_on', 'before', before, 'after', current_date)));
  return 'said';
end $$;

revoke all on function directory.editors_now(), directory.owners_to_ask(integer, integer, integer),
  directory.ask_owner(uuid, uuid, uuid[], bytea, bytea, integer, integer), directory.forget_links(integer),
  directory.live_link(bytea), directory.link_opens(bytea), directory.say_by_link(bytea, uuid) from public;
grant execute on function directory.owners_to_ask(integer, integer, integer),
  directory.ask_owner(uuid, uuid, uuid[], bytea, bytea, integer, integer), directory.forget_links(integer) to anydoor_jobs;
grant execute on function directory.link_opens(bytea), directory.say_by_link(bytea, uuid) to anydoor_public;
