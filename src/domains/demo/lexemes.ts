/** Words with their places, as PostgreSQL writes a tsvector: COPY takes it without a function call per row. */

/** Limits of the type (PostgreSQL manual, "Limitations"): positions up to 16383, at most 255 of them for a word. */
const mostPositions = 255
const lastPosition = 16_383

/** The tsvector of folded text (letters and digits between single spaces), as `to_tsvector('simple', …)` makes it. */
export function lexemes(folded: string): string {
  if (folded === '') return ''
  const places = new Map<string, number[]>()
  let at = 0
  for (const word of folded.split(' ')) {
    at = Math.min(at + 1, lastPosition)
    const list = places.get(word)
    if (list === undefined) places.set(word, [at])
    else if (list.length < mostPositions) list.push(at)
  }
  let text = ''
  for (const [word, list] of places) text += `${text === '' ? '' : ' '}'${word}':${list.join(',')}`
  return text
}
