-- A decision to share without agreement stands to the standard of the grounds: to whom, where it stands, when and until when are
-- read from its sealed body, which has held all of them from the first day. In clear stay the case, an id, who made it, a version.
alter table releases.decision
  drop column recipient_id,
  drop column state,
  drop column made_at,
  drop column ends_at,
  drop column envelope_id;

-- A dropped column stays in the rows until they are written again.
cluster releases.decision using decision_pkey;
alter table releases.decision set without cluster;

revoke update on releases.decision from anydoor_web;
grant update (version, body) on releases.decision to anydoor_web;
