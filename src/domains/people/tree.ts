/** Trees stay trees: nothing is its own ancestor. */
import { amid, say } from '#engines/say.ts'
import type { RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Deriving } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'

/** Why this parent would close a circle, or null. */
export async function treeProblem(
  { before, after, actor, on }: Deriving,
  of: RecordType,
  field: string,
): Promise<string | null> {
  const parent = idIn(after[field])
  if (parent === null || idIn(before?.[field]) === parent) return null
  const column = raw(snake(field))
  const found = await run<{ id: number }>(
    on,
    sql`with recursive up (id, depth) as (
      select ${parent}::bigint, 0 union
      select t.${column}, up.depth + 1 from ${raw(of.table)} t join up on t.id = up.id where t.org = ${actor.org} and t.${column} is not null and up.depth < 100
    ) select id from up where id = ${after.id} limit 1`,
  )
  return found.length === 0
    ? null
    : say`${after.number} would be above itself. Choose another ${amid(of.fields[field]?.label ?? field)}.`
}
