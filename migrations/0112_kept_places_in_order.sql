-- The places that are kept secret, in the order of the ids under which they go out, from the index alone: each id is two hashes, and a page
-- of the list made those of every secret entry anew.
drop index directory.service_kept_place;
create index service_kept_place on directory.service (directory.kept_place_listed_id(source_id, id)) include (source_id, id)
  where confidential and status in ('active', 'temporarily closed') and kind <> 'for-people-using-abuse';
alter function directory.kept_place_listed_id(text, uuid) cost 100;
