-- A need that nobody takes, counted without anybody in it: a random id, the month, the agency's area, an age band, the need and why.
-- No login reads or writes the rows. One function counts; one gives sums, for quarters that are over, from a number on that hides
-- each single one: ten in the United States, five in the United Kingdom.
create table directory.unmet_need (
  id uuid primary key default gen_random_uuid(),
  month date not null check (month = date_trunc('month', month)),
  region text not null check (length(region) <= 200),
  age_band text not null check (age_band in ('0-4', '5-10', '11-15', '16-17', '18-24', '25-59', '60-up', 'not-said')),
  need text not null check (need ~ '^[a-z][a-z0-9-]{1,60}$'),
  why text not null check (why ~ '^[a-z][a-z0-9-]{1,60}$')
);
alter table directory.unmet_need enable row level security;
alter table directory.unmet_need force row level security;
create policy owner on directory.unmet_need for all to current_user using (true) with check (true);
create index unmet_need_by_region on directory.unmet_need (region, month);

-- Where an agency works, as far as it says so; nothing of the agency itself.
create function directory.region_of(party uuid) returns text
language sql stable security definer set search_path = ''
  return (select left(a.pack || ':' || lower(btrim(coalesce(nullif(a.area, ''), a.law, ''))), 200) from parties.agency a where a.party_id = party);

create function directory.count_unmet(age text, need_code text, why_code text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if access.kind() is distinct from 'member' then return false; end if;
  insert into directory.unmet_need (month, region, age_band, need, why)
    values (date_trunc('month', clock_timestamp() at time zone 'UTC')::date, directory.region_of(access.party()), age, need_code, why_code);
  return true;
end $$;

create function directory.unmet_needs() returns table (quarter date, need text, why text, times bigint)
language sql stable security definer set search_path = '' as $$
  select date_trunc('quarter', u.month)::date, u.need, u.why, count(*)
  from directory.unmet_need u
  where access.kind() = 'member' and u.region = directory.region_of(access.party())
    and exists (select from access.membership m where m.party_id = access.party() and m.account_id = access.account()
      and m.valid @> clock_timestamp() and m.roles && array['lead', 'partnership-lead', 'commissioner', 'researcher'])
    and date_trunc('quarter', u.month) < date_trunc('quarter', clock_timestamp() at time zone 'UTC')
  group by 1, 2, 3
  having count(*) >= case when left(directory.region_of(access.party()), 2) = 'us' then 10 else 5 end
  order by 1 desc, 4 desc, 2, 3
  limit 400
$$;
revoke all on function directory.region_of(uuid), directory.count_unmet(text, text, text), directory.unmet_needs() from public;
grant execute on function directory.count_unmet(text, text, text), directory.unmet_needs() to anydoor_web;

-- In a demo that is being made, what was counted in months before: so many times, in each area of its agencies.
create function access.demo_unmet(months_back integer, age text, need_code text, why_code text, times integer) returns void
language plpgsql set search_path = '' as $$
begin
  if (select i.demo_begun is null from access.installation i) then return; end if;
  insert into directory.unmet_need (month, region, age_band, need, why)
    select (date_trunc('quarter', clock_timestamp() at time zone 'UTC') - make_interval(months => months_back))::date, r.region, age, need_code, why_code
    from (select distinct directory.region_of(a.party_id) as region from parties.agency a) r, generate_series(1, times);
end $$;
revoke all on function access.demo_unmet(integer, text, text, text, integer) from public;
