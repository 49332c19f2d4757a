// How wide each column is: as the person dragged it, else by kind, with the title taking what is left.
import type { FieldInfo, Kind } from '../data/contract.ts'
import { instantBrief } from '../fields/format.ts'

const widths: Partial<Record<Kind, number>> = {
  states: 112,
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

/** About as wide as a letter of a heading and of a value is, with the distances of a cell; a sign before the word, the place of the menu behind the heading. */
const letter = { heading: 6.5, value: 7.3, digit: 7 }
const around = 18
const menu = 22
const sign = 22
const widestByWords = 160

export function usualWidth(field: FieldInfo): number {
  if (field.name === 'number') return 98
  const heading = field.label.length * letter.heading + around + menu
  const usual =
    field.kind === 'instant' ? widthOfInstants() : (widths[field.kind] ?? (field.kind === 'choice' ? 74 : 150))
  return Math.round(Math.max(usual, Math.min(Math.max(heading, widthOfWords(field)), widestByWords)))
}

/** "28. Dez., 22:58" needs less than "Dec 28, 10:58 PM". */
function widthOfInstants(): number {
  const long = new Date()
  long.setMonth(11, 28)
  long.setHours(22, 58)
  return Math.max(118, instantBrief(long.toISOString()).length * letter.digit + around)
}

/** As wide as the longest word to choose, so that a state is never cut. */
function widthOfWords({ options = [] }: FieldInfo): number {
  return Math.max(0, ...options.map(({ label, tone }) => label.length * letter.value + around + (tone ? sign : 0)))
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
      ? { css: 'minmax(184px, 1fr)', min: 184 }
      : { css: `${usualWidth(field)}px`, min: usualWidth(field) }
  })
  const min = parts.reduce((sum, part) => sum + part.min, selectable ? 40 : 0)
  return { css: (selectable ? '40px ' : '') + parts.map((part) => part.css).join(' '), min }
}
