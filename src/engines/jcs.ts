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
  const plain = inOrder(value)
  return plain === UNSURE ? written(value, null) : JSON.stringify(plain)
}

const UNSURE = Symbol('for the careful way')
/**
 * The value with its members in order, as JSON.stringify then writes it in canonical form at a third of the cost; UNSURE
 * for whatever JSON.stringify would write otherwise, or leave out.
 */
function inOrder(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : UNSURE
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : UNSURE
  if (typeof value !== 'object') return UNSURE
  return Array.isArray(value) ? items(value) : members(value as Readonly<Record<string, unknown>>) // read by own keys
}
function items(list: readonly unknown[]): unknown {
  let made: unknown[] | null = null
  for (let nth = 0; nth < list.length; nth++) {
    const item = inOrder(list[nth])
    if (item === UNSURE) return UNSURE
    if (item !== list[nth]) made ??= [...list]
    if (made !== null) made[nth] = item
  }
  return made ?? list
}
function members(of: Readonly<Record<string, unknown>>): unknown {
  if ('toJSON' in of) return UNSURE
  const keys = Object.keys(of)
  let isSame = true
  let last = ''
  const sides: unknown[] = []
  for (const key of keys) {
    const side = inOrder(of[key])
    if (side === UNSURE || !isPlain(key)) return UNSURE
    isSame &&= side === of[key] && last <= key
    last = key
    sides.push(side)
  }
  if (isSame) return of
  const made: Record<string, unknown> = {}
  for (const key of keys.toSorted()) made[key] = sides[keys.indexOf(key)]
  return made
}
/** Keys that are whole numbers come first in an object, wherever they were put. */
function isPlain(key: string): boolean {
  const first = key.charCodeAt(0)
  return !(first >= 48 && first <= 57) && key !== '__proto__' && key.isWellFormed()
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
