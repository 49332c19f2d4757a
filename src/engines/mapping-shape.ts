/** Whether the values of a column look like those of a field's kind. */
import { everyWording } from './say.ts'

export interface MappingField {
  name: string
  label: string
  /** A field kind's name: text, choice, instant, email, … */
  kind: string
  options?: readonly { value: string; label: string }[]
  /** Further names under which exports bring the field. */
  aliases?: readonly string[]
}

const missing = new Set(['', '?', '-', 'null', 'n/a', 'na', 'none', '#n/a'])
const tests: Readonly<Record<string, RegExp>> = {
  instant: /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T,]+\d{1,2}[:.h]\d{2}.*)?$|^\d{10}(\d{3})?$/,
  day: /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/,
  number: /^[+-]?[\d.,\s']*\d%?$/,
  money: /^[^\d\w]{0,2}\s*([A-Z]{3}\s*)?[+-]?[\d.,\s']*\d\s*(\p{Sc}|[A-Z]{3})?$/u,
  duration: /^(\d+\s*[a-z]+\s*)+$|^\d+([:.,]\d+){0,2}$/i,
  boolean: /^(true|false|yes|no|y|n|0|1|ja|nein|oui|non|on|off|wahr|falsch|vrai|faux)$/i,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  url: /^[a-z][a-z0-9+.-]*:\/\/\S+$/i,
  ip: /^(\d{1,3}\.){3}\d{1,3}(\/\d+)?$|^[0-9a-f:]*:[0-9a-f:]+(\/\d+)?$/i,
  json: /^[[{].*[\]}]$/s,
}

/** Share of the samples, 0 to 1, that a field of this kind could hold; null when the kind or the samples say nothing. */
export function fit(field: MappingField, samples: readonly string[]): number | null {
  const values = samples.map((sample) => sample.trim()).filter((sample) => !missing.has(sample.toLowerCase()))
  if (values.length === 0) return null
  const options = optionWords(field)
  if (options) return values.filter((value) => options.has(bare(value))).length / values.length
  const test = tests[field.kind]
  return test ? values.filter((value) => test.test(value)).length / values.length : null
}

/** "2 - Medium" and "medium" are one word. */
export function bare(value: string): string {
  return value
    .toLowerCase()
    .replace(/^\s*\d+\s*[-–.:)]\s*/, '')
    .replace(/[\s_-]+/g, ' ')
    .trim()
}

function optionWords(field: MappingField): Set<string> | null {
  if (!field.options || field.options.length === 0) return null
  return new Set(field.options.flatMap(({ value, label }) => [bare(value), ...everyWording(label, 'option').map(bare)]))
}
