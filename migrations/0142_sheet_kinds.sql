-- Which pages a case has is decided where they are read and checked, not once more here: each page that is added would
-- otherwise have to restate the whole list.
alter table people.sheet drop constraint sheet_kind_check;
alter table people.sheet add constraint sheet_kind_check check (kind ~ '^[a-z][a-z-]{1,30}$');
