/** Saved views belong to whoever saved them, and can be shown when they are saved. */
import { say } from '#engines/say.ts'
import { isEmpty } from '#kit/check.ts'
import { refuseStrangeNames } from '#kit/filter-names.ts'
import type { Misfits } from '#kit/problem.ts'
import { Refusal } from '#kit/problem.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { viewProblem } from '#kit/view-check.ts'

export const savedViewRules: Rules = {
  derive: ({ before, after, actor }) => ({
    ...(before !== null || actor.person === null
      ? {}
      : { owner: { id: actor.person, number: `P-${actor.person}`, title: actor.name } }),
    ...(isNew({ before, after }) && !isEmpty(after['problem']) ? { problem: null } : {}),
  }),
  fits: unfitView,
}
function isNew({ before, after }: Pick<Deriving, 'before' | 'after'>): boolean {
  return before?.['record'] !== after['record'] || before?.['query'] !== after['query']
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
