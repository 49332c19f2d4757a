/** What was sent held against a schema: every misfit as a sentence that names the field and says what is wanted. */
import type { z } from 'zod'
import { figureInWords } from '#engines/in-words.ts'
import { counted, say } from '#engines/say.ts'
import type { FieldProblem } from './problem.ts'

/** The value as the schema reads it, or each misfit at its place. Sentences of the schema's own win over these. */
export type Fitted<T> = { readonly value: T } | { readonly problems: readonly FieldProblem[] }

type Raw = z.core.$ZodRawIssue
type Path = readonly PropertyKey[]

/** @param at pointer of the value within what was sent; empty for the whole */
export function fitted<T>(schema: z.ZodType<T>, sent: unknown, at = ''): Fitted<T> {
  const known = new Map<string, readonly string[]>()
  const result = schema.safeParse(sent, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') known.set(pointerTo(issue.path ?? []), membersOf(issue))
      return sentence(issue)
    },
  })
  if (result.success) return { value: result.data }
  return {
    problems: result.error.issues.flatMap((issue) => {
      const pointer = pointerTo(issue.path)
      if (issue.code !== 'unrecognized_keys') return [{ pointer: at + pointer, detail: issue.message }]
      return issue.keys.map((key) => ({
        pointer: at + pointer + pointerTo([key]),
        detail: strange(key, known.get(pointer) ?? []),
      }))
    }),
  }
}

function sentence(issue: Raw): string {
  const name = nameOf(issue.path ?? [])
  const want = wanted(issue)
  const isMissing = issue.input === undefined
  if (isMissing) return want === null ? say`${name} is missing.` : say`${name} is missing. Give ${want}.`
  return want === null
    ? say`${name} does not fit. Look up what it may be in the API document.`
    : say`${name} must be ${want}.`
}

/** "text", "a number or text", "one of: day, week"; null where no words are known. */
function wanted(issue: Raw | z.core.$ZodIssue): string | null {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected]?.() ?? null
    case 'invalid_value':
      return choices(issue.values)
    case 'invalid_union':
      return ofUnion(issue)
    case 'too_small':
      return bound('least', issue.origin, Number(issue.minimum), issue.inclusive === false)
    case 'too_big':
      return bound('most', issue.origin, Number(issue.maximum), issue.inclusive === false)
    case 'invalid_format':
      return formats[issue.format]?.() ?? say`text in the form that the API document shows`
    case 'not_multiple_of':
      return say`a multiple of ${issue.divisor}`
    default:
      return null
  }
}

const kinds: Readonly<Record<string, () => string>> = {
  string: () => say`text`,
  number: () => say`a number`,
  int: () => say`a whole number`,
  boolean: () => say`true or false`,
  array: () => say`a list`,
  object: () => say`an object with named members`,
  record: () => say`an object with named members`,
  null: () => 'null',
}
const formats: Readonly<Record<string, () => string>> = {
  email: () => say`an e-mail address, such as ada@example.com`,
  url: () => say`a web address, such as https://desk.example.com`,
  date: () => say`a day, such as 2026-11-21`,
  datetime: () => say`an instant with its zone, such as 2026-11-21T14:30:00Z`,
  uuid: () => say`a UUID`,
}

function choices(values: readonly unknown[]): string {
  const shown = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
  return shown.length === 1 ? (shown[0] ?? say`nothing`) : say`one of: ${shown.join(', ')}`
}
/** What each of the kinds wants that fail at once; deeper misfits are told by the kind that comes nearest. */
function ofUnion(issue: Extract<Raw | z.core.$ZodIssue, { code: 'invalid_union' }>): string | null {
  const discriminator = issue['discriminator']
  if (typeof discriminator === 'string') return say`one of the kinds known here`
  const wants = (issue.errors ?? []).flatMap(([first]) => (first === undefined ? [] : (wanted(first) ?? [])))
  return wants.length === 0 ? null : [...new Set(wants)].join(say` or `)
}
function bound(side: 'least' | 'most', origin: string, limit: number, isStrict: boolean): string {
  const many = figureInWords(limit, 20)
  if (origin === 'string' && side === 'least' && limit === 1) return say`text that is not empty`
  const isLeast = side === 'least'
  if (origin === 'string')
    return isLeast ? say`text of at least ${many} characters` : say`text of at most ${many} characters`
  if (origin === 'array' || origin === 'set')
    return isLeast
      ? counted(limit, say`a list of at least ${many} entry`, say`a list of at least ${many} entries`)
      : counted(limit, say`a list of at most ${many} entry`, say`a list of at most ${many} entries`)
  if (isStrict) return isLeast ? say`more than ${many}` : say`less than ${many}`
  return isLeast ? say`at least ${many}` : say`at most ${many}`
}

function strange(key: string, members: readonly string[]): string {
  const said = key.slice(0, 60)
  return members.length === 0
    ? say`"${said}" is not taken: nothing is to be sent here.`
    : say`There is no "${said}" here. Known are: ${members.join(', ')}.`
}
function membersOf(issue: Raw): string[] {
  const shape: unknown =
    issue.inst?._zod.def !== undefined && 'shape' in issue.inst._zod.def ? issue.inst._zod.def.shape : {}
  return typeof shape === 'object' && shape !== null ? Object.keys(shape) : []
}
/** The member by its name; an entry of a list by its place, counted from 1. */
function nameOf(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return say`What is sent`
  return typeof last === 'number'
    ? say`Entry ${last + 1} of ${nameOf(path.slice(0, -1))}`
    : `"${String(last).slice(0, 60)}"`
}
/** RFC 6901. */
function pointerTo(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
