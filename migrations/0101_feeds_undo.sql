-- Which run a record went in with: when the run is taken back, its records wait again.
alter table exchange.staged add column run_id uuid;
create index staged_by_run on exchange.staged (party_id, run_id) where run_id is not null;
