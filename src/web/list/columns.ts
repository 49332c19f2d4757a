// How wide each column is: as the person dragged it, else by kind, with the title taking what is left.
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

/** Pixels by the name of a column. */
export type Widths = Readonly<Record<string, number>>

export function usualWidth(field: FieldInfo): number {
  return field.name === 'number' ? 98 : (widths[field.kind] ?? 150)
}

interface Wanted {
  /** The column that takes what is left, unless it was given a width. */
  title: string
  selectable: boolean
  widths: Widths
}

/** The CSS grid template and the width below which the grid scrolls sideways. */
export function widthsOf(
  columns: FieldInfo[],
  { title, selectable, widths: own }: Wanted,
): { css: string; min: number } {
  const flexible = columns.some((field) => field.name === title) ? title : columns.at(-1)?.name
  const parts = columns.map((field) => {
    const width = own[field.name]
    if (width !== undefined) return { css: `${width}px`, min: width }
    return field.name === flexible
      ? { css: 'minmax(240px, 1fr)', min: 240 }
      : { css: `${usualWidth(field)}px`, min: usualWidth(field) }
  })
  const min = parts.reduce((sum, part) => sum + part.min, selectable ? 40 : 0)
  return { css: (selectable ? '40px ' : '') + parts.map((part) => part.css).join(' '), min }
}
