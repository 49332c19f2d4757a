-- How a webhook stands, as mail_server has it: since when it cannot be reached, how often in a row, and when it is tried again.
-- claimed_at: a process is sending to it; to each webhook one message is under way at a time.
alter table webhook
  add column failing_since timestamptz,
  add column failures integer not null default 0,
  add column next_at timestamptz not null default now(),
  add column claimed_at timestamptz;
drop index webhook_delivery_due_idx;
create index webhook_delivery_due_idx on webhook_delivery (org, webhook, next_at, id) where state in ('queued', 'sending');
create index webhook_delivery_held_idx on webhook_delivery (org, webhook) where state = 'held';
