-- The lists read along indices alone: whether a service keeps its place, and whether an organisation lists one.
drop index directory.service_in_lists;
create index service_in_lists on directory.service (directory.listed_id(source_id, id)) include (source_id, id, confidential)
  where status in ('active', 'temporarily closed') and kind <> 'for-people-using-abuse';
create index service_open_by_organization on directory.service (organization_id)
  where status in ('active', 'temporarily closed');
create index capacity_by_date on directory.capacity (as_of);
