/** Fields: the words of which every record is made. A field is plain data; its type parameter is what a row holds. */

/** C0 directory · C1 team · C2 person and line manager · C3 author only · C4 review panel · C5 case · C6 health. */
import type { z } from 'zod'
import type { Actor } from './actor.ts'
import type { Catalogue } from './catalogue.ts'

export type Confidentiality = 'C0' | 'C1' | 'C2' | 'C3' | 'C4' | 'C5' | 'C6'
export const TONES = ['good', 'warn', 'bad', 'info', 'hold', 'none'] as const
export type Tone = (typeof TONES)[number]
export interface Option {
  readonly value: string
  readonly label: string
  readonly tone?: Tone
}
export const FIELD_KINDS = [
  'text',
  'longText',
  'choice',
  'states',
  'number',
  'money',
  'boolean',
  'instant',
  'day',
  'duration',
  'ref',
  'refs',
  'any',
  'attachment',
  'email',
  'url',
  'ip',
  'json',
  'tags',
] as const
export type FieldKind = (typeof FIELD_KINDS)[number]

/** A reference as a row shows it. `number` is what people say: SVC-5. */
export interface Ref {
  readonly id: number
  readonly number: string
  readonly title: string
}
export interface AnyRef extends Ref {
  readonly record: string
}
/** Money in integer minor units with its ISO 4217 currency. */
export interface Money {
  readonly minor: number
  readonly currency: string
}

/** A file as a row shows it: what it is called, how large it is (bytes), and what its bytes say it is. */
export interface KeptFile {
  /** Of the content: 64 hexadecimal digits. */
  readonly sha256: string
  /** The name of the file, as its sender called it. */
  readonly title: string
  readonly size: number
  readonly type: string
}

export interface FieldOptions {
  readonly label?: string
  readonly help?: string
  /** Who may read it at most; C1 (the team) unless said otherwise. */
  readonly confidentiality?: Confidentiality
  readonly searchable?: boolean
  /** Of a reference: only what is still at work may be chosen, none whose workflow has come to its end. What is imported may name them, and what stands there stays. */
  readonly current?: boolean
  readonly default?: unknown
  /** Other names under which imports know it. */
  readonly aliases?: readonly string[]
}

export interface Field<out T = unknown> extends FieldOptions {
  readonly kind: FieldKind
  readonly required: boolean
  /** Set by the product (a move, a derivation), never by a request. */
  readonly stamped: boolean
  readonly max?: number
  readonly min?: number
  readonly unit?: string
  /** Which files: media types such as `application/pdf`, or `image/*`; any where it is not said. */
  readonly accept?: readonly string[]
  /** Of a file. */
  readonly mostBytes?: number
  readonly options?: readonly Option[]
  /** The record that a reference points to. */
  readonly to?: string
  /** Of a json value, for the API document. */
  readonly structure?: z.ZodType
  /** Of a json value of which not everybody who reads the row is shown the same. */
  readonly shown?: Shown
  /** Checks a json value; returns what is wrong, or nothing. */
  readonly check?: (value: unknown) => string | null
  readonly type?: T
}

/** One reader of one row. */
export interface ShownTo {
  readonly actor: Actor
  readonly catalogue: Catalogue
  /** Another field of the row, as it is kept. */
  readonly kept: (name: string) => unknown
}
/**
 * How a value that is kept whole is shown to each reader. The journal tells them only that it changed; the product itself
 * and the rules of a write get it as it is kept.
 */
export interface Shown {
  /** The fields that `show` asks for. */
  readonly by?: readonly string[]
  readonly show: (value: unknown, to: ShownTo) => unknown
  /** Whether a value that stands in the journal holds nothing that this reader is not shown. */
  readonly isWhole: (value: unknown, to: Omit<ShownTo, 'kept'>) => boolean
}

/** What may be sent as one file. */
export const MOST_FILE_BYTES = 50_000_000

function field<T>(kind: FieldKind, options: Partial<Field<T>>): Field<T> {
  return { help: '', required: true, stamped: false, ...options, kind }
}

type Choices = readonly (string | Option)[]
type ValueOf<O> = O extends string ? O : O extends { readonly value: infer V extends string } ? V : never

/** One line of text, at most `max` characters (200). Searchable unless told otherwise. */
export function text(options: FieldOptions & { max?: number } = {}): Field<string> {
  return field('text', { max: 200, searchable: true, ...options })
}
/** Markdown, shown sanitised; at most `max` characters (100,000). */
export function longText(options: FieldOptions & { max?: number } = {}): Field<string> {
  return field('longText', { max: 100_000, searchable: true, ...options })
}
/** One of a few values, in this order (the order is how they sort). */
export function choice<const O extends Choices>(
  options: O,
  more: FieldOptions | string = {},
): Field<ValueOf<O[number]>> {
  return field('choice', { ...described(more), options: options.map(option) })
}
/** The states of a workflow; the first one is where a record begins. Only moves change it. */
export function states<const O extends Choices>(
  options: O,
  more: FieldOptions | string = {},
): Field<ValueOf<O[number]>> {
  const all = options.map(option)
  return field('states', { label: 'Status', ...described(more), options: all, default: all[0]?.value, stamped: true })
}
/** A number with its unit ('%', 'people', 'kW'). */
export function number(options: FieldOptions & { unit?: string; min?: number; max?: number } = {}): Field<number> {
  return field('number', options)
}
export function money(options: FieldOptions = {}): Field<Money> {
  return field('money', options)
}
export function boolean(options: FieldOptions = {}): Field<boolean> {
  return field('boolean', { default: false, ...options })
}
/** A point in time; an ISO string in UTC. */
export function instant(options: FieldOptions = {}): Field<string> {
  return field('instant', options)
}
/** A calendar day without a zone: YYYY-MM-DD. */
export function day(options: FieldOptions = {}): Field<string> {
  return field('day', options)
}
/** A length of time in whole minutes. */
export function duration(options: FieldOptions = {}): Field<number> {
  return field('duration', { unit: 'minutes', min: 0, max: 10_000_000, ...options })
}
export function ref(to: string, options: FieldOptions = {}): Field<Ref> {
  return field('ref', { ...options, to })
}
export function refs(to: string, options: FieldOptions = {}): Field<readonly Ref[]> {
  return field('refs', { default: [], required: false, ...options, to })
}
export function person(options: FieldOptions = {}): Field<Ref> {
  return ref('person', options)
}
/** A reference to a record of any kind. */
export function any(options: FieldOptions = {}): Field<AnyRef> {
  return field('any', options)
}
/** A file, one a field; at most `mostBytes` (50 MB), of the types in `accept`. Found by its name unless told otherwise. */
export function attachment(
  options: FieldOptions & { accept?: readonly string[]; mostBytes?: number } = {},
): Field<KeptFile> {
  return field('attachment', { mostBytes: MOST_FILE_BYTES, searchable: true, ...options })
}
export function email(options: FieldOptions = {}): Field<string> {
  return field('email', { max: 320, searchable: true, ...options })
}
export function url(options: FieldOptions = {}): Field<string> {
  return field('url', { max: 2000, ...options })
}
/** An IP address or a network in CIDR notation. */
export function ip(options: FieldOptions = {}): Field<string> {
  return field('ip', options)
}
/**
 * Structured data with a check of its own; `check` answers what is wrong and what to do, or null. `structure` is what the
 * API document says of it; the check may ask for more. With `shown` it is kept in another form than it is read in.
 */
export function json<T>(
  check: (value: unknown) => string | null,
  options: FieldOptions & { readonly structure?: z.ZodType<T>; readonly shown?: Shown } = {},
): Field<T> {
  return field<T>('json', { ...options, check })
}
export function tags(options: FieldOptions = {}): Field<readonly string[]> {
  return field('tags', { default: [], required: false, ...options })
}

/** May be left empty. */
export function optional<T>(inner: Field<T>): Field<T | null> {
  return { ...inner, required: false }
}
/** Written by the product alone (a move stamps it, a derivation computes it). */
export function stamped<T>(inner: Field<T>): Field<T | null> {
  return { ...inner, required: false, stamped: true }
}

function option(value: string | Option): Option {
  return typeof value === 'string' ? { value, label: labelOf(value) } : value
}
function described(more: FieldOptions | string): FieldOptions {
  return typeof more === 'string' ? { help: more } : more
}
/** 'affectedServices' → 'Affected services'. */
export function labelOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]/g, ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
