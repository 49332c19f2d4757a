/** The third pass of a run: roles by groups. Most are the same as before; many new ones are given as a set. */
import { say } from '#engines/say.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { run, sql } from '#kit/sql.ts'
import { applyGroups, grantsOf, said } from '#kit/federation/grants.ts'
import type { Planned } from './plan.ts'
import type { WriteContext } from './write.ts'

const BATCH = 1000
interface Given {
  readonly person: number
  readonly role: string
  readonly unit: number
}
/** @returns whose roles changed */
export async function writeRoles(
  context: WriteContext,
  planned: readonly Planned[],
  people: ReadonlyMap<string, number>,
): Promise<number[]> {
  const { store, provider, actor, fail } = context
  const before = new Map<number, string[]>()
  const given = await run<Given>(
    store.db,
    sql`select person, role, unit from provider_grant where org = ${provider.org} and provider = ${provider.id}`,
  )
  for (const { person, role, unit } of given) before.set(person, [...(before.get(person) ?? []), `${role}/${unit}`])
  const fresh: Given[] = []
  const touched: number[] = []
  for (const { entry: found } of planned) {
    const person = people.get(found.id)
    if (person === undefined) continue
    const wanted = grantsOf(provider, found.groups)
    const has = before.get(person) ?? []
    const isSame = wanted.length === has.length && wanted.every(({ role, unit }) => has.includes(`${role}/${unit}`))
    if (isSame) continue
    touched.push(person)
    if (has.length === 0) fresh.push(...wanted.map((grant) => ({ person, ...grant })))
    else
      await store.transaction(actor, async (unit) => {
        const kept = await applyGroups({ on: unit.on, actor, now: store.now() }, provider, person, found.groups)
        if (kept !== null) fail(found.dn, kept)
      })
  }
  for (let at = 0; at < fresh.length; at += BATCH) await giveMany(context, fresh.slice(at, at + BATCH))
  return touched
}
async function giveMany({ store, provider, actor }: WriteContext, fresh: readonly Given[]): Promise<void> {
  await store.transaction(actor, async ({ on }) => {
    const made = await run<Given>(
      on,
      sql`with wanted as (select * from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as w (person bigint, role text, unit bigint)),
        made as (insert into role_grant (org, person, role, scope, scope_id) select ${provider.org}::integer, person, role, case when unit = 0 then 'organisation' else 'unit' end, unit from wanted on conflict do nothing returning person, role, scope_id as unit),
        kept as (insert into provider_grant (org, provider, person, role, unit) select ${provider.org}::integer, ${provider.id}::bigint, person, role, unit from made on conflict do nothing)
        select person, role, unit from made`,
    )
    if (made.length === 0) return
    const entries = made.map(({ person, role, unit }) =>
      entry(actor, store.now(), {
        record: 'person',
        recordId: person,
        action: 'grant',
        changes: { role: [null, said({ role, unit })] },
        reason: say`Groups at ${provider.name}`,
      }),
    )
    await run(on, journalInsert(entries))
  })
}
