/** A report as data: what its readers (screen, print, PDF, workbook) are given, and what is kept of an issue. No language in it but what people wrote. */
import { z } from 'zod'

const behind = z.strictObject({ record: z.string(), filter: z.string() })
const option = z.strictObject({ value: z.string(), label: z.string() })
/** `label` is the declared text; it is put into the reader's language when it is shown. */
const column = z.strictObject({
  name: z.string(),
  label: z.string(),
  kind: z.string(),
  unit: z.string().nullable(),
  options: z.array(option),
})
const ref = z.strictObject({ number: z.string(), title: z.string() })
const money = z.strictObject({ minor: z.number(), currency: z.string() })
const cell = z.union([z.null(), z.string(), z.number(), z.boolean(), ref, money, z.array(z.union([z.string(), ref]))])
const figure = z.strictObject({
  id: z.string(),
  label: z.string(),
  /** Null: nothing was there to be measured. */
  value: z.number().nullable(),
  before: z.number().nullable(),
  /** In percent of the value before; of a share in percentage points. Null where there is nothing to compare with. */
  change: z.number().nullable(),
  /** A change from its threshold on, which has to be explained. */
  isBeyond: z.boolean(),
  better: z.enum(['higher', 'lower', 'neither']),
  threshold: z.number().nullable(),
  /** count, share, minutes, money:EUR (the value is in its smallest unit then), or a word. */
  unit: z.string(),
  list: behind,
  comment: z.string().nullable(),
})
const heading = z.strictObject({ kind: z.literal('heading'), id: z.string(), text: z.string(), level: z.number() })
const text = z.strictObject({ kind: z.literal('text'), id: z.string(), text: z.string() })
const figures = z.strictObject({
  kind: z.literal('figures'),
  id: z.string(),
  title: z.string(),
  items: z.array(figure),
})
const table = z.strictObject({
  kind: z.literal('table'),
  id: z.string(),
  title: z.string(),
  columns: z.array(column),
  rows: z.array(z.strictObject({ number: z.string(), cells: z.array(cell) })),
  total: z.number(),
  /** Of all rows, not of the first ones alone: each column of money, currency by currency. Absent where there is none. */
  sums: z.array(z.strictObject({ column: z.string(), amounts: z.array(money) })).optional(),
  list: behind,
})
/** What a series or a group is called: a title as it is, a choice by its declared label, a day by its step, or nothing. */
const name = z.strictObject({
  text: z.string(),
  kind: z.enum(['title', 'label', 'none', 'others', 'day', 'week', 'month', 'quarter', 'year']),
})
const groups = z.strictObject({
  kind: z.literal('groups'),
  id: z.string(),
  title: z.string(),
  as: z.enum(['table', 'bars', 'lines']),
  by: z.string(),
  names: z.array(name),
  series: z.array(z.strictObject({ name, values: z.array(z.number()), filters: z.array(z.string().nullable()) })),
  total: z.number(),
  list: behind,
})
/** Left out: the reader may not see it, or it cannot be read any more. */
const withheld = z.strictObject({ kind: z.literal('withheld'), id: z.string(), because: z.string() })
export const pageBlock = z.discriminatedUnion('kind', [heading, text, figures, table, groups, withheld])
export const pageSchema = z.strictObject({
  title: z.string(),
  description: z.string().nullable(),
  organisation: z.string(),
  from: z.string(),
  to: z.string(),
  beforeFrom: z.string(),
  beforeTo: z.string(),
  zone: z.string(),
  madeAt: z.string(),
  madeBy: z.string(),
  blocks: z.array(pageBlock),
})
export type Column = z.infer<typeof column>
export type Cell = z.infer<typeof cell>
export type Behind = z.infer<typeof behind>
export type Name = z.infer<typeof name>
export type Figure = z.infer<typeof figure>
export type PageBlock = z.infer<typeof pageBlock>
export type FiguresPart = z.infer<typeof figures>
export type TablePart = z.infer<typeof table>
export type GroupsPart = z.infer<typeof groups>
export type Page = z.infer<typeof pageSchema>

/** What somebody has to be allowed to read before they are shown a part: whole kinds of record, and fields as `record.field`. */
export interface Needs {
  readonly records: readonly string[]
  readonly fields: readonly string[]
}
/** What is kept of an issue, canonical and named by its hash. */
export interface Snapshot {
  readonly format: 1
  readonly report: string
  readonly page: Page
  /** By the id of a block, a figure, or `block.column`. */
  readonly needs: Readonly<Record<string, Needs>>
  /** Record → a hash of the condition under which its rows were read. */
  readonly rights: Readonly<Record<string, string>>
}
