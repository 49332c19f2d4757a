/** When added fields change, views that name one which is gone say so, and those whose field is back say nothing again. */
import { system } from './actor.ts'
import type { CustomField } from './added.ts'
import { Catalogue } from './catalogue.ts'
import { run, sql } from './sql.ts'
import type { Store } from './store.ts'
import { viewProblem } from './view-check.ts'

interface View {
  readonly id: number
  readonly record: string
  readonly query: string
  readonly problem: string | null
  readonly owner: number | null
}
/** @param fields as they stand in the database: this node's catalogue may not have heard of them yet */
export async function judgeViews(store: Store, org: number, fields: readonly CustomField[]): Promise<void> {
  const catalogue = new Catalogue(store.catalogue.records)
  catalogue.replaceCustomFields(org, fields)
  const kinds = [...new Set(fields.map(({ record }) => record))]
  const views = await run<View>(
    store.db,
    sql`select id, record, query, problem, owner from saved_view where org = ${org} and record = any(${kinds}::text[]) and binned_at is null order by id`,
  )
  for (const view of views) {
    const record = catalogue.find(view.record)
    if (record === null) continue
    // What somebody may not see is no fault of the view: only what is there for nobody is said.
    const actor = { ...system(org, 'added-fields'), person: view.owner }
    const problem = viewProblem({ catalogue, actor, now: store.now(), zone: 'UTC' }, record, view.query)?.slice(0, 500) ?? null // oxfmt-ignore
    if (problem !== view.problem) await note(store, org, view, problem)
  }
}
/** It follows from what is journalled elsewhere; whoever changed the view meanwhile has had it judged. */
async function note(store: Store, org: number, { id, query }: View, problem: string | null): Promise<void> {
  await store.transaction(system(org, 'added-fields'), async ({ on, touched }) => {
    const changed = await run(
      on,
      sql`update saved_view set problem = ${problem}::text where org = ${org} and id = ${id} and query = ${query} returning id`,
    )
    if (changed.length > 0) touched.push(['savedView', id])
  })
}
