/** Looks at doubtful rows with all of their entries in one snapshot, and names what is not as the journal tells. */
import { say } from '#engines/say.ts'
import type { Database, Sql } from '#kit/database.ts'
import type { Where } from '#kit/seal/finding.ts'
import { raw, render, run, sql } from '#kit/sql.ts'
import type { CarefulEntry, Link } from './chain.ts'
import { Chain, short } from './chain.ts'
import { addedIdentity, addedOf } from './custom.ts'
import type { FieldPlan, KindPlan } from './plan.ts'
import { removedForGood } from './removed.ts'
import { addedDiffering, erasedNameOf, isPossible } from './told.ts'
import type { RowLine } from './values.ts'
import { EMPTIED, GONE, holds, holdsNothing, rowIdentity, saidIdentity } from './values.ts'

export interface RowFinding {
  readonly kind: 'rowChanged' | 'rowMissing' | 'rowUnexplained'
  readonly where: Partial<Where>
  readonly says: string
  /** What the journal says last, and what the row holds: for the administrator of the machine alone. */
  readonly values?: readonly [string, string]
}
export interface Looked {
  readonly findings: readonly RowFinding[]
  readonly unjudged: number
}
/** Rows of a look: each is read whole. */
export const LOOK_AT_ONCE = 50
const ENTRIES_AT_ONCE = 50
const SHOWN = 200

export function look(db: Database, kind: KindPlan, of: { org: number; ids: readonly number[] }): Promise<Looked> {
  return db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only')
    const rows = new Map((await rowsOf(tx, kind, of)).map((row) => [Number(row['id']), row]))
    const chains = await chainsOf(tx, kind, of)
    const doubtful = of.ids.filter((id) => chains.has(id) && (!rows.has(id) || chains.get(id)?.isBare === true))
    const removed = await removedForGood(tx, kind, { org: of.org, ids: doubtful })
    const looked = of.ids.map((id) => judge(kind, of.org, { id, row: rows.get(id), chain: chains.get(id), isRemoved: removed.has(id) })) // oxfmt-ignore
    return {
      findings: looked.flatMap(({ findings }) => findings),
      unjudged: looked.reduce((sum, one) => sum + one.unjudged, 0),
    }
  })
}
function rowsOf(on: Sql, kind: KindPlan, { org, ids }: { org: number; ids: readonly number[] }): Promise<RowLine[]> {
  const columns = ['id', 'rev', ...kind.fields.flatMap((plan) => plan.columns)].map((column) => `t.${column}`)
  return run<RowLine>(
    on,
    sql`select ${raw(columns.join(', '))} from ${raw(kind.table)} t where t.org = ${org} and t.id = any(${ids}::bigint[])`,
  )
}
/** By a cursor: a row may have more entries than fit into memory. */
async function chainsOf(
  on: Sql,
  kind: KindPlan,
  { org, ids }: { org: number; ids: readonly number[] },
): Promise<Map<number, Chain>> {
  const chains = new Map<number, Chain>()
  const { text, values } = render(
    sql`declare entries_of_rows no scroll cursor for select j.record_id, j.id::text, j.at, j.action, j.changes, j.salt is null as is_erased, j.origin = 'import' as is_imported, j.xid::text
      from journal j where j.org = ${org} and j.record = ${kind.name} and j.record_id = any(${ids}::bigint[]) order by j.id`,
  )
  await on.query(text, values)
  for (;;) {
    const entries = await on.query<CarefulEntry>(`fetch ${ENTRIES_AT_ONCE} from entries_of_rows`)
    for (const entry of entries) {
      const chain = chains.get(entry.record_id) ?? new Chain(kind)
      chains.set(entry.record_id, chain)
      chain.take(entry)
    }
    if (entries.length < ENTRIES_AT_ONCE) break
  }
  await on.query('close entries_of_rows')
  return chains
}

interface Seen {
  readonly id: number
  readonly row: RowLine | undefined
  readonly chain: Chain | undefined
  readonly isRemoved: boolean
}
function judge(kind: KindPlan, org: number, { id, row, chain, isRemoved }: Seen): Looked {
  const number = org === 1 ? `${kind.number}-${id}` : say`${kind.number}-${id} of organisation ${org}`
  const where = { record: kind.name, recordId: id, entry: chain?.newest?.entry ?? null, at: chain?.newest?.at ?? null }
  const only = (kindOf: RowFinding['kind'], says: string): Looked => ({ findings: [{ kind: kindOf, where, says }], unjudged: 0 }) // oxfmt-ignore
  if (row === undefined) {
    if (chain?.isCreated !== true || isRemoved) return { findings: [], unjudged: 0 }
    return only('rowMissing', say`${number} is gone, and no entry of the journal says that it was removed for good: somebody deleted it in the database. Restore a backup from before, and ask who had access to the database.`) // oxfmt-ignore
  }
  if (chain?.isCreated !== true)
    return only('rowUnexplained', say`${number} is there, and no entry of the journal says that it was created: somebody put it into the database by hand. Ask who had access to the database.`) // oxfmt-ignore
  if (chain.isBare && isRemoved)
    return only('rowUnexplained', say`${number} was removed for good, as the journal says, and is there again: somebody put it into the database by hand. Ask who had access to the database.`) // oxfmt-ignore
  return judgeFields(kind, number, { id, row, chain })
}
function judgeFields(
  kind: KindPlan,
  number: string,
  { id, row, chain }: { id: number; row: RowLine; chain: Chain },
): Looked {
  const findings: RowFinding[] = []
  const added = judgeAdded(kind, number, { id, row, chain })
  findings.push(...added.findings)
  let { unjudged } = added
  for (const plan of kind.fields) {
    if (plan.name === 'custom') continue
    const said = chain.last.get(plan.name)?.said
    if (said === GONE) unjudged++
    else if (!isRight(kind, plan, { id, row, chain })) findings.push(changed(kind, number, { plan, id, row, chain }))
  }
  const rev = Number(row['rev'])
  if (!isPossible(rev, chain))
    findings.push({
      kind: 'rowChanged',
      where: { record: kind.name, recordId: id, entry: chain.newest?.entry ?? null, at: chain.newest?.at ?? null, field: 'rev' }, // oxfmt-ignore
      says: say`${number} has revision ${rev}, and the journal tells of ${counted(chain)}: somebody changed the row in the database. Compare it with a backup from before, and ask who had access to the database.`,
    })
  return { findings, unjudged }
}
function counted({ least, most }: Chain): string {
  const from = Math.max(1, least)
  return from === most ? `${most}` : say`${from} to ${most}`
}
interface OfField {
  readonly plan: FieldPlan
  readonly id: number
  readonly row: RowLine
  readonly chain: Chain
}
function isRight(kind: KindPlan, plan: FieldPlan, { id, row, chain }: Omit<OfField, 'plan'>): boolean {
  const said = chain.last.get(plan.name)?.said
  if (said === EMPTIED) return holdsNothing(plan, row, erasedNameOf(kind, id))
  const end = chain.endOf(plan.name)
  return end === null ? holds(plan, row, said) : end === short(rowIdentity(plan, row))
}
/** Added fields by their names; where the order of the entries is in doubt, the chain of each decides. */
function judgeAdded(kind: KindPlan, number: string, { id, row, chain }: Omit<OfField, 'plan'>): Looked {
  const held = addedOf(row)
  const said = new Map([...chain.added].map(([name, link]) => [name, link.said]))
  const { unjudged } = addedDiffering(row, said, chain.last.get('custom')?.said === GONE)
  const isLost = chain.last.get('custom')?.said === GONE
  const isShown = kind.fields.find(({ name }) => name === 'custom')?.isShown === true
  const names = [...new Set([...Object.keys(held), ...chain.added.keys()])].filter((name) => {
    const end = chain.endOf(`custom.${name}`)
    const now = addedIdentity(held[name])
    if (end !== null) return end !== short(now)
    return !(isLost && !said.has(name)) && now !== addedIdentity(said.get(name))
  })
  const findings = names.map((name) => {
    const values = [addedIdentity(said.get(name)), addedIdentity(held[name])] as const
    return finding(kind, number, { id, field: `custom.${name}`, last: chain.added.get(name), values, isShown })
  })
  return { findings, unjudged }
}
function changed(kind: KindPlan, number: string, { plan, id, row, chain }: OfField): RowFinding {
  const last = chain.last.get(plan.name)
  const said = last?.said === EMPTIED ? null : last?.said
  const values = [saidIdentity(plan, said ?? null), rowIdentity(plan, row)] as const
  return finding(kind, number, { id, field: plan.name, last, values, isShown: plan.isShown })
}
interface Changed {
  readonly id: number
  readonly field: string
  readonly last: Link | undefined
  readonly values: readonly [string, string]
  readonly isShown: boolean
}
function finding(kind: KindPlan, number: string, { id, field, last, values, isShown }: Changed): RowFinding {
  return {
    kind: 'rowChanged',
    where: { record: kind.name, recordId: id, entry: last?.entry ?? null, at: last?.at ?? null, field },
    says:
      last === undefined
        ? say`${number}: ${field} holds a value that no entry of the journal gave it: somebody changed the row in the database. Compare it with a backup from before, and ask who had access to the database.`
        : say`${number}: ${field} is not what the journal says last, in entry ${last.entry} of ${last.at}: somebody changed the row in the database. Compare it with a backup from before, and ask who had access to the database.`,
    ...(isShown ? { values: [values[0].slice(0, SHOWN), values[1].slice(0, SHOWN)] as const } : {}),
  }
}
