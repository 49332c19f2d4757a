/** Words and small forms of values in English, German and French. */

export const missingByDefault: readonly string[] = [
  '',
  '?',
  'null',
  'n/a',
  'na',
  '-',
  '--',
  'none',
  'nil',
  '#n/a',
  '(empty)',
  '(leer)',
  '(vide)',
  'undefined',
]

const yes = new Set(['true', 'yes', 'y', '1', 'on', 'x', 'ja', 'j', 'wahr', 'oui', 'o', 'vrai', '✓', '☑'])
const no = new Set(['false', 'no', 'n', '0', 'off', 'nein', 'falsch', 'non', 'faux', '✗', '☐'])

export function booleanOf(text: string): boolean | null {
  const word = text.toLowerCase()
  if (yes.has(word)) return true
  return no.has(word) ? false : null
}

const unitMinutes: readonly (readonly [RegExp, number])[] = [
  [/^(s|sec|secs|seconds?|sek|sekunden?|secondes?)$/, 1 / 60],
  [/^(m|min|mins|minutes?|minuten?)$/, 1],
  [/^(h|hr|hrs|hours?|std|stunden?|heures?)$/, 60],
  [/^(d|days?|t|tage?|j|jours?)$/, 1440],
  [/^(w|weeks?|wochen?|semaines?)$/, 10_080],
]

/** Whole minutes of "1h 30m", "90", "01:30", "1:30:00", "1,5 Std"; null when it is none. A bare number counts `unit` minutes. */
export function minutesOf(text: string, unit: number): number | null {
  const clock = /^(-?)(\d{1,6}):([0-5]?\d)(?::([0-5]?\d))?$/.exec(text)
  if (clock)
    return (
      (clock[1] === '-' ? -1 : 1) * (Number(clock[2]) * 60 + Number(clock[3]) + Math.round(Number(clock[4] ?? 0) / 60))
    )
  if (/^-?\d+([.,]\d+)?$/.test(text)) return Math.round(Number(text.replace(',', '.')) * unit)
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(text)
  if (iso && text.length > 2)
    return (
      Number(iso[1] ?? 0) * 1440 + Number(iso[2] ?? 0) * 60 + Number(iso[3] ?? 0) + Math.round(Number(iso[4] ?? 0) / 60)
    )
  return sumOfParts(text.toLowerCase())
}

function sumOfParts(text: string): number | null {
  let total = 0
  let rest = text
  while (rest !== '') {
    const part = /^\s*(\d+(?:[.,]\d+)?)\s*(\p{L}+)\.?[\s,]*/u.exec(rest)
    const unit = part && unitMinutes.find(([name]) => name.test(part[2] ?? ''))
    if (!part || !unit) return null
    total += Number((part[1] ?? '').replace(',', '.')) * unit[1]
    rest = rest.slice(part[0].length)
  }
  return text === '' ? null : Math.round(total)
}
