/**
 * Cells that a spreadsheet would run as a formula get a leading apostrophe when CSV is written and lose it when read,
 * so that export → import → export is stable (OWASP, CSV injection). Cells that already begin with apostrophes before
 * such a sign get one more, which keeps the pair of functions exact.
 */

// Signs that begin a formula, also those that programs in East Asia take for them (full width), after anything that a
// program may skip before it looks: spaces of every kind, marks that show nothing, line ends.
const start = '[\\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20\u2212]'
const dangerous = new RegExp(`^'*${start}`)
const guarded = new RegExp(`^'+${start}`)
const isNumber = /^[+-]?(\d+([.,]\d+)*|[.,]\d+)(e[+-]?\d+)?\s?%?$/i

export function guard(text: string): string {
  return dangerous.test(text) && !isNumber.test(text) ? `'${text}` : text
}

/** Takes the apostrophe off again, in place. */
export function unguarded(cells: string[]): string[] {
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]
    if (cell !== undefined && cell.charCodeAt(0) === 39 && guarded.test(cell)) cells[at] = cell.slice(1)
  }
  return cells
}
