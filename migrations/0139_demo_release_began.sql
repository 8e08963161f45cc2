-- In the demo a release begins on the day on which it was sent, so that one near its end asks to be gone through again.
create or replace function access.backdate_step(of_thread uuid, happened timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if (select i.demo_begun is null from access.installation i) then return; end if;
  update releases.release r set starts_at = happened where r.starts_at > now() - interval '1 hour'
    and exists (select from envelopes.outgoing o where o.party_id = r.party_id and o.release_id = r.id and o.thread_id = of_thread);
  update referrals.thread t set started_at = happened where t.id = of_thread and t.started_at > now() - interval '1 hour';
  update referrals.event e set at = happened where e.thread_id = of_thread and e.at > now() - interval '1 hour';
  update envelopes.outgoing o set sent_at = happened where o.thread_id = of_thread and o.sent_at > now() - interval '1 hour';
  update envelopes.incoming n set received_at = happened where n.thread_id = of_thread and n.received_at > now() - interval '1 hour';
end $$;
