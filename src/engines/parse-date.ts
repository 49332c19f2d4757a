/** Days and instants in the forms of exports; the form is found out from a whole column, never from one value. */

/** What the three numbers of a date are, in order. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

export interface DateReading {
  order: DateOrder
  /** For people: "day/month/year". */
  text: string
  /** How the first ambiguous sample reads so, as YYYY-MM-DD. */
  example: string
}

export type DateForm =
  | { state: 'found'; order: DateOrder }
  | { state: 'ambiguous'; sample: string; readings: DateReading[] }
  | { state: 'none' }

export interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  nanosecond: number
  offset: string | null
  /** No time of day is written: hour, minute and second are 0. */
  isDayAlone: boolean
}

const form =
  /^(\d{1,4})([-/.])\s?(\d{1,2})\2\s?(\d{1,4})(?:[\sT,]+(?:(?:at|um|à)\s+)?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?:\s*Uhr)?)?$/
const named =
  /^(?:\p{L}{2,4}\.?,?\s+)?(\d{1,2})\.?[\s-](\p{L}{3,9})\.?,?[\s-](\d{4})(?=$|[\s,T])|^(\p{L}{3,9})\.?\s(\d{1,2}),?\s(\d{4})(?=$|[\s,T])/u
const orderText: Readonly<Record<DateOrder, string>> = {
  ymd: 'year-month-day',
  dmy: 'day/month/year',
  mdy: 'month/day/year',
}

/** Which order every sample allows. Two orders left is a question for the person; texts that are no dates are passed over. */
export function findDateForm(samples: readonly string[]): DateForm {
  let orders: DateOrder[] = ['ymd', 'dmy', 'mdy']
  let seen = ''
  for (const sample of samples) {
    const found = form.exec(spelt(sample.trim()))
    if (!found) continue
    const left = orders.filter((order) => arranged(found, order) !== null)
    if (left.length === 0) continue
    if (seen === '' || left.length < orders.length) seen = sample.trim()
    orders = left
  }
  const [first, second] = orders
  if (seen === '' || first === undefined) return { state: 'none' }
  if (second === undefined) return { state: 'found', order: first }
  // With dots nobody writes the month first.
  if (seen.includes('.')) return { state: 'found', order: 'dmy' }
  return {
    state: 'ambiguous',
    sample: seen,
    readings: orders.map((order) => ({ order, text: orderText[order], example: exampleOf(seen, order) })),
  }
}

/** Null when the text is no date of this order, or a day that no calendar has (30 February). */
export function partsOf(text: string, order: DateOrder): Parts | null {
  const found = form.exec(spelt(text))
  const date = found && arranged(found, order)
  const clock = found && clockOf(found)
  return date && clock ? { ...date, ...clock, offset: found[10] ?? null, isDayAlone: found[5] === undefined } : null
}

function clockOf(found: RegExpExecArray): Pick<Parts, 'hour' | 'minute' | 'second' | 'nanosecond'> | null {
  const [written, minute, second] = [5, 6, 7].map((group) => Number(found[group] ?? 0)) as [number, number, number] // Three in, three out.
  const half = found[9]?.toLowerCase()
  if (half && (written < 1 || written > 12)) return null
  const hour = half ? (written % 12) + (half === 'p' ? 12 : 0) : written
  if (hour > 23 || minute > 59 || second > 59) return null
  return { hour, minute, second, nanosecond: Number((found[8] ?? '').padEnd(9, '0')) }
}

const places: Readonly<Record<DateOrder, readonly [number, number, number]>> = {
  ymd: [1, 3, 4],
  dmy: [4, 3, 1],
  mdy: [4, 1, 3],
}

function arranged(found: RegExpExecArray, order: DateOrder): { year: number; month: number; day: number } | null {
  const [year = '', month = '', day = ''] = places[order].map((group) => found[group])
  const isShort = year.length === 2 && order !== 'ymd'
  if ((year.length !== 4 && !isShort) || month.length > 2 || day.length > 2) return null
  const century = Number(year) < 70 ? 2000 : 1900
  const date = { year: Number(year) + (isShort ? century : 0), month: Number(month), day: Number(day) }
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= daysOf(date.year, date.month) ? date : null
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const foreign: Readonly<Record<string, number>> = {
  mär: 3,
  mrz: 3,
  mai: 5,
  okt: 10,
  dez: 12,
  fév: 2,
  fev: 2,
  avr: 4,
  juin: 6,
  juil: 7,
  aoû: 8,
  aou: 8,
  déc: 12,
  jän: 1,
}

// "5 Mar 2016 10:00" → "2016-3-5 10:00"; anything else stays.
function spelt(text: string): string {
  const found = named.exec(text)
  if (!found) return text
  const word = (found[2] ?? found[4] ?? '').toLowerCase()
  const month = foreign[word.slice(0, 4)] ?? foreign[word.slice(0, 3)] ?? months.indexOf(word.slice(0, 3)) + 1
  return month === 0 ? text : `${found[3] ?? found[6]}-${month}-${found[1] ?? found[5]}${text.slice(found[0].length)}`
}

function exampleOf(sample: string, order: DateOrder): string {
  const parts = partsOf(sample, order)
  return parts
    ? [
        String(parts.year).padStart(4, '0'),
        ...[parts.month, parts.day].map((part) => String(part).padStart(2, '0')),
      ].join('-')
    : ''
}
