// What could stand where somebody types in a filter: names of fields, then their values. The grammar itself is the server's.

export interface Offer {
  /** What is put in place of what was typed. */
  text: string
  /** What it means; empty where the text says it. */
  about: string
}
/** What a filter may name, as the record declares it. */
export interface Known {
  name: string
  label: string
  /** What may stand behind it; empty where that is asked of the server or is free. */
  values: readonly { value: string; label: string }[]
}
/** The piece of the filter in which the caret stands. */
export interface Piece {
  from: number
  to: number
  /** Up to the caret, without a leading `-`. */
  typed: string
  /** The field whose value is being typed; null while its name is. */
  field: string | null
  /** The value begun, up to the caret. */
  begun: string
}

/** Pieces end at spaces outside quotes. */
export function pieceAt(text: string, caret: number): Piece {
  let from = 0
  let isQuoted = false
  for (let at = 0; at < caret; at++) {
    if (text[at] === '"') isQuoted = !isQuoted
    else if (text[at] === ' ' && !isQuoted) from = at + 1
  }
  const end = text.indexOf(' ', caret)
  const piece = text.slice(from, caret)
  const not = piece.startsWith('-') ? 1 : 0
  const typed = piece.slice(not)
  const [, field = null, values = ''] = /^([A-Za-z][\w.]*)(?:>=|<=|>|<|:|~)(.*)$/.exec(typed) ?? []
  const begun = field === null ? typed : (values.split(',').at(-1) ?? '').replaceAll('"', '')
  return { from: from + not, to: end < 0 || isQuoted ? caret : end, typed, field, begun }
}

const offeredAtMost = 8

/** Fields whose name or label begins like what was typed, or values of the field that was named. */
export function offers(piece: Piece, known: readonly Known[], found: Known['values'] = []): Offer[] {
  const begins = (one: string) => one.toLowerCase().startsWith(piece.begun.toLowerCase())
  const hasWord = (label: string) => label.split(/\s+/).some(begins)
  if (piece.field === null)
    return known
      .filter(({ name, label }) => begins(name) || hasWord(label))
      .slice(0, offeredAtMost)
      .map(({ name, label }) => ({ text: `${name}:`, about: label }))
  const values = known.find(({ name }) => name === piece.field)?.values ?? []
  const before = piece.typed.slice(0, piece.typed.length - tailLength(piece))
  return [...values.filter(({ value, label }) => begins(value) || hasWord(label)), ...found]
    .slice(0, offeredAtMost)
    .map(({ value, label }) => ({ text: `${before}${quoted(value)}`, about: label === value ? '' : label }))
}

/** The filter with the offer in place of the piece, and where the caret stands then: behind a space once a value is whole. */
export function taken(text: string, piece: Piece, offer: Offer): { text: string; caret: number } {
  const isWhole = !offer.text.endsWith(':')
  const rest = text.slice(piece.to)
  const gap = isWhole && !rest.startsWith(' ') ? ' ' : ''
  const made = `${text.slice(0, piece.from)}${offer.text}${gap}`
  return { text: made + rest, caret: made.length + (isWhole && gap === '' ? 1 : 0) }
}

function tailLength({ typed }: Piece): number {
  return typed.length - 1 - Math.max(...[':', '>', '<', '=', '~', ','].map((sign) => typed.lastIndexOf(sign)))
}
function quoted(value: string): string {
  return /[\s,"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value
}
