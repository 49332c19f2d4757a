// Values as words, in the person's locale and time zone. Storage is UTC instants, ISO days, minor units and minutes.
import { messages } from '../messages/messages.ts'
import { spokenTag } from '../messages/language.ts'
import type { KeptFile, Me, Money, Ref } from '../data/contract.ts'

let chosen: Pick<Me, 'locale' | 'timeZone' | 'orgTimeZone'> | null = null
let built: { for: string; formats: Formats } | null = null

/** Called when the person is known, and again when they choose otherwise. An unknown zone or locale falls back to the browser's. */
export function setPerson(me: Pick<Me, 'locale' | 'timeZone' | 'orgTimeZone'>): void {
  chosen = me
}

/** How the spoken language is written here: as the browser has it, if it speaks the same. Bare `en` says no country: then the international way (24 hours, day before month). */
export function usualLocale(): string {
  const language = spokenTag().slice(0, 2)
  const own = browserTags().find((tag) => tag.split('-')[0] === language && tag !== 'en')
  return own ?? (language === 'en' ? 'en-GB' : language)
}

function browserTags(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : (navigator.languages ?? [])
}

/** The locale of dates and numbers now. */
export function personLocale(): string {
  return chosen?.locale || usualLocale()
}

export function personZone(): string {
  return chosen?.timeZone || usualZone()
}

/** The browser's. */
export function usualZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The formats of now: made again when the person, or what is spoken, has changed. */
function formats(): Formats {
  const key = `${chosen?.locale ?? spokenTag()} ${chosen?.timeZone ?? ''} ${chosen?.orgTimeZone ?? ''}`
  if (built?.for === key) return built.formats
  try {
    built = { for: key, formats: build(personLocale(), personZone()) }
  } catch {
    built = { for: key, formats: build(usualLocale(), usualZone()) }
  }
  return built.formats
}

interface Formats {
  locale: string
  timeZone: string
  day: Intl.DateTimeFormat
  instant: Intl.DateTimeFormat
  /** The day of an instant. */
  date: Intl.DateTimeFormat
  short: Intl.DateTimeFormat
  time: Intl.DateTimeFormat
  full: Intl.DateTimeFormat
  month: Intl.DateTimeFormat
  /** The organisation's zone and how to write a time in it; null where that is the person's own. */
  there: { timeZone: string; format: Intl.DateTimeFormat } | null
  number: Intl.NumberFormat
  percent: Intl.NumberFormat
  relative: Intl.RelativeTimeFormat
}

function build(locale: string, timeZone: string): Formats {
  return {
    locale,
    timeZone,
    day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
    instant: new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    }),
    date: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone }),
    short: new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    }),
    time: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }),
    full: new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', timeZone }),
    number: new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }),
    there: zoneOfOthers(locale, timeZone),
    percent: new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }),
    month: new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
  }
}

function zoneOfOthers(locale: string, own: string): Formats['there'] {
  const timeZone = chosen?.orgTimeZone
  if (timeZone === undefined || timeZone === own) return null
  return { timeZone, format: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }) }
}

export function isRef(value: unknown): value is Ref {
  return typeof value === 'object' && value !== null && 'number' in value && 'id' in value
}

/** What a field that holds a file keeps. */
export function isFile(value: unknown): value is KeptFile {
  return typeof value === 'object' && value !== null && 'sha256' in value && 'title' in value
}

export function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value
}

/** `iso` is an instant such as 2026-11-21T08:00:00Z; an unreadable one is shown as it is. */
export function instantText(iso: string): string {
  return dated(iso, formats().instant)
}

/** Without the year when it is this year's. */
export function instantShort(iso: string): string {
  return dated(iso, isThisYears(iso) ? formats().short : formats().instant)
}

/** For a column: of another year the day alone, whose time nobody compares and which would be cut. */
export function instantBrief(iso: string): string {
  return dated(iso, isThisYears(iso) ? formats().short : formats().date)
}

function isThisYears(iso: string): boolean {
  return iso.slice(0, 4) === new Date().toISOString().slice(0, 4)
}

/** In full, in the person's zone; on a second line as the clocks of the organisation show it, where they show something else. */
export function instantFull(iso: string): string {
  const own = dated(iso, formats().full)
  const there = formats().there
  if (there === null) return own
  const at = Date.parse(iso)
  if (Number.isNaN(at) || offsetMs(at, there.timeZone) === offsetMs(at, formats().timeZone)) return own
  return `${own}\n${messages.values.there(there.timeZone, there.format.format(at))}`
}

/** The time of day of an instant, in milliseconds: "20:19". */
export function timeText(at: number): string {
  return formats().time.format(at)
}

export function dayText(iso: string): string {
  return dated(`${iso.slice(0, 10)}T00:00:00Z`, formats().day)
}

/** What screens that lay out days say of them: "Thu", "22", "November 2026", "Thursday 22 November 2026". */
const dayParts = {
  weekday: { weekday: 'short' },
  date: { day: 'numeric' },
  dayMonth: { day: 'numeric', month: 'short' },
  dayMonthYear: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'short' },
  monthName: { month: 'long' },
  monthYear: { month: 'long', year: 'numeric' },
  whole: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
} satisfies Record<string, Intl.DateTimeFormatOptions>
const partFormats = new Map<string, Intl.DateTimeFormat>()

/** One part of an ISO day, as the locale writes it. */
export function dayPart(day: string, part: keyof typeof dayParts): string {
  const { locale } = formats()
  const key = `${locale} ${part}`
  const format = partFormats.get(key) ?? new Intl.DateTimeFormat(locale, { ...dayParts[part], timeZone: 'UTC' })
  partFormats.set(key, format)
  return dated(`${day}T00:00:00Z`, format)
}

/** Today on the person's clocks. */
export function todayHere(now = Date.now()): string {
  return localInput(new Date(now).toISOString()).slice(0, 10)
}

/** The weekday on which weeks begin here: 1 is Monday, 7 Sunday. */
export function firstWeekday(): number {
  return weekStart(formats().locale)
}

function dated(iso: string, format: Intl.DateTimeFormat): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : format.format(at)
}

/** "3 minutes ago", "in 2 days", "2 years ago". */
export function relativeText(iso: string, now = Date.now()): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000)
  const size = Math.abs(seconds)
  if (size < 60) return formats().relative.format(seconds, 'second')
  if (size < 3600) return formats().relative.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return formats().relative.format(Math.round(seconds / 3600), 'hour')
  const days = Math.round(seconds / 86_400)
  if (Math.abs(days) < 45) return formats().relative.format(days, 'day')
  if (Math.abs(days) < 548) return formats().relative.format(Math.round(days / 30.44), 'month')
  return formats().relative.format(Math.round(days / 365.25), 'year')
}

export function numberText(value: number, unit?: string | null): string {
  const text = formats().number.format(value)
  // Held together: a line does not begin with a unit.
  return unit ? `${text}\u00a0${Math.abs(value) === 1 ? (messages.values.one[unit] ?? unit) : unit}` : text
}

/** A difference, with its sign: "+3", "−2", "0". */
export function signedText(value: number): string {
  return new Intl.NumberFormat(formats().locale, { maximumFractionDigits: 6, signDisplay: 'exceptZero' }).format(value)
}

/** 0.125 → "12.5 %", as the locale writes it. */
export function shareText(share: number): string {
  return formats().percent.format(share)
}

/** 4 → "4.0": with as many digits after the point as wanted. */
export function fixedText(value: number, digits: number): string {
  const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat(formats().locale, exactly).format(value)
}

/** Of a file: "12 kB", "3.4 MB". */
export function sizeText(bytes: number): string {
  if (bytes >= 1e6) return `${fixedText(bytes / 1e6, 1)} MB`
  return `${numberText(Math.max(1, Math.round(bytes / 1000)))} kB`
}

/** "Jan 2026" of an ISO day or month. */
export function monthText(iso: string): string {
  return dated(`${iso.slice(0, 7)}-01T00:00:00Z`, formats().month)
}

/** A day and time in full in a zone that is not the person's, such as that of a calendar. */
export function instantIn(zone: string, at: number | Date, timeStyle: 'short' | null = 'short'): string {
  const style = timeStyle === null ? { dateStyle: 'full' as const } : { dateStyle: 'full' as const, timeStyle }
  return new Intl.DateTimeFormat(formats().locale, { ...style, timeZone: zone }).format(at)
}

/** 0 to 23, on the clocks of that zone. */
export function hourIn(zone: string, at: Date): number {
  return Number(new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: zone }).format(at))
}

/** Zones that the browser knows, UTC first. */
export function zones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
}

/** How a locale writes, by an example: "British English · 24 Dec 2026, 16:30 · 1,234.5". */
export function localeText(tag: string): string {
  const name = new Intl.DisplayNames(spokenTag(), { type: 'language' }).of(tag) ?? tag
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return `${name} · ${date.format(Date.UTC(2026, 11, 24, 16, 30))} · ${new Intl.NumberFormat(tag).format(1234.5)}`
}

/** The days of the week by the names that the server gives them, in the order in which a week begins here. */
export function weekOrder<T>(fromMonday: readonly T[]): T[] {
  const first = weekStart(formats().locale)
  return [...fromMonday.slice(first - 1), ...fromMonday.slice(0, first - 1)]
}

/** 1 is Monday, 7 Sunday. Where the browser does not tell: Monday. */
function weekStart(locale: string): number {
  const tag = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } }
  return tag.getWeekInfo?.().firstDay ?? 1
}

/** Digits after the point of a currency: 2 for EUR, 0 for JPY. An unknown code counts as 2. */
export function currencyDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat(formats().locale, { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? 2
    )
  } catch {
    return 2
  }
}

export function moneyText({ minor, currency }: Money): string {
  const amount = minor / 10 ** currencyDigits(currency)
  try {
    return new Intl.NumberFormat(formats().locale, { style: 'currency', currency }).format(amount)
  } catch {
    return `${formats().number.format(amount)} ${currency}`
  }
}

/** As `durationText`, but from ten hours on without the minutes: nobody plans by them. */
export function roughDuration(minutes: number): string {
  return durationText(Math.abs(minutes) < 600 ? minutes : Math.round(minutes / 60) * 60)
}

/** 90 → "1 h 30 min". */
export function durationText(minutes: number): string {
  const words = messages.values
  const size = Math.abs(Math.round(minutes))
  const parts = [
    size >= 60 ? `${formats().number.format(Math.floor(size / 60))} ${words.hours}` : '',
    size % 60 > 0 || size < 60 ? `${size % 60} ${words.minutes}` : '',
  ]
  return (minutes < 0 ? '−' : '') + parts.filter(Boolean).join(' ')
}

/** "1h 30m", "45", "2d" → minutes (a day counts 24 hours); null when it cannot be read. */
export function minutesIn(text: string): number | null {
  const clean = text.trim().toLowerCase()
  if (/^\d+$/.test(clean)) return Number(clean)
  const parts = [...clean.matchAll(/(\d+(?:[.,]\d+)?)\s*(d|h|m)[a-z]*/g)]
  if (parts.length === 0 || clean.replaceAll(/(\d+(?:[.,]\d+)?)\s*(d|h|m)[a-z]*\s*/g, '') !== '') return null
  const weights = { d: 1440, h: 60, m: 1 }
  return Math.round(
    parts.reduce(
      (sum, [, amount, unit]) => sum + Number((amount ?? '0').replace(',', '.')) * weights[unit as 'd' | 'h' | 'm'],
      0,
    ),
  )
}

/** An instant as `datetime-local` text in the person's zone. */
export function localInput(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() + offsetMs(at.getTime())).toISOString().slice(0, 16)
}

const DAY_MS = 86_400_000

/** The inverse. As imports do it (RFC 5545, 3.3.5): a time that a clock change leaves out moves forward, one that comes twice is the first. */
export function fromLocalInput(text: string): string | null {
  const wall = Date.parse(`${text}Z`)
  if (Number.isNaN(wall)) return null
  const [first, second] = readings(wall)
  return new Date(first.isThere || !second.isThere ? first.at : second.at).toISOString()
}
/** What the clocks of the person do at a time that is typed as `datetime-local` text; null where there is one such time. */
export function clockDoubt(text: string): 'skipped' | 'twice' | null {
  const wall = Date.parse(`${text}Z`)
  if (Number.isNaN(wall)) return null
  const [first, second] = readings(wall)
  if (first.at === second.at || first.isThere !== second.isThere) return null
  return first.isThere ? 'twice' : 'skipped'
}
/** By the offset of the day before and by that of the day after; whether the clocks show that time then. */
function readings(wall: number): [{ at: number; isThere: boolean }, { at: number; isThere: boolean }] {
  const by = (offset: number) => ({ at: wall - offset, isThere: offsetMs(wall - offset) === offset })
  return [by(offsetMs(wall - DAY_MS)), by(offsetMs(wall + DAY_MS))]
}

const offsetFormats = new Map<string, Intl.DateTimeFormat>()

function offsetMs(at: number, timeZone = formats().timeZone): number {
  const format = offsetFormats.get(timeZone) ?? offsetFormat(timeZone)
  offsetFormats.set(timeZone, format)
  const parts = format.formatToParts(at)
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return (
    Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second')) -
    Math.floor(at / 1000) * 1000
  )
}

/** Made once for each zone: a calendar asks for hundreds of days. */
function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}
