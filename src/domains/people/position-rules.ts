/** Positions are filled by those who hold them: it follows from the persons, and nobody says it against them. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { touches } from '#kit/misfits.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { position } from './directory.ts'

export const positionRules: Rules = {
  fits: async (facts) => ({ status: touches(facts, ['status']) ? await statusProblem(facts) : null }),
}

async function statusProblem({ before, after, actor, on }: Deriving): Promise<string | null> {
  const status = after['status']
  const holder = before === null ? null : await holderOf({ actor, on, id: after.id })
  if (status === 'filled' && holder === null)
    return say`Nobody holds this position. Choose "vacant"; it is filled as soon as a person has it as their position.`
  return status !== 'filled' && holder !== null
    ? say`P-${holder} holds this position. Give that person another one first; then it is vacant and can be closed.`
    : null
}
async function holderOf({
  actor,
  on,
  id,
}: Pick<Deriving, 'actor' | 'on'> & { readonly id: number }): Promise<number | null> {
  const rows = await run<{ id: number }>(
    on,
    sql`select id from person where org = ${actor.org} and position = ${id} and status = 'active' and binned_at is null order by id limit 1`,
  )
  return rows[0]?.id ?? null
}

/** Nobody takes a position that is closed. */
export async function closedProblem(facts: Deriving): Promise<string | null> {
  const { after, actor, on } = facts
  const id = idIn(after['position'])
  if (id === null || !touches(facts, ['position'])) return null
  const rows = await run(on, sql`select 1 from position where org = ${actor.org} and id = ${id} and status = 'closed'`)
  return rows.length === 0 ? null : say`POS-${id} is closed. Open it first by "vacant", or choose another position.`
}

/** Positions are filled and vacated by what happens to their holders. */
export const positionsFollowHolders: NonNullable<Rules['after']> = async ({ before, after, actor, store, unit }) => {
  const held = [before, after].map((row) =>
    row?.['status'] === 'active' && row.binnedAt === null ? idIn(row['position']) : null,
  )
  if (held[0] === held[1]) return
  for (const id of held.flatMap((one) => one ?? [])) {
    const [row] = await store.many(byProduct(actor), position, [id], { unit })
    if (row === undefined || row['status'] === 'closed') continue
    const status = (await holderOf({ actor, on: unit.on, id })) === null ? 'vacant' : 'filled'
    await store.change(byProduct(actor), position, { id, rev: null }, { status }, { unit })
  }
}
/** With the product's rights, and a request of its own: what follows from a person is undone by undoing that, never by itself. */
function byProduct(actor: Actor): Actor {
  return { ...actor, roles: ['administrator'], request: `${actor.request}+positions` }
}
