-- Whether an organisation has a secret entry is asked for each entry that goes out: a council has thousands.
create index service_secret_by_organization on directory.service (organization_id) where confidential;
