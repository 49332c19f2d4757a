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
  return written(value, null)
}

/** Where in the value, from the inside out: made into a pointer only for a refusal, as every write comes through here. */
interface Place {
  readonly above: Place | null
  readonly key: string | number
}

function written(value: unknown, place: Place | null): string {
  if (typeof value === 'string') return text(value, place)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotCanonical(pointer(place), String(value))
    return String(Object.is(value, -0) ? 0 : value)
  }
  if (typeof value !== 'object')
    throw new NotCanonical(pointer(place), value === undefined ? 'undefined' : `A ${typeof value}`)
  if (Array.isArray(value)) return `[${value.map((item, key) => written(item, { above: place, key })).join(',')}]`
  if ('toJSON' in value && typeof value.toJSON === 'function') return written(value.toJSON(), place)
  return object(value, place)
}

function object(value: object, place: Place | null): string {
  let members = ''
  // Strings compare by UTF-16 code units, which is the order of RFC 8785 3.2.3; sort() without a function does that.
  for (const key of Object.keys(value).sort()) {
    const member = (value as Readonly<Record<string, unknown>>)[key] // an own member, by its own key
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${text(key, place)}:${written(member, { above: place, key })}`
  }
  return `{${members}}`
}

function text(value: string, place: Place | null): string {
  if (!value.isWellFormed()) throw new NotCanonical(pointer(place), 'Text with half a character')
  return JSON.stringify(value)
}

function pointer(place: Place | null): string {
  return place === null ? '' : `${pointer(place.above)}/${place.key}`
}
