// Values as words, in the person's locale and time zone. Storage is UTC instants, ISO days, minor units and minutes.
import { messages } from '../messages/messages.ts'
import type { Me, Money, Ref } from '../data/contract.ts'

let locale = 'en-GB'
let timeZone = 'UTC'
let formats = build()

/** Called once when the person is known. An unknown zone or locale falls back to the browser's. */
export function setPerson(me: Me): void {
  locale = me.locale || usualLocale()
  timeZone = me.timeZone || Intl.DateTimeFormat().resolvedOptions().timeZone
  try {
    formats = build()
  } catch {
    locale = usualLocale()
    timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
    formats = build()
  }
}

/** The browser's language. Bare `en` says no country: then the international way (24 hours, day before month). */
export function usualLocale(): string {
  return navigator.language === 'en' ? 'en-GB' : navigator.language
}

/** The locale of dates and numbers now. */
export function personLocale(): string {
  return locale
}

export function personZone(): string {
  return timeZone
}

function build() {
  return {
    day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
    instant: new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    }),
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
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
  }
}

export function isRef(value: unknown): value is Ref {
  return typeof value === 'object' && value !== null && 'number' in value && 'id' in value
}

export function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value
}

/** `iso` is an instant such as 2026-11-21T08:00:00Z; an unreadable one is shown as it is. */
export function instantText(iso: string): string {
  return dated(iso, formats.instant)
}

/** Without the year when it is this year's. */
export function instantShort(iso: string): string {
  return dated(iso, iso.slice(0, 4) === new Date().toISOString().slice(0, 4) ? formats.short : formats.instant)
}

export function instantFull(iso: string): string {
  return dated(iso, formats.full)
}

/** The time of day of an instant, in milliseconds: "20:19". */
export function timeText(at: number): string {
  return formats.time.format(at)
}

export function dayText(iso: string): string {
  return dated(`${iso.slice(0, 10)}T00:00:00Z`, formats.day)
}

function dated(iso: string, format: Intl.DateTimeFormat): string {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : format.format(at)
}

/** "3 minutes ago", "in 2 days", "2 years ago". */
export function relativeText(iso: string, now = Date.now()): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000)
  const size = Math.abs(seconds)
  if (size < 60) return formats.relative.format(seconds, 'second')
  if (size < 3600) return formats.relative.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return formats.relative.format(Math.round(seconds / 3600), 'hour')
  const days = Math.round(seconds / 86_400)
  if (Math.abs(days) < 45) return formats.relative.format(days, 'day')
  if (Math.abs(days) < 548) return formats.relative.format(Math.round(days / 30.44), 'month')
  return formats.relative.format(Math.round(days / 365.25), 'year')
}

export function numberText(value: number, unit?: string | null): string {
  const text = formats.number.format(value)
  return unit ? `${text} ${Math.abs(value) === 1 ? (messages.values.one[unit] ?? unit) : unit}` : text
}

/** Digits after the point of a currency: 2 for EUR, 0 for JPY. An unknown code counts as 2. */
export function currencyDigits(currency: string): number {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

export function moneyText({ minor, currency }: Money): string {
  const amount = minor / 10 ** currencyDigits(currency)
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
  } catch {
    return `${formats.number.format(amount)} ${currency}`
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
    size >= 60 ? `${formats.number.format(Math.floor(size / 60))} ${words.hours}` : '',
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

/** The inverse. In the hour that a clock change skips or repeats, the later offset is taken. */
export function fromLocalInput(text: string): string | null {
  const wall = Date.parse(`${text}Z`)
  if (Number.isNaN(wall)) return null
  const guess = wall - offsetMs(wall)
  return new Date(wall - offsetMs(guess)).toISOString()
}

function offsetMs(at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return (
    Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second')) -
    Math.floor(at / 1000) * 1000
  )
}
