/** In which zone a person's days begin. */
import { raw } from './sql.ts'

/**
 * Their choice, their own zone, that of the nearest place above theirs that has one, the organisation's. Wants the aliases
 * o (organisation), and p (person) and f (preference), which may be without a row. A circle of places ends after twenty.
 */
export const ZONE = raw(`coalesce(f.value->>'timeZone', p.time_zone, (
  with recursive up (parent, time_zone, depth) as (
    select l.parent, l.time_zone, 0 from location l where l.org = p.org and l.id = p.location union all
    select l.parent, l.time_zone, up.depth + 1 from up join location l on l.org = p.org and l.id = up.parent where up.time_zone is null and up.depth < 20
  ) select up.time_zone from up where up.time_zone is not null limit 1
), o.time_zone)`)
