-- Which column of somebody's CSV says what, by name. It holds names of columns and the words of their cells' codes, never a row.
create schema if not exists exchange;
grant usage on schema exchange to anydoor_web;

create table exchange.mapping (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,59}$' and name <> 'anydoor'),
  fields jsonb not null check (jsonb_typeof(fields) = 'object' and length(fields::text) <= 200000),
  saved_on date not null default current_date
);
call access.fence('exchange.mapping', 'access.kind() = ''member''');
grant select, insert, update (fields, saved_on), delete on exchange.mapping to anydoor_web;
