-- Who else helps somebody travels as an envelope of its own kind, so that it can be replaced or ended alone. It is sent by the side
-- that has the permission, and never comes back.
alter table envelopes.outgoing drop constraint outgoing_kind_check;
alter table envelopes.outgoing add constraint outgoing_kind_check
  check (kind in ('ask', 'request', 'question', 'answer', 'decision', 'introduction', 'outcome', 'correction', 'unreached', 'session', 'reopening', 'helpers'));
alter table envelopes.incoming drop constraint incoming_kind_check;
alter table envelopes.incoming add constraint incoming_kind_check
  check (kind in ('ask', 'request', 'question', 'answer', 'decision', 'introduction', 'outcome', 'correction', 'unreached', 'session', 'reopening', 'helpers'));
alter table envelopes.outgoing add constraint outgoing_helpers_check check (kind <> 'helpers' or release_id is not null);
