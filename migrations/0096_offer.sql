-- When a place is open can tell where it is: of a confidential service no words about times either, whoever writes them.
update directory.service set times_text = null where confidential and times_text is not null;
alter table directory.service add constraint confidential_times_text check (not confidential or times_text is null);

-- The day on which whoever confirmed the training took that back: the page says so.
alter table directory.training
  add column withdrawn_on date,
  add constraint withdrawn_or_confirmed check (withdrawn_on is null or confirmed_on is null);
