/** A spreadsheet's day numbers as text: `2026-03-01`, `2026-03-01T08:15:00` (no zone: a workbook knows none), `08:15:00`. */

export type Shown = 'number' | 'date' | 'dateTime' | 'time' | 'elapsed'

/** What a cell with this number format shows. The numbers are those of ECMA-376 part 1, 18.8.30. */
export function formatShows(id: number, own: ReadonlyMap<number, string>): Shown {
  const code = own.get(id)
  if (code !== undefined) return codeShows(code)
  if (id === 46) return 'elapsed'
  if (id === 22) return 'dateTime'
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return 'time'
  return (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'date' : 'number'
}

function codeShows(code: string): Shown {
  // A spreadsheet takes at most 255 characters (Excel's own limit); what is longer was made to keep us busy.
  const bare = (code.slice(0, 255).split(';')[0] ?? '').replace(/"[^"]*"|\\.|_.|\*./g, '')
  if (/\[(h+|m+|s+)\]/i.test(bare)) return 'elapsed'
  const letters = bare.replace(/\[[^\]]*\]/g, '').replace(/general|AM\/PM|A\/P/gi, '')
  if (/[#0?]/.test(letters.replace(/s\.0+/gi, ''))) return 'number'
  const hasTime = /[hs]/i.test(letters)
  const hasDay = /[dy]/i.test(letters) || (/m/i.test(letters) && !hasTime)
  if (hasDay) return hasTime ? 'dateTime' : 'date'
  return hasTime ? 'time' : 'number'
}

/** Null when the number is no date that a spreadsheet can show (before 1900, after 9999). */
export function dateText(serial: number, shown: Shown, is1904: boolean): string | null {
  if (shown === 'elapsed') return clock(serial, false)
  if (shown === 'time' && serial >= 0 && serial < 1) return clock(serial, true)
  const days = serial + (is1904 ? 1462 : 0)
  if (!(days >= 0 && days < 2_958_466)) return null
  // The 1900 system counts a 29 February 1900 that never was, so days before it are one off.
  const milliseconds = Math.round((days + (days < 60 ? 1 : 0)) * 86_400_000)
  const text = new Date(Date.UTC(1899, 11, 30) + milliseconds).toISOString()
  if (shown === 'date' && milliseconds % 86_400_000 === 0) return text.slice(0, 10)
  return text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, 23)
}

function clock(days: number, isOfDay: boolean): string {
  const seconds = Math.round(Math.abs(days) * 86_400)
  const hours = Math.floor(seconds / 3600)
  const rest = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'))
  return `${days < 0 ? '-' : ''}${isOfDay ? String(hours).padStart(2, '0') : hours}:${rest.join(':')}`
}
