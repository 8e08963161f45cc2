-- Two hashes an id: so that the planner walks the index that has them in order and makes none anew.
alter function directory.kept_place_listed_id(text, uuid) cost 5000;
