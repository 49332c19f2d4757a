/**
 * Canonical JSON (RFC 8785): one text per value, so that a hash of it can be computed again anywhere. Numbers and
 * strings are written as ECMAScript does, members are sorted by UTF-16 code units.
 */

/** The value has no canonical JSON; `pointer` (RFC 6901) says where. */
export class NotCanonical extends Error {
  override name = 'NotCanonical'
  readonly pointer: string

  constructor(pointer: string, what: string) {
    super(`${what} at "${pointer}" has no canonical JSON. Store it as text, a number or null.`)
    this.pointer = pointer
  }
}

/**
 * Canonical JSON of a value. As in JSON.stringify an object's toJSON is used and members that are undefined are left out.
 * @throws NotCanonical for numbers that are not finite, lone surrogates, undefined elsewhere, bigints, symbols and functions
 */
export function canonical(value: unknown): string {
  return written(value, '')
}

function written(value: unknown, pointer: string): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return text(value, pointer)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotCanonical(pointer, String(value))
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item, index) => written(item, `${pointer}/${index}`)).join(',')}]`
  if (typeof value !== 'object')
    throw new NotCanonical(pointer, value === undefined ? 'undefined' : `A ${typeof value}`)
  if ('toJSON' in value && typeof value.toJSON === 'function') return written(value.toJSON(), pointer)
  return object(value, pointer)
}

function object(value: object, pointer: string): string {
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  // Strings compare by UTF-16 code units, which is the order of RFC 8785 3.2.3.
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${text(key, pointer)}:${written(member, `${pointer}/${key}`)}`).join(',')}}`
}

function text(value: string, pointer: string): string {
  if (!value.isWellFormed()) throw new NotCanonical(pointer, 'Text with half a character')
  return JSON.stringify(value)
}
