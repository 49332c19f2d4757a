/** Declared texts in the language of whoever asks: what a declaration says as label, help or explanation. */
import { said, speaks } from '#engines/say.ts'

const TEXTS = new Set(['label', 'labelPlural', 'about', 'help', 'emptyText', 'unit'])

/** The same answer, its declared texts said in the language of the request. In English it is the very same object. */
export function spoken<T>(answer: T): T {
  return speaks() === null ? answer : (walked(answer) as T)
}

function walked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(walked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' && TEXTS.has(name) ? said(inner) : walked(inner),
    ]),
  )
}
