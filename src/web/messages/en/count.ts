// A number with its noun in English.
import { numberText } from '../../fields/format.ts'

const rules = new Intl.PluralRules('en')

/** `count(1, 'file', 'files')` → "1 file". */
export function count(n: number, one: string, many: string): string {
  return `${numberText(n)} ${noun(n, one, many)}`
}

/** The noun that goes with a number, without the number. */
export function noun(n: number, one: string, many: string): string {
  return rules.select(n) === 'one' ? one : many
}
