/** What the graph of services must keep: nothing needs itself, not even through others, and nothing goes that others stand on. */
import { say } from '#engines/say.ts'
import { throwIfUnfit } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'

/** Services named in a refusal; the rest is counted. */
const NAMED = 5

export const dependencyRules: Rules = {
  fits: async (facts) => ({ needs: await circleProblem(facts) }),
  // Asked among all rows: the others of the group may come by the same request or file.
  after: async (facts) => throwIfUnfit({ minimum: await minimumProblem(facts) }),
}
export const serviceRules: Rules = {
  refuse: ({ before, after, actor, on }) =>
    before !== null && before.binnedAt === null && after.binnedAt !== null
      ? stoodOn({ org: actor.org, id: after.id, number: after.number, on })
      : null,
}

/** Why this dependency would close a circle, or null. An older circle, brought in past the rules, ends after a hundred steps. */
async function circleProblem({ before, after, actor, on }: Deriving): Promise<string | null> {
  const [service, needs] = [idIn(after['service']), idIn(after['needs'])]
  if (service === null || needs === null || after.binnedAt !== null) return null
  if (service === needs) return say`A service cannot need itself. Choose another.`
  const isOld = idIn(before?.['service']) === service && idIn(before?.['needs']) === needs
  if (isOld && before?.binnedAt === null) return null
  const found = await run<{ depth: number }>(
    on,
    sql`with recursive down (id, depth) as (
      select ${needs}::bigint, 0 union
      select d.needs, down.depth + 1 from dependency d join down on d.service = down.id
        where d.org = ${actor.org} and d.binned_at is null and d.id <> ${after.id} and down.depth < 100
    ) select depth from down where id = ${service} order by depth limit 1`,
  )
  const steps = found[0]?.depth
  if (steps === undefined) return null
  const how = steps === 1 ? '' : say`, over ${steps - 1} between them`
  return say`SVC-${needs} needs SVC-${service} already${how}: this would be a circle, and each would fail with the other. Remove that dependency first, or choose another service.`
}

/** Why fewer are in a group than must work, or null: what needs it could never be up. Also asked of the group that a member leaves. */
async function minimumProblem(facts: Deriving): Promise<string | null> {
  const { before, after } = facts
  if (before !== null && placeIn(before) === placeIn(after)) return null
  const present = await groupProblem(facts, after)
  if (present !== null || before === null || (before['group'] ?? null) === null) return present
  const isThere = idIn(before['service']) === idIn(after['service']) && before['group'] === after['group']
  return isThere ? null : groupProblem(facts, before)
}
/** The same of the group in which this row says that it is; without a group it is alone. */
async function groupProblem({ after, actor, on }: Deriving, row: AnyRow): Promise<string | null> {
  const [service, group] = [idIn(row['service']), row['group'] ?? null]
  if (service === null) return null
  const rows = await run<{ members: number; minimum: number }>(
    on,
    sql`select count(*)::int as members, coalesce(max(minimum), 1)::int as minimum from dependency
      where org = ${actor.org} and service = ${service} and binned_at is null and ${group === null ? sql`id = ${after.id}` : sql`group_ = ${group}`}`,
  )
  const { members = 0, minimum = 1 } = rows[0] ?? {}
  if (members === 0 || minimum <= members) return null
  if (group === null)
    return say`${minimum} of one can never work. Name a group with further members first, or leave the minimum empty.`
  return say`${minimum} of the group "${String(group)}" of SVC-${service} must work, and it has ${members}. Add the other members first, or give a lower minimum.`
}

/** What of a row its group depends on. */
function placeIn(row: AnyRow): string {
  return JSON.stringify([idIn(row['service']), row['group'] ?? null, row['minimum'] ?? null, row.binnedAt !== null])
}

/** Why a service may not go into the bin, or null: those that need it would stand on nothing. */
async function stoodOn({
  org,
  id,
  number,
  on,
}: Pick<Deriving, 'on'> & { org: number; id: number; number: string }): Promise<string | null> {
  const rows = await run<{ id: number; many: number }>(
    on,
    sql`select s.id, count(*) over ()::int as many from (
      select distinct d.service as id from dependency d join service s on s.org = d.org and s.id = d.service
        where d.org = ${org} and d.needs = ${id} and d.binned_at is null and s.binned_at is null
    ) s order by s.id limit ${NAMED}`,
  )
  const many = rows[0]?.many ?? 0
  if (many === 0) return null
  const named = rows.map((row) => `SVC-${row.id}`).join(', ')
  if (many === 1)
    return say`${named} needs ${number}. Remove this dependency first, or give it another service; then ${number} may go.`
  const which = many > NAMED ? say`${named} and ${many - NAMED} more` : named
  return say`${many} services need ${number} (${which}). Remove these dependencies first, or give them another service; then ${number} may go.`
}
