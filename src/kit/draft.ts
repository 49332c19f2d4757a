/** From what was sent to values that fit: unknown and protected fields refused, references looked up in one query. */
import { amid, said, say } from '#engines/say.ts'
import type { Actor } from './actor.ts'
import { isProduct } from './actor.ts'
import { clearAdded } from './added.ts'
import { loadAdded } from './added-load.ts'
import type { Catalogue } from './catalogue.ts'
import { checkValue, isEmpty, missing, problem } from './check.ts'
import { idOf } from './condition.ts'
import { clearField } from './clearance.ts'
import type { Sql } from './database.ts'
import type { AnyRef, Field, Ref } from './field.ts'
import { labelOf, tags } from './field.ts'
import type { ByIds, Gather } from './gather.ts'
import type { FieldProblem } from './problem.ts'
import { unfit } from './problem.ts'
import type { AnyRow, RecordType } from './record.ts'
import { snake } from './record.ts'
import { readable } from './access.ts'
import type { FileWish } from './kept-files.ts'
import { lookUpFiles } from './kept-files.ts'
import type { Fragment } from './sql.ts'
import { join, raw, sql } from './sql.ts'
import { idIn } from './write.ts'

export type Values = Record<string, unknown>
export interface DraftOptions {
  /** The product itself writes: stamped fields are allowed. */
  readonly trusted?: boolean
  /** Only what is said changes; otherwise defaults fill and required fields must be there. */
  readonly partial?: boolean
  /** What is set by itself and may still be said here: a move asks for it. */
  readonly asked?: ReadonlySet<string>
  /** The row as it stands: what is sent again as it was is not chosen anew. */
  readonly was?: AnyRow
}
/** Where drafts are read: the catalogue, the database and the person. */
export interface DraftContext {
  readonly catalogue: Catalogue
  readonly gather: Gather
  readonly on: Sql
  readonly actor: Actor
  /** The moment that the default 'now' stands for. */
  readonly now: string
}
interface Wanted {
  readonly name: string
  readonly into: Into
  readonly to: RecordType
  readonly ids: readonly number[]
  readonly field: Field
}

/** @throws a refusal (422) with every problem, each at its place. */
export async function readDraft(
  context: DraftContext,
  record: RecordType,
  draft: unknown,
  options: DraftOptions = {},
): Promise<Values> {
  if (typeof draft !== 'object' || draft === null || Array.isArray(draft))
    throw unfit([{ pointer: '', detail: say`Send an object with the fields of ${amid(record.label)}.` }])
  if (namesUnheardOf(context, record, draft)) await loadAdded(context.on, context.catalogue, context.actor.org)
  const problems: FieldProblem[] = []
  const values: Values = {}
  const wanted: Wanted[] = []
  const files: FileWish[] = []
  const isFree = options.trusted === true || isProduct(context.actor)
  const into: Into = { values, wanted, files, problems, at: '' }
  for (const [name, value] of Object.entries(draft)) {
    const field = name === 'tags' ? tags() : clearField(context.actor, record, name)
    if (name === 'custom') values['custom'] = readCustom(context, record, value, into)
    else if (field === undefined) problems.push(problem(name, say`${said(record.label)} has no field "${name}".`))
    else if (field.stamped && options.trusted !== true && options.asked?.has(name) !== true)
      problems.push(setByItself(name, field))
    else readField(context, { name, field, value }, into)
  }
  if (options.partial !== true) fill(context, record, into)
  if (problems.length === 0) {
    await lookUpFiles({ ...context, isTrusted: isFree }, files)
    const was = isFree ? null : (options.was ?? {})
    problems.push(...(await lookUp(context, wanted, was)))
  }
  if (problems.length > 0) throw unfit(problems)
  return values
}
function setByItself(name: string, field: Field): FieldProblem {
  const label = said(field.label ?? labelOf(name))
  return problem(
    name,
    field.kind === 'states'
      ? say`${label} is set by Pilothouse itself; use a move.`
      : say`${label} is set by Pilothouse itself.`,
  )
}

interface Into {
  readonly values: Values
  readonly wanted: Wanted[]
  readonly files: FileWish[]
  readonly problems: FieldProblem[]
  /** Where the values stand in the draft: '' or '/custom'. */
  readonly at: string
}
function placed(into: Pick<Into, 'at'>, { pointer, detail }: FieldProblem): FieldProblem {
  return { pointer: `${into.at}${pointer}`, detail }
}
function readField(
  context: DraftContext,
  { name, field, value }: { name: string; field: Field; value: unknown },
  into: Into,
): void {
  // An empty list is a structure like any other.
  if (isEmpty(value) && !(field.kind === 'json' && Array.isArray(value))) {
    if (field.required && field.kind !== 'boolean') into.problems.push(placed(into, missing(name, field)))
    into.values[name] =
      field.kind === 'refs' || field.kind === 'tags'
        ? []
        : field.kind === 'boolean' && (field.required || field.default !== null)
          ? (field.default ?? false)
          : null
    return
  }
  if (field.kind === 'ref' || field.kind === 'refs' || field.kind === 'any')
    return readReference(context, { name, field, value }, into)
  const checked = checkValue(field, value)
  if ('because' in checked) into.problems.push(placed(into, problem(name, checked.because)))
  else if (field.kind === 'attachment') wishFile({ name, field, value: checked.value }, into)
  else into.values[name] = checked.value
}
function wishFile({ name, field, value }: { name: string; field: Field; value: unknown }, into: Into): void {
  const wish = value as Pick<FileWish, 'sha256' | 'title'> // as checkValue gives it
  into.values[name] = null
  into.files.push({
    ...wish,
    field,
    keep: (file) => (into.values[name] = file),
    refuse: (because) => into.problems.push(placed(into, problem(name, because))),
  })
}

function readReference(
  context: DraftContext,
  { name, field, value }: { name: string; field: Field; value: unknown },
  into: Into,
): void {
  const many = field.kind === 'refs' ? (Array.isArray(value) ? value : [value]) : [value]
  // It was said; what it is follows when all references are looked up.
  into.values[name] = null
  if (field.kind === 'any') {
    const found = anyReference(context.catalogue, value)
    if (found === null)
      into.problems.push(
        placed(
          into,
          problem(name, say`Give the number of a record, such as INC-1042, or {"record": "incident", "id": 1042}.`),
        ),
      )
    else into.wanted.push({ name, into, to: found.record, ids: [found.id], field })
    return
  }
  const to = context.catalogue.get(field.to ?? '')
  const ids = many.map((one) => (one === 'me' && to.name === 'person' ? context.actor.person : referenceId(to, one)))
  if (ids.some((id) => id === null) || ids.length > 500)
    into.problems.push(
      placed(into, problem(name, say`Give the number of a ${amid(to.label)}, such as ${to.number}-1.`)),
    )
  else
    into.wanted.push({
      name,
      into,
      to,
      ids: [...new Set(ids.flatMap((id) => (id === null ? [] : [id])))],
      field,
    })
}
function referenceId(to: RecordType, value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? value : null
  if (typeof value === 'string') return idOf(to, value.trim())
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number'
    ? referenceId(to, value.id)
    : null
}
function anyReference(catalogue: Catalogue, value: unknown): { record: RecordType; id: number } | null {
  if (typeof value === 'string') return catalogue.byNumber(value.trim())
  if (typeof value !== 'object' || value === null || !('record' in value) || !('id' in value)) return null
  const record = typeof value.record === 'string' ? catalogue.find(value.record) : null
  return record !== null && typeof value.id === 'number' && Number.isSafeInteger(value.id) && value.id > 0
    ? { record, id: value.id }
    : null
}

/** One query finds every referenced record that the actor may see; the rest are problems. @param was null: also what is at work no more may be named */
async function lookUp(
  context: DraftContext,
  wanted: readonly Wanted[],
  was: Readonly<Record<string, unknown>> | null,
): Promise<FieldProblem[]> {
  const asked = wanted.filter((want) => want.ids.length > 0)
  if (asked.length === 0) return []
  const statement: ByIds = (lists) =>
    join(
      asked.map(
        (want, index) =>
          sql`select ${raw(String(index))} as asked, t.id, t.${raw(snake(want.to.title))}::text as title, ${overIn(want)} as over from ${raw(want.to.table)} t where t.org = ${context.actor.org} and t.id = any(${lists[index]}::bigint[]) and t.binned_at is null and ${readable(context.actor, want.to, context.catalogue)}`,
      ),
      ' union all ',
    )
  const found = await context.gather.rows<{ asked: number; id: number; title: string | null; over: string | null }>(
    context.on,
    statement,
    asked.map(({ ids }) => ids),
  )
  return asked.flatMap((want, index) => {
    const own = found.filter((row) => row.asked === index && want.ids.includes(row.id))
    const titles = new Map(own.map((row) => [row.id, row.title]))
    const refs: (Ref | AnyRef)[] = want.ids.flatMap((id) =>
      titles.has(id)
        ? [
            {
              ...(want.field.kind === 'any' ? { record: want.to.name } : {}),
              id,
              number: `${want.to.number}-${id}`,
              title: titles.get(id) ?? `${want.to.number}-${id}`,
            },
          ]
        : [],
    )
    want.into.values[want.name] = want.field.kind === 'refs' ? refs : (refs[0] ?? null)
    const numbers = (ids: readonly number[]): string => ids.map((id) => `${want.to.number}-${id}`).join(', ')
    const lost = want.ids.filter((id) => !titles.has(id))
    if (lost.length > 0)
      return [
        placed(
          want.into,
          problem(want.name, say`${numbers(lost)} was not found. Choose another ${amid(want.to.label)}.`),
        ),
      ]
    const over = own.filter((row) => row.over !== null && isNew(was, want.name, row.id))
    if (over.length === 0 || was === null) return []
    const state = want.to.fields[want.to.flow?.field ?? '']?.options?.find(({ value }) => value === over[0]?.over)
    const detail = say`${numbers(over.map(({ id }) => id))} is "${said(state?.label ?? String(over[0]?.over))}". Choose another ${amid(want.to.label)}.`
    return [placed(want.into, problem(want.name, detail))]
  })
}
/** The state in which its work is over; null while it goes on, or where that is all the same. */
function overIn({ to, field }: Wanted): Fragment {
  const { flow } = to
  if (field.current !== true || flow === null) return sql`null::text`
  const column = raw(`t.${snake(flow.field)}`)
  return sql`case when ${column} = any(${flow.ends}) then ${column} end`
}
function isNew(was: Readonly<Record<string, unknown>> | null, name: string, id: number): boolean {
  const known = was?.[name]
  return !(Array.isArray(known) ? known : [known]).some((one) => idIn(one) === id)
}

function fill(context: DraftContext, record: RecordType, into: Into): void {
  const { values, problems } = into
  for (const [name, field] of Object.entries(record.fields)) {
    if (name in values) continue
    if (field.default !== undefined) values[name] = field.default === 'now' ? context.now : field.default
    else if (field.required && !field.stamped && !problems.some((known) => known.pointer === `/${name}`))
      problems.push(missing(name, field))
    else values[name] = field.kind === 'refs' || field.kind === 'tags' ? [] : null
  }
  values['tags'] ??= []
  values['custom'] ??= {}
  const custom = values['custom'] as Values // made by readCustom, or just above
  for (const [name, field] of Object.entries(clearAdded(context.catalogue, context.actor, record)))
    if (field.required && !(name in custom) && !problems.some((known) => known.pointer === `/custom/${name}`))
      problems.push({ ...missing(name, field), pointer: `/custom/${name}` })
}
/** Whether it names an added field of which this node knows nothing: another one may have added it a moment ago. */
function namesUnheardOf({ catalogue, actor }: DraftContext, record: RecordType, draft: object): boolean {
  const custom = 'custom' in draft ? draft.custom : null
  if (typeof custom !== 'object' || custom === null || catalogue.find('customField') === null) return false
  return Object.keys(custom).some((name) => catalogue.knownCustomField(actor.org, record.name, name) === null)
}
/** Values of added fields, by the same checks as those of declared ones. */
function readCustom(context: DraftContext, record: RecordType, value: unknown, into: Into): Values {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    into.problems.push(problem('custom', say`Send an object with the names of the added fields.`))
    return {}
  }
  const fields = clearAdded(context.catalogue, context.actor, record)
  const kept: Values = {}
  const inside: Into = { ...into, values: kept, at: '/custom' }
  for (const [name, one] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field === undefined)
      into.problems.push(placed(inside, problem(name, say`${said(record.label)} has no added field "${name}".`)))
    else readField(context, { name, field, value: one }, inside)
  }
  return kept
}
