-- Suggested corrections of an entry, from workers and from anybody. They wait for whoever looks after the entry, nobody else reads
-- them, nothing changes by itself, and their words are gone with the decision, or after a while.
create table directory.suggestion (
  -- Random, and a day: neither tells the minute somebody wrote.
  id uuid primary key default gen_random_uuid(),
  service_id uuid not null references directory.service (id) on delete cascade,
  source text not null check (source in ('public', 'worker')),
  by_party uuid,
  by_account uuid,
  about text not null check (about in ('phone', 'email', 'url', 'times', 'how', 'room', 'who', 'closed', 'other')),
  words text not null check (length(words) <= 1000),
  made_on date not null default current_date,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'declined')),
  reason text not null default '' check (length(reason) <= 500),
  decided_on date,
  check ((source = 'worker') = (by_account is not null)),
  check ((by_party is null) = (by_account is null)),
  check ((state = 'waiting') = (decided_on is null)),
  constraint decided_has_no_words check (state = 'waiting' or words = '')
);
create index suggestion_waiting on directory.suggestion (made_on, id) where state = 'waiting';
create index suggestion_by_service on directory.suggestion (service_id);
create index suggestion_by_account on directory.suggestion (by_account) where by_account is not null;

call access.fence('directory.suggestion', '');
create policy read on directory.suggestion for select to anydoor_web
  using (directory.may_edit(service_id) or (access.kind() = 'member' and by_account = access.account()));
create policy add on directory.suggestion for insert to anydoor_web
  with check (access.kind() = 'member' and source = 'worker' and by_party = access.party() and by_account = access.account());
create policy decide on directory.suggestion for update to anydoor_web
  using (directory.may_edit(service_id) and state = 'waiting') with check (state <> 'waiting');
grant select, insert, update (state, words, reason, decided_on) on directory.suggestion to anydoor_web;

-- For anybody: puts one in. Nothing says whose it is. The limits are of the entry and of the day, so that no address is kept.
create function directory.suggest(service uuid, about text, words text) returns text
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from directory.service s where s.id = service and s.status in ('active', 'temporarily closed')) then
    return 'missing';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('directory.suggest', 0));
  if (select count(*) from directory.suggestion g where g.service_id = service and g.source = 'public' and g.state = 'waiting') >= 20
    or (select count(*) from directory.suggestion g where g.source = 'public' and g.made_on = current_date) >= 200 then
    return 'full';
  end if;
  insert into directory.suggestion (service_id, source, about, words) values (service, 'public', about, words);
  return 'kept';
end $$;

-- For the job: what nobody decided in time, and what was decided that long ago.
create function directory.forget_suggestions(days integer) returns void
language sql security definer set search_path = '' as $$
  delete from directory.suggestion g where g.made_on < current_date - days
$$;

-- An entry that turns out to be secret loses the words of its past: its history's, and those of suggestions that wait.
create or replace function directory.forget_words(services uuid[]) returns void
language sql security definer set search_path = '' as $$
  update directory.change c set fields = directory.without_words(c.fields), why = '' where c.service_id = any (services);
  delete from directory.suggestion g where g.service_id = any (services);
$$;

revoke all on function directory.suggest(uuid, text, text), directory.forget_suggestions(integer),
  directory.forget_words(uuid[]) from public;
grant execute on function directory.suggest(uuid, text, text) to anydoor_public;
grant execute on function directory.forget_suggestions(integer) to anydoor_jobs;
