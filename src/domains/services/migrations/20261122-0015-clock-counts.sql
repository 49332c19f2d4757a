-- Clocks are counted as they are written, whoever writes them, into the kept counts of the kit: by what they belong to
-- and by day and month of their beginning, so that a report costs the same over a hundred and over a million records.

-- Where one clock counts. by: clock/resolution/service/2026-11-22 and clock/resolution/service/2026-11; value: 17|met,
-- |met without a service. Days are those of UTC: they are the same for every organisation, whatever becomes of its time
-- zone; what of a day lies outside of a span is counted in the table itself (clock-counts.ts).
create function clock_counts_in(name text, started_at timestamptz, state text, service bigint, priority text, agreement bigint)
returns table (dimension text, by text, value text) language sql stable as $$
  select k.dimension, 'clock/' || name || '/' || k.dimension || '/' || s.span,
    k.key || '|' || case state when 'paused' then 'running' else state end
  from (values ('service', coalesce(service::text, '')), ('priority', coalesce(priority, '')), ('agreement', coalesce(agreement::text, ''))) k (dimension, key),
    (values (to_char(started_at at time zone 'UTC', 'YYYY-MM-DD')), (to_char(started_at at time zone 'UTC', 'YYYY-MM'))) s (span)
$$;

-- Equal clocks are counted before they are spread. A change of other columns cancels out and writes nothing.
create function clock_is_counted() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into tally_delta (org, record, by, value, n)
    select c.org, c.record, k.by, k.value, sum(c.n) from (
        select org, record, name, date_trunc('day', started_at, 'UTC') as day, state, service, priority, agreement, count(*) as n
        from clock_after group by 1, 2, 3, 4, 5, 6, 7, 8
      ) c cross join lateral clock_counts_in(c.name, c.day, c.state, c.service, c.priority, c.agreement) k group by 1, 2, 3, 4;
  elsif tg_op = 'DELETE' then
    insert into tally_delta (org, record, by, value, n)
    select c.org, c.record, k.by, k.value, -sum(c.n) from (
        select org, record, name, date_trunc('day', started_at, 'UTC') as day, state, service, priority, agreement, count(*) as n
        from clock_before group by 1, 2, 3, 4, 5, 6, 7, 8
      ) c cross join lateral clock_counts_in(c.name, c.day, c.state, c.service, c.priority, c.agreement) k group by 1, 2, 3, 4;
  else
    insert into tally_delta (org, record, by, value, n)
    select c.org, c.record, k.by, k.value, sum(c.n) from (
        select org, record, name, date_trunc('day', started_at, 'UTC') as day, state, service, priority, agreement, sum(n) as n
        from (select *, 1 as n from clock_after union all select *, -1 as n from clock_before) changed
        group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0
      ) c cross join lateral clock_counts_in(c.name, c.day, c.state, c.service, c.priority, c.agreement) k
      group by 1, 2, 3, 4 having sum(c.n) <> 0;
  end if;
  return null;
end $$;
create trigger clock_counted_in after insert on clock referencing new table as clock_after for each statement execute function clock_is_counted();
create trigger clock_counted_out after delete on clock referencing old table as clock_before for each statement execute function clock_is_counted();
create trigger clock_counted_anew after update on clock referencing old table as clock_before new table as clock_after for each statement execute function clock_is_counted();

-- The clocks that are there: counted once for each of the three, and only then written as text.
insert into tally (org, record, by, value, n)
select c.org, c.record, k.by, k.value, sum(c.n) from (
    select org, record, name, date_trunc('day', started_at, 'UTC') as day, state, service, priority, agreement, count(*) as n,
      case grouping(service, priority, agreement) when 3 then 'service' when 5 then 'priority' else 'agreement' end as dimension
    from clock group by org, record, name, day, state, grouping sets (service, priority, agreement)
  ) c join lateral clock_counts_in(c.name, c.day, c.state, c.service, c.priority, c.agreement) k on k.dimension = c.dimension
  group by 1, 2, 3, 4 order by 1, 2, 3, 4;
