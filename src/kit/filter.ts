/**
 * The filter grammar, one for addresses, the API, saved views, rules and reports:
 * `status:open,assigned -priority:P4 createdAt>=-7d assignee:me subject~"paper jam" due:none`.
 * A space means and; a comma means or within one field. Errors say at which character they are.
 */
import { say } from '#engines/say.ts'

export type Operator = 'is' | 'contains' | '<' | '<=' | '>' | '>='
export interface Term {
  readonly field: string
  readonly operator: Operator
  readonly values: readonly string[]
  readonly not: boolean
  /** Where the term begins in the text. */
  readonly at: number
  /** Where each value stands in the text, quotes and all. */
  readonly places: readonly Place[]
}
export interface Place {
  readonly at: number
  readonly length: number
}
export interface FilterProblem {
  readonly at: number
  readonly length: number
  readonly because: string
}
export type Parsed = { readonly terms: readonly Term[] } | { readonly problem: FilterProblem }

const TERM = /(-?)([A-Za-z][A-Za-z0-9_.]*)(:|~|<=|>=|<|>)/y
const VALUE = /"((?:[^"\\]|\\.)*)"|([^\s,"]+)/y
const MOST_TERMS = 40
const MOST_VALUES = 200

/** Reads a filter; an empty one has no terms. */
export function parseFilter(text: string): Parsed {
  const terms: Term[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++
      continue
    }
    const read = readTerm(text, at)
    if ('problem' in read) return read
    terms.push(read.term)
    at = read.next
    if (terms.length > MOST_TERMS)
      return { problem: { at, length: 1, because: say`A filter has at most ${MOST_TERMS} conditions.` } }
  }
  return { terms }
}

function readTerm(text: string, at: number): { term: Term; next: number } | { problem: FilterProblem } {
  TERM.lastIndex = at
  const head = TERM.exec(text)
  if (head === null) {
    const word = /^\S*/.exec(text.slice(at))?.[0] ?? ''
    return {
      problem: {
        at,
        length: Math.max(1, word.length),
        because: say`"${word}" is not a condition. Write field:value, for example status:new; free words belong into the search box.`,
      },
    }
  }
  const values: string[] = []
  const places: Place[] = []
  let next = TERM.lastIndex
  for (;;) {
    VALUE.lastIndex = next
    const value = VALUE.exec(text)
    if (value === null)
      return { problem: { at: next, length: 1, because: say`A value is missing after "${head[0]}".` } }
    places.push({ at: next, length: value[0].length })
    values.push(value[1] === undefined ? (value[2] ?? '') : value[1].replace(/\\(.)/g, '$1'))
    next = VALUE.lastIndex
    if (values.length > MOST_VALUES)
      return { problem: { at, length: next - at, because: say`At most ${MOST_VALUES} values in one condition.` } }
    if (text.charAt(next) !== ',') break
    next++
  }
  if (next < text.length && !/\s/.test(text.charAt(next)))
    return { problem: { at: next, length: 1, because: say`Separate two conditions with a space.` } }
  const sign = head[3] ?? ':'
  const operator: Operator = sign === ':' ? 'is' : sign === '~' ? 'contains' : (sign as Operator) // the pattern admits nothing else
  return { term: { field: head[2] ?? '', operator, values, not: head[1] === '-', at, places }, next }
}

/** Writes terms back as text; parsing the result gives the same terms. */
export function writeFilter(terms: readonly Omit<Term, 'at' | 'places'>[]): string {
  return terms
    .map(
      (term) =>
        `${term.not ? '-' : ''}${term.field}${term.operator === 'is' ? ':' : term.operator === 'contains' ? '~' : term.operator}${term.values.map(quoted).join(',')}`,
    )
    .join(' ')
}
function quoted(value: string): string {
  return /^[^\s,"\\]+$/.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`
}
