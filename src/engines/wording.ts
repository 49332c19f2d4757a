/** Values of records in words for paper: numbers, days, moments, money, in one language and zone. */
import { wholeUnits } from './money.ts'
import { say, speaks } from './say.ts'

/** A reference is shown by its title, money in its minor units. */
export type WordedCell =
  | null
  | string
  | number
  | boolean
  | { readonly title: string }
  | { readonly minor: number; readonly currency: string }
  | readonly (string | { readonly title: string })[]
export interface WordedColumn {
  readonly kind: string
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}
/** Kinds of column whose values stand at its end. */
export const NUMBER_KINDS: ReadonlySet<string> = new Set(['number', 'duration', 'money'])

/** The language of what is printed, as ISO 639-1: a disguised English is English. */
export function spokenLanguage(): string {
  return /^[a-z]{2}/.exec(speaks()?.tag ?? 'en')?.[0] ?? 'en'
}

/** Values in words, in one language and zone. */
export class Wording {
  readonly #locale: string
  readonly #number: Intl.NumberFormat
  readonly #percent: Intl.NumberFormat
  readonly #day: Intl.DateTimeFormat
  readonly #month: Intl.DateTimeFormat
  readonly #instant: Intl.DateTimeFormat
  /** @param language ISO 639-1, see `spokenLanguage` */
  constructor(language: string, timeZone: string) {
    const locale = language === 'en' ? 'en-GB' : language
    this.#locale = locale
    this.#number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
    this.#percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
    const day = { day: 'numeric', month: 'short', year: 'numeric' } as const
    this.#day = new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' })
    this.#month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
    this.#instant = new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit', timeZone, timeZoneName: 'short' }) // oxfmt-ignore
  }
  number(value: number): string {
    return this.#number.format(value)
  }
  day(iso: string): string {
    return dated(this.#day, `${iso.slice(0, 10)}T00:00:00Z`, iso)
  }
  instant(iso: string): string {
    return dated(this.#instant, iso, iso)
  }
  name({ text, kind }: { readonly text: string; readonly kind: string }): string {
    if (kind === 'month') return dated(this.#month, `${text}T00:00:00Z`, text)
    if (kind === 'quarter') return `${text.slice(0, 4)} Q${Math.ceil(Number(text.slice(5, 7)) / 3)}`
    if (kind === 'year') return text.slice(0, 4)
    return kind === 'day' || kind === 'week' ? this.day(text) : text
  }
  measured(value: number | null, unit: string): string {
    if (value === null) return say`no value`
    if (unit === 'share') return this.#percent.format(value)
    if (unit === 'minutes') return this.minutes(value)
    if (unit.startsWith('money:')) return this.money({ minor: value, currency: unit.slice('money:'.length) })
    return unit === 'count' || unit === '' ? this.number(value) : `${this.number(value)} ${unit}`
  }
  minutes(value: number): string {
    if (value < 60) return say`${this.number(value)} min`
    return say`${this.number(Math.round(value / 6) / 10)} h`
  }
  cell(column: WordedColumn | undefined, cell: WordedCell): string {
    if (cell === null) return ''
    if (isList(cell)) return cell.map((one) => (typeof one === 'string' ? one : one.title)).join(', ')
    if (typeof cell === 'boolean') return cell ? say`yes` : say`no`
    if (typeof cell === 'number') return column?.kind === 'duration' ? this.minutes(cell) : this.number(cell)
    if (typeof cell === 'string') return this.#text(column, cell)
    if ('title' in cell) return cell.title
    return this.money(cell)
  }
  /** In the smallest unit of its currency. */
  money({ minor, currency }: { readonly minor: number; readonly currency: string }): string {
    return new Intl.NumberFormat(this.#locale, { style: 'currency', currency }).format(wholeUnits(minor, currency))
  }
  #text(column: WordedColumn | undefined, cell: string): string {
    if (column?.kind === 'day') return this.day(cell)
    if (column?.kind === 'instant') return this.instant(cell)
    return column?.options?.find(({ value }) => value === cell)?.label ?? cell
  }
}
function dated(format: Intl.DateTimeFormat, iso: string, otherwise: string): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? otherwise : format.format(at)
}
function isList(cell: WordedCell): cell is readonly (string | { readonly title: string })[] {
  return Array.isArray(cell)
}
