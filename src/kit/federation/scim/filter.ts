/** The filters of SCIM (RFC 7644 3.4.2.2), whole: read into a tree, and held against a resource. */
import type { Json } from './resource.ts'
import { GROUP, isObject, member, USER, wrong } from './resource.ts'

export type Operator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'
export interface AttributePath {
  /** A schema's URN, or null for the resource's own. */
  readonly urn: string | null
  readonly name: string
  readonly sub: string | null
}
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly inner: Filter }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | { readonly kind: 'compare'; readonly path: AttributePath; readonly operator: Operator; readonly value: Json }
  | { readonly kind: 'within'; readonly path: AttributePath; readonly inner: Filter }
export interface ValuePath {
  readonly path: AttributePath
  /** `emails[type eq "work"]`; null without brackets. */
  readonly filter: Filter | null
  /** What follows the brackets: `.value`. */
  readonly sub: string | null
}

const LONGEST = 4000
const DEEPEST = 30
/** Values that differ in capitals are different (caseExact). */
const EXACT = new Set(['id', 'externalid', 'value', '$ref', 'location', 'version', 'lastmodified', 'created'])
const OPERATORS = new Set<string>(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])

/** @throws invalidFilter with the place of the mistake */
export function readFilter(text: string): Filter {
  const reader = new Reader(text, 'invalidFilter')
  const filter = reader.or(0)
  reader.end()
  return filter
}
/** @throws invalidPath */
export function readPath(text: string): ValuePath {
  const reader = new Reader(text, 'invalidPath')
  const path = reader.valuePath()
  reader.end()
  return path
}

class Reader {
  readonly #text: string
  readonly #fault: 'invalidFilter' | 'invalidPath'
  #at = 0
  constructor(text: string, fault: 'invalidFilter' | 'invalidPath') {
    if (text.length > LONGEST) throw wrong(fault, `Use at most ${LONGEST} characters.`)
    this.#text = text
    this.#fault = fault
  }
  or(depth: number): Filter {
    if (depth > DEEPEST) throw wrong(this.#fault, 'This is nested too deeply.')
    let left = this.#and(depth)
    while (this.#word('or')) left = { kind: 'or', left, right: this.#and(depth) }
    return left
  }
  #and(depth: number): Filter {
    let left = this.#term(depth)
    while (this.#word('and')) left = { kind: 'and', left, right: this.#term(depth) }
    return left
  }
  #term(depth: number): Filter {
    if (this.#sees(/not\s*\(/iy)) {
      this.#take(/not\s*\(/iy)
      return { kind: 'not', inner: this.#closed(depth) }
    }
    if (this.#take(/\(/y) !== null) return this.#closed(depth)
    const path = this.#path()
    if (this.#take(/\[/y) !== null) {
      const inner = this.or(depth + 1)
      this.#need(/\]/y, ']')
      return { kind: 'within', path, inner }
    }
    const operator = this.#need(/[a-z]{2}\b/iy, 'an operator such as eq').toLowerCase()
    if (operator === 'pr') return { kind: 'present', path }
    if (!OPERATORS.has(operator)) throw this.#wrong(`"${operator}" is not an operator`)
    return { kind: 'compare', path, operator: operator as Operator, value: this.#value() } // the set holds no other
  }
  #closed(depth: number): Filter {
    const inner = this.or(depth + 1)
    this.#need(/\)/y, ')')
    return inner
  }
  valuePath(): ValuePath {
    const path = this.#path()
    if (this.#take(/\[/y) === null) return { path, filter: null, sub: null }
    const filter = this.or(1)
    this.#need(/\]/y, ']')
    const sub = this.#take(/\.[a-z$][\w$-]*/iy)
    return { path, filter, sub: sub === null ? null : sub.slice(1) }
  }
  #path(): AttributePath {
    // A URN holds dots and colons; the attribute follows its last colon.
    const urn = this.#take(/urn:[\w.:-]+:(?=[a-z$])/iy)
    if (urn !== null) {
      const whole = this.#take(/(?:[a-z$][\w$-]*)(?:\.[a-z$][\w$-]*)?/iy) ?? ''
      return pathOf(urn.slice(0, -1), whole)
    }
    return pathOf(null, this.#need(/[a-z$][\w$-]*(?:\.[a-z$][\w$-]*)?/iy, 'the name of an attribute'))
  }
  #value(): Json {
    const text = this.#need(
      /"(?:[^"\\\u0000-\u001f]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b/iy,
      'a value in quotation marks',
    )
    try {
      return JSON.parse(text.startsWith('"') ? text : text.toLowerCase()) as Json // the pattern lets only JSON values through
    } catch {
      throw this.#wrong('a value is broken')
    }
  }
  end(): void {
    this.#space()
    if (this.#at < this.#text.length) throw this.#wrong('something stands too much')
  }
  #word(word: string): boolean {
    return this.#take(new RegExp(`${word}(?=[\\s(])`, 'iy')) !== null
  }
  #sees(pattern: RegExp): boolean {
    this.#space()
    pattern.lastIndex = this.#at
    return pattern.test(this.#text)
  }
  #take(pattern: RegExp): string | null {
    this.#space()
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? null
    if (found !== null) this.#at += found.length
    return found
  }
  #need(pattern: RegExp, what: string): string {
    const found = this.#take(pattern)
    if (found === null) throw this.#wrong(`${what} is missing`)
    return found
  }
  #space(): void {
    while (this.#text[this.#at] === ' ') this.#at++
  }
  #wrong(because: string): Error {
    return wrong(this.#fault, `At character ${this.#at + 1}: ${because}.`)
  }
}
function pathOf(urn: string | null, whole: string): AttributePath {
  const [name = '', sub] = whole.split('.')
  const isOwn = urn !== null && [USER, GROUP].some((own) => own.toLowerCase() === urn.toLowerCase())
  return { urn: isOwn ? null : urn, name, sub: sub ?? null }
}

/** Whether the resource, or the value within brackets, is what the filter asks for. */
export function matches(filter: Filter, of: Json): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, of) && matches(filter.right, of)
    case 'or':
      return matches(filter.left, of) || matches(filter.right, of)
    case 'not':
      return !matches(filter.inner, of)
    case 'present':
      return valuesAt(of, filter.path).some(isPresent)
    case 'within':
      return list(found(of, filter.path)).some((value) => matches(filter.inner, value))
    case 'compare': {
      const values = valuesAt(of, filter.path)
      const test = (value: Json): boolean => compare(value, filter)
      // "not equal" holds when no value is equal, also when there is none.
      if (filter.operator === 'ne') return !values.some((value) => compare(value, { ...filter, operator: 'eq' }))
      if (values.length === 0) return filter.operator === 'eq' && filter.value === null
      return values.some(test)
    }
  }
}
function found(of: Json, { urn, name, sub }: AttributePath): Json | undefined {
  const base = urn === null ? of : member(of, urn)
  const value = member(base, name)
  return sub === null ? value : member(value, sub)
}
/** The single values at a path; those of a list each, those of an object by its "value". */
function valuesAt(of: Json, path: AttributePath): Json[] {
  const base = path.urn === null ? of : member(of, path.urn)
  const top =
    isObject(of) || path.urn !== null ? member(base, path.name) : path.name.toLowerCase() === 'value' ? of : undefined
  return list(top).flatMap((one): Json[] => {
    const value =
      path.sub === null
        ? isObject(one) && member(one, 'value') !== undefined
          ? member(one, 'value')
          : one
        : member(one, path.sub)
    return value === undefined || value === null ? [] : [...list(value)]
  })
}
function list(value: Json | undefined): readonly Json[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value as Json]
}
function isPresent(value: Json): boolean {
  return value !== '' && !(isObject(value) && Object.keys(value).length === 0)
}
function compare(value: Json, { path, operator, value: wanted }: Extract<Filter, { kind: 'compare' }>): boolean {
  if (typeof value === 'string' && typeof wanted === 'string') {
    const isExact = EXACT.has((path.sub ?? path.name).toLowerCase())
    const [a, b] =
      isInstant(value) && isInstant(wanted)
        ? [instant(value), instant(wanted)]
        : isExact
          ? [value, wanted]
          : [value.toLowerCase(), wanted.toLowerCase()]
    return text(a, operator, b)
  }
  if (typeof value === 'number' && typeof wanted === 'number') return order(value - wanted, operator)
  if (typeof value === 'boolean') {
    if (!['eq', 'ne'].includes(operator))
      throw wrong('invalidFilter', `"${path.name}" is true or false; ${operator} cannot be asked of it.`)
    // Entra ID writes "True" in quotation marks.
    const said = typeof wanted === 'string' ? wanted.toLowerCase() === 'true' : wanted
    return operator === 'eq' ? value === said : value !== said
  }
  return false
}
function text(a: string, operator: Operator, b: string): boolean {
  if (operator === 'co') return a.includes(b)
  if (operator === 'sw') return a.startsWith(b)
  if (operator === 'ew') return a.endsWith(b)
  return order(a < b ? -1 : a > b ? 1 : 0, operator)
}
function order(sign: number, operator: Operator): boolean {
  const by = { eq: sign === 0, ne: sign !== 0, gt: sign > 0, ge: sign >= 0, lt: sign < 0, le: sign <= 0 }
  return operator in by && by[operator as keyof typeof by]
}
function isInstant(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value))
}
function instant(value: string): string {
  return new Date(value).toISOString()
}

/** The values of an attribute that every match must equal: `userName eq "x" and …`; for looking up by an index. */
export function equalTo(filter: Filter, name: string): string | null {
  if (filter.kind === 'and') return equalTo(filter.left, name) ?? equalTo(filter.right, name)
  const isIt =
    filter.kind === 'compare' &&
    filter.operator === 'eq' &&
    filter.path.urn === null &&
    filter.path.sub === null &&
    filter.path.name.toLowerCase() === name.toLowerCase()
  return isIt && typeof filter.value === 'string' ? filter.value : null
}
