/** The language that a person chose in their preferences. */
import type { Sql } from './database.ts'
import { run, sql } from './sql.ts'

/** BCP 47; null where they chose none: then it is the browser's. */
export async function chosenLanguage(
  on: Sql,
  who: { readonly org: number; readonly person: number },
): Promise<string | null> {
  const [row] = await run<{ language: string | null }>(
    on,
    sql`select value->>'language' as language from preference where org = ${who.org} and person = ${who.person}`,
  )
  return row?.language ?? null
}
