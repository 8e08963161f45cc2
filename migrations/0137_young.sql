-- From which age a young person agrees alone to what this agency shares, where the law of the place leaves it open or says an earlier
-- age: the agency's own reading, with the place in the law where it was read. Not said: the law alone counts.
alter table parties.agency
  add column young_from integer check (young_from between 10 and 18),
  add column young_citation text check (length(young_citation) between 1 and 300),
  add constraint young_read check ((young_from is null) = (young_citation is null));
grant update (young_from, young_citation) on parties.agency to anydoor_web;
