/** How the columns of a table share the width of a page: nothing is written over its neighbour, and what is long gets more. */

/** How many letters of a table's size fit into a line of A4, upright and on its side. */
export const ROOM = { upright: 122, wide: 185 } as const

export interface TableFit {
  /** Parts of the width, one for each column; null where all of it fits as it is. */
  readonly shares: readonly number[] | null
  /** Of the usual size of the letters. */
  readonly scale: number
  /** Not even the single words fit side by side in letters of the usual size. */
  readonly isTight: boolean
  /** Whether words have to be broken: one is longer than its column, or the letters are smaller. */
  readonly breaksWords: boolean
  /** Whether a cell may be longer than a page has room for, so that it has to be broken. */
  readonly hasLong: boolean
}
/** A cell of so many letters fits onto a page in the narrowest column. */
const MOST_WHOLE = 300
/** Longer texts are broken into lines anyway. */
const MOST_ASKED = 60
/** Longer words are few, and cannot all have their way. */
const LONGEST_WORD = 22
/** What stands empty between two columns. */
const GAP = 2
const SMALLEST = 0.7

/** @param rows the cells below the labels. @param room letters that fit into a line of the page */
export function fitTable(labels: readonly string[], rows: readonly (readonly string[])[], room: number): TableFit {
  const columns = labels.map((label, at) => {
    const texts = [label, ...rows.map((cells) => cells[at] ?? '')]
    const words = texts.flatMap((text) => text.split(/\s+/))
    const asked = longest(words)
    const word = Math.min(LONGEST_WORD, asked) + GAP
    return { word, isCut: asked > LONGEST_WORD, whole: Math.max(word, Math.min(MOST_ASKED, longest(texts)) + GAP) }
  })
  const hasLong = rows.some((cells) => cells.some((text) => text.length > MOST_WHOLE))
  const isCut = columns.some((column) => column.isCut)
  const [words, wholes] = [sum(columns.map(({ word }) => word)), sum(columns.map(({ whole }) => whole))]
  if (wholes <= room) return { shares: null, scale: 1, isTight: false, breaksWords: false, hasLong }
  if (words >= room)
    return { shares: columns.map(({ word }) => word), scale: Math.max(SMALLEST, room / words), isTight: words > room, breaksWords: true, hasLong } // oxfmt-ignore
  // Each has room for its words; the rest goes to those who ask for more.
  const more = (room - words) / (wholes - words)
  return {
    shares: columns.map(({ word, whole }) => word + (whole - word) * more),
    scale: 1,
    isTight: false,
    breaksWords: isCut,
    hasLong,
  }
}
function longest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, text.length), 0)
}
function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
