/** What a report is made of: blocks as plain data. Their structure is checked here, what they name in `blocks-fit.ts`. */
import { z } from 'zod'

const ID = z.string().regex(/^[a-z0-9]{1,12}$/)
const label = z.string().max(120)
const field = z.string().min(1).max(60)

const source = z.strictObject({
  record: z.string().min(1).max(40),
  filter: z.string().max(2000),
  /** The day or instant that has to lie in the period; null: as things are when the report is made. */
  when: field.nullable(),
})
const measured = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count') }),
  /** Of the rows of the source, the part that this filter finds too. */
  z.strictObject({ kind: z.literal('share'), of: z.string().max(2000) }),
  z.strictObject({ kind: z.enum(['sum', 'average', 'latest']), field }),
])
const figure = z.strictObject({
  id: ID,
  label: label.min(1),
  source,
  measure: measured,
  better: z.enum(['higher', 'lower', 'neither']),
  /** Percent of the value of the period before (of a share: percentage points) from which a change has to be explained. */
  threshold: z.number().min(0).max(10_000).nullable(),
})
const heading = z.strictObject({
  kind: z.literal('heading'),
  id: ID,
  text: label,
  level: z.union([z.literal(1), z.literal(2)]),
})
const text = z.strictObject({ kind: z.literal('text'), id: ID, text: z.string().max(20_000) })
const figures = z.strictObject({ kind: z.literal('figures'), id: ID, title: label, items: z.array(figure).max(12) })
const table = z.strictObject({
  kind: z.literal('table'),
  id: ID,
  title: label,
  source,
  columns: z.array(field).min(1).max(12),
  sort: z.string().max(200),
  limit: z.number().int().min(1).max(500),
})
/** Counts by group, as a table, bars or lines over time. */
const groups = z.strictObject({
  kind: z.literal('groups'),
  id: ID,
  title: label,
  source,
  by: field,
  split: field.nullable(),
  as: z.enum(['table', 'bars', 'lines']),
})
export const block = z.discriminatedUnion('kind', [heading, text, figures, table, groups])
export const blockList = z.array(block).max(60)

export type Source = z.infer<typeof source>
export type FigureBlock = z.infer<typeof figure>
export type FiguresBlock = z.infer<typeof figures>
export type TableBlock = z.infer<typeof table>
export type GroupsBlock = z.infer<typeof groups>
export type Block = z.infer<typeof block>

/** The blocks of a row; none where nothing was said yet. */
export function blocksOf(value: unknown): Block[] {
  const read = blockList.safeParse(value ?? [])
  return read.success ? read.data : []
}
