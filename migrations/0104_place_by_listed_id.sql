-- Places go out one by one too (FHIR), in the order of the ids under which they go out.
create index location_by_listed_id on directory.location (directory.listed_id(source_id, id));
-- The few services whose place is kept secret stand last in that order, told by themselves.
create index kept_service_by_listed_id on directory.service (directory.listed_id(source_id, id)) where confidential;
