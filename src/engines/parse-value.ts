/** Text of a cell to the value of a field, or a sentence for the person who has to mend it. */
import { everyWording, said, say, toSay } from './say.ts'
import { bare } from './mapping-shape.ts'
import { findDateForm } from './parse-date.ts'
import type { DateOrder, DateReading } from './parse-date.ts'
import { dayOf, instantOf } from './parse-instant.ts'
import type { ClockDoubt } from './parse-instant.ts'
import { findDecimalSign, moneyOf, numberOf } from './parse-number.ts'
import type { DecimalSign } from './parse-number.ts'
import { booleanOf, minutesOf, missingByDefault } from './parse-words.ts'

export interface ParsedField {
  label: string
  /** A field kind's name. */
  kind: string
  options?: readonly { value: string; label: string }[]
  /** Characters a text may have. */
  max?: number
}

export interface ParseOptions {
  /** Texts that stand for nothing, in lower case. */
  missing: readonly string[]
  /** Null until the question is answered; ISO dates are read all the same. */
  dateOrder: DateOrder | null
  /** IANA zone of times that name none. */
  zone: string
  decimalSign: DecimalSign | null
  /** ISO 4217, of amounts that name none. */
  currency: string
  /** Minutes that a bare number of a duration counts: 1, 60, or 1/60 for seconds. */
  durationUnit: number
  /** Between the parts of tags and many references. */
  listSeparator: RegExp
  /** Words of the file to values of a choice, keys in lower case. */
  choices: Readonly<Record<string, string>>
}

export const defaultParseOptions: ParseOptions = {
  missing: missingByDefault,
  dateOrder: null,
  zone: 'UTC',
  decimalSign: null,
  currency: 'EUR',
  durationUnit: 1,
  listSeparator: /[;,\n]/,
  choices: {},
}

/** `because` says what is wrong, `todo` what to do. */
export interface Complaint {
  because: string
  todo: string
}
/** `value` null is a missing value; a `doubt` is told, and the value taken all the same. */
export type Parsed = { value: unknown; doubt?: Complaint } | Complaint

/** A question that only the person can answer, with every reading. */
export interface ParseQuestion {
  about: 'dateOrder'
  sample: string
  readings: DateReading[]
  text: string
}

/** What the samples of a whole column say about its form. */
export function findParseOptions(
  kind: string,
  samples: readonly string[],
): { options: Partial<ParseOptions>; question: ParseQuestion | null } {
  if (kind === 'number' || kind === 'money')
    return { options: { decimalSign: findDecimalSign(samples) }, question: null }
  if (kind !== 'instant' && kind !== 'day') return { options: {}, question: null }
  const form = findDateForm(samples)
  if (form.state === 'found') return { options: { dateOrder: form.order }, question: null }
  if (form.state === 'none') return { options: {}, question: null }
  const readings = form.readings.map((reading) => `${reading.example} (${reading.text})`).join(' or ')
  return {
    options: {},
    question: {
      about: 'dateOrder',
      sample: form.sample,
      readings: form.readings,
      text: say`Is ${form.sample} ${readings}?`,
    },
  }
}

/** References, persons and attachments stay text: who knows the records looks them up. */
export function parseValue(cell: string, field: ParsedField, options: ParseOptions): Parsed {
  const text = cell.trim()
  if (options.missing.includes(text.toLowerCase())) return { value: null }
  if (field.options && field.options.length > 0) return choice(text, field, options)
  const parse = byKind[field.kind]
  return parse ? parse(text, field, options) : plainText(cell, field)
}

type Parser = (text: string, field: ParsedField, options: ParseOptions) => Parsed

const byKind: Readonly<Record<string, Parser>> = {
  number: (text, field, options) => taken(numberOf(text.replace(/%$/, ''), options.decimalSign), text, field),
  money: (text, field, options) => taken(moneyOf(text, options.decimalSign, options.currency), text, field),
  boolean: (text, field) => taken(booleanOf(text), text, field),
  duration: (text, field, options) => taken(minutesOf(text, options.durationUnit), text, field),
  instant: date,
  day: date,
  email: (text, field) => taken(isEmail(text) ? text : null, text, field),
  url: (text, field) => taken(urlOf(text), text, field),
  ip: (text, field) => taken(isAddress(text) ? text : null, text, field),
  json: (text, field) => jsonOf(text) ?? taken(null, text, field),
  tags: list,
  refs: list,
}

/** By kind: what a text is not, and what to do. */
const advice: Readonly<Record<string, readonly [string, string]>> = {
  number: [toSay('a number'), toSay('Write it like 1234.5, or choose the decimal sign of the column.')],
  money: [toSay('an amount of money'), toSay('Write it like 1234.50 EUR.')],
  boolean: [toSay('yes or no'), toSay('Write yes or no.')],
  duration: [toSay('a duration'), toSay('Write it like 1h 30m, 01:30 or 90.')],
  instant: [
    toSay('a date and time'),
    toSay('Write it like 2026-03-01 08:15, or choose the form of the column’s dates.'),
  ],
  day: [toSay('a day of the calendar'), toSay('Write it like 2026-03-01, or choose the form of the column’s dates.')],
  email: [toSay('an e-mail address'), toSay('Write it like name@example.com.')],
  url: [toSay('a web address'), toSay('Write it with https:// in front.')],
  ip: [toSay('an IP address or network'), toSay('Write it like 192.0.2.10, 192.0.2.0/24 or 2001:db8::1.')],
  json: [toSay('JSON'), toSay('Write it like {"name": "value"}.')],
}

function taken(value: unknown, text: string, field: ParsedField): Parsed {
  if (value !== null) return { value }
  const [what, todo] = advice[field.kind] ?? [
    toSay('a value of this field'),
    toSay('Write it differently, or leave it out.'),
  ]
  return { because: say`${said(field.label)}: “${shown(text)}” is not ${said(what)}.`, todo: said(todo) }
}

function choice(text: string, field: ParsedField, options: ParseOptions): Parsed {
  const mapped = options.choices[text.toLowerCase()]
  const known = field.options ?? []
  const word = (mapped ?? text).toLowerCase()
  const isSaid = ({ value, label }: { value: string; label: string }, as: (text: string) => string): boolean =>
    as(value) === as(word) || everyWording(label, 'option').some((one) => as(one) === as(word))
  const exact = known.find((option) => isSaid(option, (one) => one.toLowerCase()))
  const match = exact ?? known.find((option) => isSaid(option, bare))
  if (match) return { value: match.value }
  const names = known
    .slice(0, 8)
    .map(({ label }) => said(label, 'option'))
    .join(', ')
  return {
    because: say`${said(field.label)}: “${shown(text)}” is none of its choices.`,
    todo: say`Use one of: ${names}${known.length > 8 ? ', …' : ''}; or say in the mapping which of them it means.`,
  }
}

function date(text: string, field: ParsedField, options: ParseOptions): Parsed {
  const order = /^\d{4}-\d/.test(text) ? 'ymd' : (options.dateOrder ?? certainOrder(text))
  if (order === null) {
    return {
      because: say`${said(field.label)}: “${shown(text)}” may be read day first or month first.`,
      todo: say`Say in the mapping in which order the dates of this column are written.`,
    }
  }
  if (field.kind === 'day') return taken(dayOf(text, order), text, field)
  const read = instantOf(text, order, options.zone)
  const doubt = read?.doubt ?? null
  if (read === null || doubt === null) return taken(read?.iso ?? null, text, field)
  return { value: read.iso, doubt: told(doubt, [said(field.label), shown(text)], read.iso, options.zone) }
}

function told(
  { kind, offset, other }: ClockDoubt,
  [label, cell]: readonly [string, string],
  iso: string,
  zone: string,
): Complaint {
  if (kind === 'twice')
    return {
      because: say`${label}: “${cell}” came twice in ${zone}, because the clock was put back. The first one (${offset}) is taken.`,
      todo: say`If the second one is meant, write ${other} behind the time.`,
    }
  const clock = Temporal.Instant.from(iso).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })
  return {
    because: say`${label}: “${cell}” never came in ${zone}, because the clock was put forward past it. It is taken as ${clock} (${offset}).`,
    todo: say`Correct it, or write the offset behind the time.`,
  }
}

function certainOrder(text: string): DateOrder | null {
  const form = findDateForm([text])
  if (form.state === 'found') return form.order
  return form.state === 'none' ? 'ymd' : null
}

function plainText(cell: string, field: ParsedField): Parsed {
  const text = field.kind === 'longText' ? cell.trimEnd() : cell.trim()
  if (field.max === undefined || text.length <= field.max) return { value: text }
  return {
    because: say`${said(field.label)} has ${text.length} characters; at most ${field.max} fit.`,
    todo: say`Shorten it, or map the column to a field for long text.`,
  }
}

function list(text: string, _field: ParsedField, options: ParseOptions): Parsed {
  const parts = text.startsWith('[') ? jsonList(text) : null
  return {
    value: [
      ...new Set((parts ?? text.split(options.listSeparator)).map((part) => part.trim()).filter((part) => part !== '')),
    ],
  }
}

function jsonList(text: string): string[] | null {
  const parsed = jsonOf(text)
  return parsed && Array.isArray(parsed.value) && parsed.value.every((part) => typeof part === 'string')
    ? parsed.value
    : null
}

function jsonOf(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null // The caller says so in the person's words.
  }
}

// Only addresses a browser opens: javascript: and data: are refused here already.
function urlOf(text: string): string | null {
  const url = URL.parse(text)
  return url && ['http:', 'https:', 'ftp:', 'mailto:', 'ssh:'].includes(url.protocol) ? text : null
}

function isAddress(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  if (more !== undefined) return false
  const isV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(address)
  const isV6 = !isV4 && address.includes(':') && /^[0-9a-f:.]+$/i.test(address) && URL.canParse(`http://[${address}]/`)
  return (isV4 || isV6) && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isV4 ? 32 : 128)))
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** The longest address that mail can carry has 320 characters (RFC 5321, 4.5.3.1). */
function isEmail(text: string): boolean {
  return text.length <= 320 && /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text)
}
