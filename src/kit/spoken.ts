/** Declared texts in the language of whoever asks: what a declaration says as label, help or explanation. */
import type { Place } from '#engines/say.ts'
import { said, speaks } from '#engines/say.ts'

const TEXTS = new Set(['label', 'labelPlural', 'about', 'help', 'emptyText', 'unit'])
/** Labels within these are those of moves and of values. */
const PLACES: Readonly<Record<string, Place>> = { moves: 'move', options: 'option', states: 'option' }

/** The same answer, its declared texts said in the language of the request. In English it is the very same object. */
export function spoken<T>(answer: T): T {
  return speaks() === null ? answer : (walked(answer) as T)
}

function walked(value: unknown, place?: Place): unknown {
  if (Array.isArray(value)) return value.map((one) => walked(one, place))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' && TEXTS.has(name) ? said(inner, place) : walked(inner, PLACES[name]),
    ]),
  )
}
