/** What was sent held against a schema: every misfit as a sentence that names the field and says what is wanted. */
import type { z } from 'zod'
import { say } from '#engines/say.ts'
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
      return kinds[issue.expected] ?? null
    case 'invalid_value':
      return choices(issue.values)
    case 'invalid_union':
      return ofUnion(issue)
    case 'too_small':
      return bound('at least', issue.origin, Number(issue.minimum), issue.inclusive === false ? 'more than' : null)
    case 'too_big':
      return bound('at most', issue.origin, Number(issue.maximum), issue.inclusive === false ? 'less than' : null)
    case 'invalid_format':
      return formats[issue.format] ?? 'text in the form that the API document shows'
    case 'not_multiple_of':
      return say`a multiple of ${issue.divisor}`
    default:
      return null
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with named members',
  record: 'an object with named members',
  null: 'null',
}
const formats: Readonly<Record<string, string>> = {
  email: 'an e-mail address, such as ada@example.com',
  url: 'a web address, such as https://desk.example.com',
  date: 'a day, such as 2026-11-21',
  datetime: 'an instant with its zone, such as 2026-11-21T14:30:00Z',
  uuid: 'a UUID',
}

function choices(values: readonly unknown[]): string {
  const shown = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
  return shown.length === 1 ? (shown[0] ?? 'nothing') : say`one of: ${shown.join(', ')}`
}
/** What each of the kinds wants that fail at once; deeper misfits are told by the kind that comes nearest. */
function ofUnion(issue: Extract<Raw | z.core.$ZodIssue, { code: 'invalid_union' }>): string | null {
  const discriminator = issue['discriminator']
  if (typeof discriminator === 'string') return 'one of the kinds known here'
  const wants = (issue.errors ?? []).flatMap(([first]) => (first === undefined ? [] : (wanted(first) ?? [])))
  return wants.length === 0 ? null : [...new Set(wants)].join(' or ')
}
function bound(most: string, origin: string, limit: number, strict: string | null): string {
  const many = new Intl.NumberFormat('en').format(limit)
  if (origin === 'string')
    return most === 'at least' && limit === 1 ? 'text that is not empty' : say`text of ${most} ${many} characters`
  if (origin === 'array' || origin === 'set') return say`a list of ${most} ${many} ${limit === 1 ? 'entry' : 'entries'}`
  return `${strict ?? most} ${many}`
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
  if (last === undefined) return 'What is sent'
  return typeof last === 'number'
    ? say`Entry ${last + 1} of ${nameOf(path.slice(0, -1))}`
    : `"${String(last).slice(0, 60)}"`
}
/** RFC 6901. */
function pointerTo(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
