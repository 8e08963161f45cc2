-- What goes out of a demo says that it is invented: the label of test data on each FHIR resource. Whether this is a demo is told to
-- the login of the public pages too, and nothing else of the installation.
grant execute on function access.is_demo() to anydoor_public;
