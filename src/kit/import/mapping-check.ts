/** Holds a mapping against the record and the file: every mistake at its place, with what to do. */
import { z } from 'zod'
import { amid, said, say } from '#engines/say.ts'
import { holdsEverywhere } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import { checkValue } from '#kit/check.ts'
import type { FieldProblem } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import type { ColumnSource, ImportMapping } from './mapping.ts'
import { columnsRead, keyFields } from './mapping.ts'
import type { Target } from './target.ts'
import { namingField, targetOf } from './target.ts'
import { fitted } from '#kit/wanted.ts'

const name = z.string().min(1).max(200)
const source = z.object({
  column: name,
  and: z.array(name).max(20).optional(),
  between: z.string().max(20).optional(),
  before: z.string().max(200).optional(),
  cut: z.boolean().optional(),
  values: z.record(z.string().max(500), z.string().max(500).nullable()).optional(),
  unlisted: z.enum(['itself', 'empty']).optional(),
  otherwise: z.unknown().optional(),
  create: z.boolean().optional(),
  by: name.optional(),
  with: z.record(name, z.unknown()).optional(),
  under: z.object({ field: name, column: name }).optional(),
  last: z.boolean().optional(),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).nullable().optional(),
  zone: z
    .string()
    .max(60)
    .refine((zone) => zoneExists(zone), 'This is not a time zone. Write one such as Europe/Berlin.')
    .optional(),
  decimalSign: z.enum(['.', ',']).nullable().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'Three capital letters, such as EUR.')
    .optional(),
  durationUnit: z.number().positive().max(100_000).optional(),
  confidence: z.number().optional(),
  because: z.string().max(1000).optional(),
  question: z.string().max(1000).optional(),
})
const moment = z.object({ field: name, in: z.array(z.string().max(200)).max(200).optional() })
export const mappingShape = z.object({
  key: z.union([name, z.array(name).max(4)]).nullable(),
  columns: z.record(name, source),
  constants: z.record(name, z.unknown()).optional(),
  events: z
    .object({ at: source, by: source.optional(), moments: z.record(name, moment).optional() })
    .nullable()
    .optional(),
  zone: z
    .string()
    .max(60)
    .refine((zone) => zoneExists(zone), 'This is not a time zone. Write one such as Europe/Berlin.')
    .optional(),
  missing: z.array(z.string().max(100)).max(200).optional(),
  empty: z.enum(['keep', 'clear']).optional(),
  from: z.string().max(300).optional(),
})

export interface CheckContext {
  readonly catalogue: Catalogue
  readonly actor: Actor
  readonly record: RecordType
  /** The columns of the file. */
  readonly columns: readonly string[]
}
/** The mapping as sent, or all that is wrong with it. */
export type CheckedMapping = { readonly mapping: ImportMapping } | { readonly problems: readonly FieldProblem[] }

export function checkMapping(context: CheckContext, sent: unknown): CheckedMapping {
  const shape = fitted(mappingShape, sent, '/mapping')
  if ('problems' in shape) return { problems: shape.problems.slice(0, 50) }
  const mapping = shape.value
  const problems = [
    ...keyProblems(context, mapping),
    ...columnProblems(context, mapping),
    ...constantProblems(context, mapping),
    ...eventProblems(context, mapping),
    ...neededProblems(context, mapping),
  ]
  return problems.length > 0 ? { problems } : { mapping }
}

function keyProblems(context: CheckContext, mapping: ImportMapping): FieldProblem[] {
  const pointer = '/mapping/key'
  const known = new Set([...Object.keys(mapping.columns), ...Object.keys(mapping.constants ?? {})])
  return keyFields(mapping).flatMap((field) => {
    const target = find(context, field)
    if (target === null)
      return [{ pointer, detail: say`${said(context.record.label)} has no field "${field}" to be known by.` }]
    if (!known.has(field))
      return [
        {
          pointer,
          detail: say`${said(target.label)} is the key, but no column fills it. Choose its column, or another key.`,
        },
      ]
    if (target.field.to === context.record.name)
      return [
        {
          pointer,
          detail: say`${said(target.label)} points to other ${amid(context.record.labelPlural)} of the file and cannot be a key. Choose a number or a name.`,
        },
      ]
    const fits = ['text', 'email', 'choice', 'number', 'day', 'instant', 'ref', 'url', 'ip'].includes(target.field.kind)
    return fits
      ? []
      : [{ pointer, detail: say`${said(target.label)} cannot be a key. Choose a number, a name or an e-mail address.` }]
  })
}
function columnProblems(context: CheckContext, mapping: ImportMapping): FieldProblem[] {
  const found = Object.entries(mapping.columns).flatMap(([field, from]) => {
    const pointer = `/mapping/columns/${field}`
    const target = find(context, field)
    if (target === null)
      return [{ pointer, detail: say`${said(context.record.label)} has no field "${field}" that an import may fill.` }]
    return [...strangeColumns(context, pointer, from), ...referenceProblems(context, pointer, target, from)]
  })
  return Object.keys(mapping.columns).length === 0
    ? [{ pointer: '/mapping/columns', detail: say`No column is mapped. Choose at least one.` }]
    : found
}
function strangeColumns(context: CheckContext, pointer: string, from: ColumnSource): FieldProblem[] {
  return columnsRead(from)
    .filter((column) => !context.columns.includes(column))
    .map((column) => ({
      pointer,
      detail: say`The file has no column "${column}". It has: ${context.columns.slice(0, 12).join(', ')}${context.columns.length > 12 ? ', …' : ''}.`,
    }))
}
function referenceProblems(
  { catalogue, actor }: CheckContext,
  pointer: string,
  target: Target,
  from: ColumnSource,
): FieldProblem[] {
  const to = target.field.to === undefined ? null : catalogue.find(target.field.to)
  if (to === null) return []
  const by = namingField(to, from.by)
  const named = Object.hasOwn(to.fields, by) ? to.fields[by] : undefined
  if (named === undefined || !['text', 'email'].includes(named.kind))
    return [{ pointer, detail: say`${said(to.label)} has no text field "${by}" to look in.` }]
  if (from.under !== undefined && to.fields[from.under.field]?.to !== to.name)
    return [{ pointer, detail: say`"${from.under.field}" of ${amid(to.label)} does not make a tree.` }]
  if (from.create !== true) return []
  if (!holdsEverywhere(actor, to, 'create'))
    return [
      {
        pointer,
        detail: say`You may not create ${amid(to.labelPlural)}. Take "create" away, or ask an administrator.`,
      },
    ]
  const given = new Map(Object.entries(from.with ?? {}))
  const wrong = [...given].flatMap(([field, value]) =>
    valueProblem(to, field, value).map((detail) => ({ pointer, detail })),
  )
  const lacking = Object.entries(to.fields).filter(
    ([field, { required, stamped, ...one }]) =>
      required && !stamped && one.default === undefined && field !== by && !given.has(field) && one.kind !== 'boolean',
  )
  return [
    ...wrong,
    ...lacking.map(([field]) => ({
      pointer,
      detail: say`A new ${amid(to.label)} needs ${field}: say it in "with", or take "create" away.`,
    })),
  ]
}
function valueProblem(record: RecordType, field: string, value: unknown): string[] {
  const declared = Object.hasOwn(record.fields, field) ? record.fields[field] : undefined
  if (declared === undefined || declared.kind === 'ref' || declared.kind === 'refs')
    return [say`${said(record.label)} has no plain field "${field}".`]
  const checked = checkValue(declared, value)
  return 'because' in checked ? [`${field}: ${checked.because}`] : []
}
function constantProblems(context: CheckContext, mapping: ImportMapping): FieldProblem[] {
  return Object.entries(mapping.constants ?? {}).flatMap(([field, value]) => {
    const target = find(context, field)
    const pointer = `/mapping/constants/${field}`
    if (target === null || target.name === 'number')
      return [{ pointer, detail: say`${said(context.record.label)} has no field "${field}" that an import may fill.` }]
    if (target.field.to !== undefined)
      return typeof value === 'string'
        ? []
        : [{ pointer, detail: say`Give the number or the name of a record as text.` }]
    const checked = checkValue(target.field, value)
    return 'because' in checked ? [{ pointer, detail: checked.because }] : []
  })
}
function eventProblems(context: CheckContext, mapping: ImportMapping): FieldProblem[] {
  const events = mapping.events ?? null
  if (events === null) return []
  const pointer = '/mapping/events'
  const keyless =
    keyFields(mapping).length === 0
      ? [{ pointer: '/mapping/key', detail: say`Updates of one record need a key: the column with its number.` }]
      : []
  const moments = Object.entries(events.moments ?? {}).flatMap(([field, { field: watched }]) => {
    if (find(context, field)?.field.kind !== 'instant')
      return [{ pointer, detail: say`"${field}" is not a point in time of ${amid(context.record.label)}.` }]
    return find(context, watched) === null
      ? [{ pointer, detail: say`${said(context.record.label)} has no field "${watched}".` }]
      : []
  })
  return [
    ...keyless,
    ...strangeColumns(context, pointer, events.at),
    ...(events.by === undefined ? [] : strangeColumns(context, pointer, events.by)),
    ...moments,
  ]
}
/** Without these no row can become a record; an import that only updates has them already. */
function neededProblems(context: CheckContext, mapping: ImportMapping): FieldProblem[] {
  if (keyFields(mapping).length > 0) return []
  const filled = new Set([...Object.keys(mapping.columns), ...Object.keys(mapping.constants ?? {})])
  return Object.entries(context.record.fields).flatMap(([field, { required, stamped, kind, ...one }]) => {
    const isLacking = required && !stamped && one.default === undefined && kind !== 'boolean' && !filled.has(field)
    return isLacking
      ? [
          {
            pointer: `/mapping/columns/${field}`,
            detail: say`${find(context, field)?.label ?? field} is needed. Choose its column.`,
          },
        ]
      : []
  })
}
function find(context: CheckContext, field: string): Target | null {
  return targetOf(context.catalogue, context.actor, context.record, field)
}
function zoneExists(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false // Intl says no by throwing
  }
}
