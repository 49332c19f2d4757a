/** Saved views belong to whoever saved them, or to a team of theirs, and can be shown when they are saved. */
import { say } from '#engines/say.ts'
import { isEmpty } from '#kit/check.ts'
import { refuseStrangeNames } from '#kit/filter-names.ts'
import type { Misfits } from '#kit/problem.ts'
import { Refusal } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { viewProblem } from '#kit/view-check.ts'

export const savedViewRules: Rules = {
  derive: ({ before, after, actor }) => ({
    ...(before !== null || actor.person === null
      ? {}
      : { owner: { id: actor.person, number: `P-${actor.person}`, title: actor.name } }),
    // Its team reads it, so a view of somebody's own has none.
    ...(after['audience'] === 'team' || isEmpty(after['team']) ? {} : { team: null }),
    ...(isNew({ before, after }) && !isEmpty(after['problem']) ? { problem: null } : {}),
  }),
  fits: async (facts) => ({ ...(await strangeTeam(facts)), ...(await unfitView(facts)) }),
}
function isNew({ before, after }: Pick<Deriving, 'before' | 'after'>): boolean {
  return before?.['record'] !== after['record'] || before?.['query'] !== after['query']
}
/** A view is given to one's own teams; administrators give it to any. Who has left a team still changes what they gave it. */
async function strangeTeam({ before, after, actor, on }: Deriving): Promise<Misfits> {
  if (after['audience'] !== 'team') return {}
  const team = idIn(after)
  if (team === null) return { team: say`Say which team it is for.` }
  if (actor.roles.includes('administrator') || (before !== null && idIn(before) === team)) return {}
  const mine = await run(
    on,
    sql`select 1 as one from team where org = ${actor.org} and id = ${team} and binned_at is null and (${actor.person} = any(members) or lead = ${actor.person})`,
  )
  return mine.length > 0 ? {} : { team: say`You are not in this team. Choose one of yours.` }
}
function idIn(row: AnyRow): number | null {
  const { team } = row
  return typeof team === 'object' && team !== null && 'id' in team && typeof team.id === 'number' ? team.id : null
}
/** What is not changed is not judged: a view whose field has gone can still be renamed or shared. */
async function unfitView({ before, after, actor, now, on, store }: Deriving): Promise<Misfits> {
  if (!isNew({ before, after })) return {}
  const record = store.catalogue.find(String(after['record']))
  if (record === null)
    return { record: say`There is no kind of record called "${String(after['record'])}". Write one such as incident or person.` } // oxfmt-ignore
  const context = { catalogue: store.catalogue, actor, now, zone: 'UTC' }
  const query = String(after['query'])
  const because = viewProblem(context, record, query)
  if (because !== null) return { query: because }
  try {
    await refuseStrangeNames(on, context, record, new URLSearchParams(query).get('filter') ?? '')
  } catch (error) {
    if (error instanceof Refusal) return { query: error.message }
    throw error
  }
  return {}
}
