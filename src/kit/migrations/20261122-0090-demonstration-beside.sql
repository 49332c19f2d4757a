-- The demonstration beside one's own data: an organisation with the number 999999 (src/kit/demo-beside.ts), how far it is,
-- and which sessions of administrators visit it.

create table demonstration (
  -- There is one.
  id integer primary key default 1 check (id = 1),
  state text not null check (state in ('coming', 'here', 'leaving')),
  -- Incidents told so far, and in all.
  told integer not null default 0,
  incidents integer not null,
  -- Why the last try failed.
  because text,
  at timestamptz not null default now()
);

alter table session add column visits_demo boolean not null default false;

-- The journal stays append-only but for an entry that an erasure names (20261122-0004), and for the demonstration, which is
-- not sealed and is removed as a whole.
create or replace function journal_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_level = 'ROW' then
    if old.org = 999999 then
      return old;
    end if;
  end if;
  if tg_op = 'UPDATE' and tg_level = 'ROW' then
    if new.salt is null and new.reason ~ '^[A-Za-z0-9_-]{43}$' and (old.salt is not null or new.reason = old.reason)
      and old.record <> 'journal'
      and (new.id, new.org, new.at, new.occurred_at, new.request, new.record, new.record_id, new.action, new.origin, new.leaf, new.xid)
        = (old.id, old.org, old.at, old.occurred_at, old.request, old.record, old.record_id, old.action, old.origin, old.leaf, old.xid)
      and new.actor is not distinct from old.actor and new.on_behalf_of is not distinct from old.on_behalf_of
      and (select coalesce(array_agg(k order by k), '{}') from jsonb_object_keys(new.changes) k)
        = (select coalesce(array_agg(k order by k), '{}') from jsonb_object_keys(old.changes) k)
      and exists (select from journal_erasure e where e.org = old.org and e.entry = old.id) then
      return new;
    end if;
  end if;
  raise exception 'The journal is append-only: % is refused.', tg_op using errcode = 'insufficient_privilege';
end $$;
