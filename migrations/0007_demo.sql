-- Whether this installation holds the invented demo world and nothing else. Set once, by the demo, on an empty installation;
-- a real agency founded later ends it for good.
create table access.installation (
  single boolean primary key default true check (single),
  demo boolean not null default false
);
insert into access.installation default values;
call access.fence('access.installation', '');

create function access.is_demo() returns boolean
language sql stable security definer set search_path = ''
  return (select demo from access.installation);
revoke all on function access.is_demo() from public;
grant execute on function access.is_demo() to anydoor_web;
