/** How a person signed in goes with them: sessions, tokens, keys, identities, roles, and what the journal says of their door. */
import type { Sql } from '#kit/database.ts'
import { entriesOfRows, eraseEntries, nothingLeft } from '#kit/seal/erase.ts'
import { SIGN_IN } from '#kit/sign-in/deeds.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { Anonymising } from './anonymise.ts'

/** @returns how many entries of the journal lost values */
export async function forgetSignIn(of: Omit<Anonymising, 'record'>, person: number): Promise<number> {
  const { store, unit, actor, rule } = of
  const { on } = unit
  for (const table of await tablesOfPersons(on, store))
    await run(on, sql`delete from ${raw(table)} where org = ${actor.org} and person = ${person}`)
  await run(on, sql`delete from view_as where org = ${actor.org} and viewer = ${person}`)
  const door = await entriesOfRows(on, actor.org, SIGN_IN, [person])
  return eraseEntries({ on, actor, now: store.now(), reason: rule }, door, nothingLeft)
}
/** Tables beside the records that know persons; one that is added later is not forgotten. */
async function tablesOfPersons(on: Sql, store: Store): Promise<string[]> {
  const rows = await run<{ name: string }>(
    on,
    sql`select c.table_name::text as name from information_schema.columns c join information_schema.columns o using (table_schema, table_name)
      where c.table_schema = current_schema() and c.column_name = 'person' and o.column_name = 'org' and c.table_name <> 'person_erasure'`,
  )
  const records = new Set(store.catalogue.records.map(({ table }) => table))
  return rows.map(({ name }) => name).filter((name) => !records.has(name))
}
