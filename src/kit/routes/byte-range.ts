/** Which part of a file a request asks for: players of sound and film fetch what they need and jump about in it (RFC 9110, 14). */

export interface ByteRange {
  /** The first byte and the last, both counted from 0 and both included. */
  readonly from: number
  readonly to: number
}

/**
 * One range alone is answered. @param size of the whole, in bytes. @returns null where the whole is to be answered: without
 * a range, with several, and with one that cannot be read or lies outside, all of which a server may ignore (14.2)
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return null
  const range =
    first === ''
      ? { from: Math.max(0, size - Number(last)), to: size - 1 }
      : { from: Number(first), to: last === '' ? size - 1 : Math.min(size - 1, Number(last)) }
  return range.from <= range.to ? range : null
}
