/** The second pass of a run: line managers, once everybody is there. */
import { say } from '#engines/say.ts'
import { run, sql } from '#kit/sql.ts'
import { updateRows } from '#kit/write.ts'
import type { Planned } from './plan.ts'
import { dnKey, knownEntries } from './known.ts'
import { Lines } from './lines.ts'
import type { WriteContext } from './write.ts'

const BATCH = 500

/** @param people id of an entry → person, for those that were just written */
export async function writeManagers(
  context: WriteContext,
  planned: readonly Planned[],
  people: ReadonlyMap<string, number>,
): Promise<void> {
  const { store, provider, fail } = context
  const known = await knownEntries(store.db, provider)
  const byDn = new Map(
    [...known.values()].flatMap(({ dn, person }) => (dn === null ? [] : [[dnKey(dn), person] as const])),
  )
  const lines = await Lines.of(store.db, provider.org)
  const wanted: [number, number | null][] = []
  for (const { entry } of planned) {
    const person = people.get(entry.id)
    if (person === undefined || entry.manager === null) continue
    const manager = byDn.get(dnKey(entry.manager)) ?? null
    if (manager === null) fail(entry.dn, say`Its manager is nobody here: ${entry.manager}`)
    else if (lines.managerOf(person) === manager) continue
    else if (manager === person || !lines.set(person, manager))
      fail(entry.dn, say`Its manager would be below themselves: ${entry.manager}`)
    else wanted.push([person, manager])
  }
  for (let at = 0; at < wanted.length; at += BATCH) await writeBatch(context, wanted.slice(at, at + BATCH))
}
async function writeBatch(
  { store, actor, person, provider }: WriteContext,
  wanted: readonly [number, number | null][],
): Promise<void> {
  const rows = new Map(
    (
      await store.many(
        actor,
        person,
        wanted.map(([id]) => id),
      )
    ).map((row) => [row.id, row]),
  )
  const names = await run<{ id: number; name: string }>(
    store.db,
    sql`select id, name from person where org = ${actor.org} and id = any(${wanted.flatMap(([, id]) => id ?? [])}::bigint[])`,
  )
  const title = new Map(names.map(({ id, name }) => [id, name]))
  const writes = wanted.flatMap(([id, manager]) => {
    const before = rows.get(id)
    if (before === undefined) return []
    const lineManager =
      manager === null ? null : { id: manager, number: `P-${manager}`, title: title.get(manager) ?? '' }
    return [{ before, after: { ...before, lineManager }, action: 'change', reason: `${provider.name}: manager` }]
  })
  await store.transaction(actor, async (unit) => {
    await updateRows({ on: unit.on, actor, now: store.now(), catalogue: store.catalogue }, person, writes)
    unit.touched.push(...writes.slice(-1).map(({ after }): [string, number] => [person.name, after.id]))
  })
}
