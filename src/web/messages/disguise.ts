// English in disguise, for trying screens: what does not look like ⟦Ŝéé⟧ did not come from the catalogue, and everything is a third longer.
const PLAIN = 'aceghijlnosuwyzACEGHIJLNOSUWYZ'
const OTHER = 'âçéĝĥîĵļñôšûŵýžÂÇÉĜĤÎĴĻÑÔŠÛŴÝŽ'

/** The same catalogue, each text and what each function says in disguise. */
export function disguised<T>(words: T): T {
  return walked(words) as T
}

function walked(value: unknown): unknown {
  if (typeof value === 'string') return inDisguise(value)
  if (typeof value === 'function') return (...filled: unknown[]) => walked(value(...filled))
  if (Array.isArray(value)) return value.map(walked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walked(inner)]))
}

function inDisguise(text: string): string {
  if (text === '') return text
  const letters = Array.from(text, (letter) => OTHER[PLAIN.indexOf(letter)] ?? letter).join('')
  return `⟦${letters}${'·'.repeat(text.length / 3)}⟧`
}
