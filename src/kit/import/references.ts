/** Turns wishes into records: looked up together, made where that is allowed, refused with what to do. */
import { amid, say } from '#engines/say.ts'
import { holdsEverywhere, readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import { idOf } from '#kit/condition.ts'
import type { Ref } from '#kit/field.ts'
import type { RecordType } from '#kit/record.ts'
import { snake } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { insertRows } from '#kit/write.ts'
import { completed } from './complete.ts'
import type { Outcome } from './outcome.ts'
import type { Statistics } from './statistics.ts'
import { emailField } from './target.ts'
import type { Wish } from './wish.ts'

export interface ReferenceContext {
  readonly store: Store
  readonly actor: Actor
  readonly outcome: Outcome
  /** Only look: what would be made is counted and gets no number. */
  readonly isDry: boolean
  readonly statistics: Statistics
}
interface Candidate {
  readonly id: number
  readonly title: string | null
  readonly text: string | null
  readonly parent: number | null
}
const INSERT_AT_ONCE = 200
const DEPTH = 20

/** Settles every wish: afterwards each has its reference or its refusal. Parents first, then what lies below them. */
export async function settle(context: ReferenceContext, wishes: Iterable<Wish>): Promise<void> {
  let open = [...withParents(wishes)].filter((wish) => wish.ref === null && wish.refusal === null)
  for (let depth = 0; open.length > 0 && depth < DEPTH; depth++) {
    for (const wish of open) if (wish.under?.wish.refusal) wish.refusal = wish.under.wish.refusal
    const ready = open.filter((wish) => wish.refusal === null && (wish.under === null || wish.under.wish.ref !== null))
    for (const alike of grouped(ready, (wish) => `${wish.to.name}/${wish.by}/${wish.under?.field ?? ''}`))
      await settleAlike(context, alike)
    open = open.filter((wish) => wish.ref === null && wish.refusal === null)
  }
}
function* withParents(wishes: Iterable<Wish>): Iterable<Wish> {
  const seen = new Set<Wish>()
  for (const wish of wishes)
    for (let one: Wish | null = wish; one !== null && !seen.has(one); one = one.under?.wish ?? null) {
      seen.add(one)
      yield one
    }
}
function grouped(wishes: readonly Wish[], keyOf: (wish: Wish) => string): Wish[][] {
  return [...Map.groupBy(wishes, keyOf).values()]
}

async function settleAlike(context: ReferenceContext, wishes: readonly Wish[]): Promise<void> {
  const to = wishes[0]?.to
  if (to === undefined) return
  await find(context, to, wishes, 'exact')
  const left = wishes.filter((wish) => wish.ref === null && wish.refusal === null)
  if (left.length > 0) await find(context, to, left, 'folded')
  const missing = wishes.filter((wish) => wish.ref === null && wish.refusal === null)
  const isAllowed = holdsEverywhere(context.actor, to, 'create')
  const wanted = missing.filter((wish) => wish.create && isAllowed && idOf(to, wish.text) === null)
  for (const wish of missing) if (!wanted.includes(wish)) wish.refusal = unknown(wish)
  if (wanted.length > 0) await make(context, to, wanted)
}

/** Looks exact names up by their index first; only what is left is looked for in any case of letters. */
async function find(
  context: ReferenceContext,
  to: RecordType,
  wishes: readonly Wish[],
  how: 'exact' | 'folded',
): Promise<void> {
  const first = wishes[0]
  if (first === undefined) return
  const by = snake(first.by)
  const texts = wishes.map((wish) => (how === 'exact' ? wish.text : wish.text.toLowerCase()))
  const named = await candidates(
    context,
    to,
    first,
    sql`${raw(how === 'exact' ? `t.${by}` : `lower(t.${by})`)} = any(${texts}::text[])`,
  )
  const ids = how === 'exact' ? wishes.flatMap((wish) => idOf(to, wish.text) ?? []) : []
  const numbered = ids.length === 0 ? [] : await candidates(context, to, first, sql`t.id = any(${ids}::bigint[])`)
  const byText = Map.groupBy([...named, ...(how === 'exact' ? await byMail(context, to, wishes) : [])], (row) =>
    (row.text ?? '').toLowerCase(),
  )
  const byId = new Map(numbered.map((row) => [row.id, row]))
  for (const wish of wishes)
    choose(wish, to, {
      named: byText.get(wish.text.toLowerCase()) ?? [],
      numbered: byId.get(idOf(to, wish.text) ?? -1) ?? null,
    })
}
/** Who has an e-mail address is known by it too. */
async function byMail(context: ReferenceContext, to: RecordType, wishes: readonly Wish[]): Promise<Candidate[]> {
  const mail = emailField(to)
  const [first] = wishes
  const texts = wishes.map((wish) => wish.text.toLowerCase()).filter((text) => text.includes('@'))
  if (mail === null || first === undefined || first.by === mail || texts.length === 0) return []
  return candidates(context, to, { ...first, by: mail }, sql`lower(t.${raw(snake(mail))}) = any(${texts}::text[])`)
}
function candidates(
  { store, actor }: ReferenceContext,
  to: RecordType,
  like: Pick<Wish, 'by' | 'under'>,
  condition: Fragment,
): Promise<Candidate[]> {
  const parent = raw(like.under === null ? 'null::bigint' : `t.${snake(like.under.field)}`)
  return run<Candidate>(
    store.db,
    sql`select t.id, t.${raw(snake(to.title))}::text as title, t.${raw(snake(like.by))}::text as text, ${parent} as parent
      from ${raw(to.table)} t where t.org = ${actor.org} and t.binned_at is null and ${readable(actor, to, store.catalogue)} and ${condition}`,
  )
}
function choose(wish: Wish, to: RecordType, found: { named: readonly Candidate[]; numbered: Candidate | null }): void {
  if (found.numbered !== null) return void (wish.ref = refTo(to, found.numbered.id, found.numbered.title))
  const above = wish.under?.wish.ref?.id
  const fitting = [
    ...new Map(
      found.named.filter((row) => above === undefined || row.parent === above).map((row) => [row.id, row]),
    ).values(),
  ]
  const exact = fitting.filter((row) => row.text === wish.text)
  const chosen = exact.length > 0 ? exact : fitting
  const [first] = chosen
  if (first === undefined) return
  if (chosen.length === 1) wish.ref = refTo(to, first.id, first.title)
  else
    wish.refusal = {
      because: say`${chosen.length} ${amid(to.labelPlural)} are called “${wish.text}”: ${chosen
        .slice(0, 4)
        .map((row) => `${to.number}-${row.id}`)
        .join(', ')}${chosen.length > 4 ? ', …' : ''}.`,
      todo:
        emailField(to) === null
          ? say`Write the number (${to.number}-${first.id}) in place of the name.`
          : say`Write the number (${to.number}-${first.id}) or the e-mail address in place of the name.`,
    }
}
function refTo(to: RecordType, id: number, title: string | null): Ref {
  return { id, number: `${to.number}-${id}`, title: title ?? `${to.number}-${id}` }
}
function unknown(wish: Wish): Wish['refusal'] {
  const kind = amid(wish.to.label)
  const where = wish.under === null ? '' : say` below “${wish.under.wish.text}”`
  return {
    because: say`There is no ${kind} “${wish.text}”${where}.`,
    todo: say`Add the ${kind} first, mend the name, or let the mapping create what is missing.`,
  }
}

async function make(context: ReferenceContext, to: RecordType, wishes: readonly Wish[]): Promise<void> {
  context.outcome.made(
    to.name,
    wishes.map(({ text }) => text),
  )
  if (context.isDry) {
    for (const [index, wish] of wishes.entries()) wish.ref = { id: -1 - index, number: 'new', title: wish.text }
    return
  }
  const { store, actor } = context
  const now = store.now()
  const first = await store.numbers.take(actor.org, to.name, wishes.length)
  const rows = wishes.map((wish, index) => {
    const values = {
      ...wish.with,
      [wish.by]: wish.text,
      ...(wish.under === null ? {} : { [wish.under.field]: wish.under.wish.ref }),
    }
    return completed(to, { id: first + index, now, actor }, values)
  })
  await store.transaction(actor, async (unit) => {
    for (let at = 0; at < rows.length; at += INSERT_AT_ONCE)
      await insertRows(
        { on: unit.on, actor, now, catalogue: store.catalogue },
        to,
        rows.slice(at, at + INSERT_AT_ONCE).map((after) => ({ before: null, after, action: 'create' })),
      )
    const last = rows.at(-1)
    if (last !== undefined) unit.touched.push([to.name, last.id])
  })
  await context.statistics.grown(to, rows.length)
  for (const [index, wish] of wishes.entries())
    wish.ref = refTo(to, first + index, wish.by === to.title ? wish.text : null)
}
