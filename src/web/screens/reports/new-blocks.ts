// What a new block begins with, and the names that blocks and figures are told apart by.
import type { RecordInfo } from '../../data/contract.ts'
import { fieldOf } from '../../data/fields.ts'
import { reportWords } from '../../messages/reports.ts'
import type { Block, FigureBlock, Source } from './contract.ts'

export const KINDS = ['figures', 'groups', 'table', 'text', 'heading'] as const
export type BlockKind = (typeof KINDS)[number]

/** An id that no block or figure has yet. */
export function freshId(blocks: readonly Block[]): string {
  const taken = new Set(
    blocks.flatMap((block) => [block.id, ...(block.kind === 'figures' ? block.items.map(({ id }) => id) : [])]),
  )
  let nth = taken.size + 1
  while (taken.has(`b${nth}`)) nth++
  return `b${nth}`
}
/** Days and times of a record, which may have to lie in the period: when it was created first, as every record has that. */
export function datedFields(record: RecordInfo | null): { value: string; label: string }[] {
  if (record === null) return []
  const own = record.fields.filter((field) => (field.kind === 'instant' || field.kind === 'day') && !field.custom)
  return [fieldOf(record, 'createdAt'), ...own].flatMap((field) =>
    field === null ? [] : [{ value: field.name, label: field.label }],
  )
}
function sourceOf(record: RecordInfo): Source {
  return { record: record.name, filter: '', when: datedFields(record)[0]?.value ?? null }
}
export function newFigure(record: RecordInfo, id: string): FigureBlock {
  return {
    id,
    label: reportWords.builder.newFigure,
    source: sourceOf(record),
    measure: { kind: 'count' },
    better: 'neither',
    threshold: null,
  }
}
export function newBlock(kind: BlockKind, record: RecordInfo, blocks: readonly Block[]): Block {
  const words = reportWords.builder
  const id = freshId(blocks)
  switch (kind) {
    case 'heading':
      return { kind, id, text: words.newHeading, level: 1 }
    case 'text':
      return { kind, id, text: words.newText }
    case 'figures':
      return { kind, id, title: '', items: [newFigure(record, `${id}a`)] }
    case 'table':
      return {
        kind,
        id,
        title: record.labelPlural,
        source: sourceOf(record),
        columns: ['number', ...record.list.slice(0, 5)],
        sort: '',
        limit: 20,
      }
    default:
      return {
        kind,
        id,
        title: record.labelPlural,
        source: sourceOf(record),
        by: groupable(record)[0]?.value ?? 'createdAt',
        split: null,
        as: 'bars',
      }
  }
}
const GROUPED = new Set(['choice', 'states', 'boolean', 'ref', 'person'])
const STEPS = ['day', 'week', 'month', 'quarter', 'year']
/** What counts can be grouped by: choices, references, and days by their step. */
export function groupable(record: RecordInfo): { value: string; label: string }[] {
  const words = reportWords.builder
  const dated = datedFields(record).flatMap(({ value, label }) =>
    STEPS.map((step) => ({ value: `${value}:${step}`, label: `${label}, ${words.steps[step] ?? step}` })),
  )
  const plain = record.fields.filter((field) => GROUPED.has(field.kind)).map((field) => ({ value: field.custom ? `custom.${field.name}` : field.name, label: field.label })) // oxfmt-ignore
  return [...plain, ...dated]
}
export function titleOf(block: Block): string {
  const words = reportWords.builder
  const text = block.kind === 'heading' ? block.text : block.kind === 'text' ? block.text.slice(0, 40) : block.title
  return text.trim() === '' ? words.untitled : text
}
