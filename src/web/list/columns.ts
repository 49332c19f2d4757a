// How wide each column is: by kind, with the title taking what is left.
import type { FieldInfo, Kind } from '../data/contract.ts'

const widths: Partial<Record<Kind, number>> = {
  states: 112,
  choice: 92,
  instant: 118,
  day: 104,
  duration: 110,
  number: 100,
  money: 120,
  boolean: 76,
  person: 136,
  ref: 134,
  refs: 170,
  any: 150,
  tags: 150,
  email: 200,
  url: 200,
  ip: 130,
  longText: 240,
}

/** The CSS grid template and the width below which the grid scrolls sideways. */
export function widthsOf(columns: FieldInfo[], title: string, selectable: boolean): { css: string; min: number } {
  const widthOf = (field: FieldInfo) => (field.name === 'number' ? 98 : (widths[field.kind] ?? 150))
  const flexible = columns.some((field) => field.name === title) ? title : columns.at(-1)?.name
  const parts = columns.map((field) => (field.name === flexible ? 'minmax(240px, 1fr)' : `${widthOf(field)}px`))
  const min = columns.reduce(
    (sum, field) => sum + (field.name === flexible ? 240 : widthOf(field)),
    selectable ? 40 : 0,
  )
  return { css: (selectable ? '40px ' : '') + parts.join(' '), min }
}
