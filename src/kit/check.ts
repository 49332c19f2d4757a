/** Checks what was sent against a record's declaration; every problem says where it is and what to do. */
import { fileName } from '#engines/file-name.ts'
import { said, say } from '#engines/say.ts'
import type { Field } from './field.ts'
import { labelOf } from './field.ts'
import type { FieldProblem } from './problem.ts'
import { isIP, isIPv6 } from 'node:net'

/** A value that fits, or why it does not. References come out as `{ref}`: the store looks them up. */
export type Checked = { readonly value: unknown } | { readonly because: string }

/** A character that is seen: no space, and none that takes no room (Unicode: Default_Ignorable_Code_Point). */
const SEEN = /[^\s\p{Default_Ignorable_Code_Point}]/u
const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/

/** One value against one field. Null and text in which nothing is seen are empty; whether empty is allowed is the caller's question. */
export function checkValue(field: Field, value: unknown): Checked {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return checkText(field, value)
    case 'choice':
    case 'states':
      return checkChoice(field, value)
    case 'number':
      return checkNumber(field, value)
    case 'duration':
      return Number.isInteger(value) ? checkNumber(field, value) : { because: say`Give whole minutes, such as 90.` }
    case 'boolean':
      return typeof value === 'boolean' ? { value } : { because: say`Give true or false.` }
    case 'instant':
      return checkInstant(value)
    case 'day':
      return checkDay(value)
    case 'money':
      return checkMoney(value)
    case 'email':
      return checkEmail(value)
    case 'url':
      return checkUrl(field, value)
    case 'ip':
      return checkIp(value)
    case 'json':
      return checkJson(field, value)
    case 'tags':
      return checkTags(value)
    case 'attachment':
      return checkFile(value)
    case 'ref':
    case 'refs':
    case 'any':
      return { value }
  }
}

/** Nothing is said: null, no item, or a text in which nothing is seen. */
export function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return !SEEN.test(value)
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}
export function problem(name: string, detail: string): FieldProblem {
  return { pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, detail }
}
export function missing(name: string, field: Field): FieldProblem {
  return problem(name, say`${said(field.label ?? labelOf(name))} is needed.`)
}

function checkText(field: Field, value: unknown): Checked {
  if (typeof value !== 'string') return { because: say`Give text.` }
  if (value.includes('\u0000')) return { because: say`The text holds a NUL character; remove it.` }
  const clean = (field.kind === 'text' ? value.replace(/[\r\n\t]+/g, ' ').trim() : value).toWellFormed()
  const max = field.max ?? 200
  if (clean.length > max) return { because: say`At most ${max} characters; this has ${clean.length}.` }
  return { value: clean }
}
/** Which content, and what it is called; whether it is there and for whom is looked up when the draft is read. */
function checkFile(value: unknown): Checked {
  const said = typeof value === 'string' ? { sha256: value } : value
  const isFile = typeof said === 'object' && said !== null && 'sha256' in said
  if (!isFile || typeof said.sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(said.sha256))
    return { because: say`Upload the file first (POST /uploads) and give what that answers.` }
  const title = 'title' in said ? said.title : null
  return typeof title === 'string' && title !== ''
    ? { value: { sha256: said.sha256, title: fileName(title) } }
    : { value: { sha256: said.sha256 } }
}
function checkChoice(field: Field, value: unknown): Checked {
  const options = field.options ?? []
  if (options.some((option) => option.value === value)) return { value }
  return { because: say`Choose one of: ${options.map((option) => option.value).join(', ')}.` }
}
function checkNumber(field: Field, value: unknown): Checked {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { because: say`Give a number.` }
  if (field.min !== undefined && value < field.min) return { because: say`At least ${field.min}; this is ${value}.` }
  const max = field.max ?? 1e15
  if (value > max || value < -1e15) return { because: say`At most ${max}; this is ${value}.` }
  return { value }
}
function checkInstant(value: unknown): Checked {
  if (typeof value !== 'string' || !INSTANT.test(value))
    return { because: say`Give a point in time with its zone, such as 2026-11-21T14:30:00Z.` }
  const at = instantOf(value)
  if (at === null) return { because: say`${value} is not a date that exists.` }
  if (at.getUTCFullYear() < 1900 || at.getUTCFullYear() > 2200)
    return { because: say`${value} is not between the years 1900 and 2200.` }
  return { value: at.toISOString() }
}
/** Date alone would take 30 February for 2 March. */
function instantOf(text: string): Date | null {
  try {
    return new Date(Temporal.Instant.from(text).epochMilliseconds)
  } catch {
    return null // Temporal throws RangeError for what is no date; the caller says so to the person
  }
}
function checkDay(value: unknown): Checked {
  if (typeof value !== 'string' || !DAY.test(value))
    return { because: say`Give a day as year-month-day, such as 2026-11-21.` }
  const at = new Date(`${value}T00:00:00Z`)
  const real = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)
  const year = Number(value.slice(0, 4))
  return real && year >= 1900 && year <= 2200
    ? { value }
    : { because: say`${value} is not a day between 1900 and 2200.` }
}
function checkMoney(value: unknown): Checked {
  if (typeof value !== 'object' || value === null || !('minor' in value) || !('currency' in value))
    return { because: say`Give {"minor": 123400, "currency": "EUR"}.` }
  if (!Number.isSafeInteger(value.minor)) return { because: say`The amount is a whole number of minor units (cents).` }
  if (typeof value.currency !== 'string' || !/^[A-Z]{3}$/.test(value.currency))
    return { because: say`The currency is three capital letters, such as EUR.` }
  return { value: { minor: value.minor, currency: value.currency } }
}
function checkEmail(value: unknown): Checked {
  const clean = typeof value === 'string' ? value.trim() : ''
  const fits = clean.length <= 320 && /^[^\s@<>"',;\u0000]+@[^\s@<>"',;\u0000]+$/.test(clean)
  return fits ? { value: clean } : { because: say`Give one e-mail address, such as ines@example.org.` }
}
function checkUrl(field: Field, value: unknown): Checked {
  if (typeof value !== 'string' || value.length > (field.max ?? 2000) || value.includes('\u0000'))
    return { because: say`Give a web address that begins with https://.` }
  const parsed = URL.canParse(value.trim()) ? new URL(value.trim()) : null
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol))
    return { because: say`Give a web address that begins with https:// or http://.` }
  return { value: parsed.href }
}
function checkIp(value: unknown): Checked {
  const [address, bits, more] = typeof value === 'string' ? value.trim().split('/') : []
  const family = address === undefined || address.includes('%') ? 0 : isIP(address)
  const size = family === 4 ? 32 : 128
  const fits =
    family !== 0 && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= size))
  return fits
    ? { value: plainAddress(address ?? '', bits === undefined || Number(bits) === size ? '' : `/${Number(bits)}`) }
    : { because: say`Give an IP address or a network, such as 10.2.0.7 or 10.2.0.0/16.` }
}
/** As the database gives it back: IPv6 in its short form, no mask on a single address. */
function plainAddress(address: string, mask: string): string {
  if (!isIPv6(address) || address.includes('.')) return `${address.toLowerCase()}${mask}`
  return `${new URL(`http://[${address}]`).hostname.slice(1, -1)}${mask}`
}
function checkJson(field: Field, value: unknown): Checked {
  // Depth first: writing a very deep structure as text would exhaust the stack.
  if (hasNul(value, 0)) return { because: say`This structure is nested too deeply or holds a NUL character.` }
  const size = JSON.stringify(value)?.length ?? 0
  if (size > 1_000_000) return { because: say`This structure is larger than one megabyte; split it.` }
  const because = field.check?.(value) ?? null
  return because === null ? { value } : { because }
}
function hasNul(value: unknown, depth: number): boolean {
  if (depth > 30) return true
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed()
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]) => key.includes('\u0000') || hasNul(inner, depth + 1))
}
function checkTags(value: unknown): Checked {
  if (!Array.isArray(value) || value.length > 50) return { because: say`Give a list of at most 50 words.` }
  const clean = value.map((tag) => (typeof tag === 'string' ? tag.trim().toLowerCase() : ''))
  if (clean.some((tag) => !/^[^\s,"\u0000]{1,40}$/.test(tag) || !tag.isWellFormed()))
    return { because: say`A tag is one word of at most 40 characters, without commas.` }
  return { value: [...new Set(clean)] }
}
