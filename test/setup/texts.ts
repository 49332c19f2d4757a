// Every text that the server says, read from its sources: what goes through say, said, amid and toSay, sentences that a
// refusal may hold, and what declarations declare. The keys of the translations.
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseAst } from 'vite'
import { CLOCKS, PLACES, RECORDS } from '#app'
import * as bridge from '#bridge'
import { BASE_FIELDS } from '#kit/condition.ts'
import { labelOf } from '#kit/field.ts'
import { ROLES } from '#kit/grants.ts'
import { keyOf } from '#engines/say.ts'

const source = path.join(import.meta.dirname, '../../src')
/** English for good: the administrator's terminal, programs that ask (metrics, SCIM, the API document), the demonstration. */
const ENGLISH =
  /^(?:domains\/demo\/|messages\/|platform\/(?:metrics|web-build|reach|broken-http|config|api-docs)\.ts|platform\/(?:postgres|archive)\/|kit\/(?:migrate|openapi|json-schema)\.ts|kit\/seal\/commands\.ts|kit\/federation\/scim\/)/
/** Said of an address in the API document, or declared and found there. */
const DOCUMENTED = new Set(['about', 'summary', 'description', 'help', 'emptyText', 'label', 'definition', 'audited'])
const MARKS = new Set(['said', 'amid', 'toSay', 'everyWording'])
const SAID = new Set(['label', 'labelPlural', 'about', 'help', 'emptyText', 'unit'])

interface Node {
  readonly type: string
  readonly [part: string]: unknown
}
export type Texts = ReadonlyMap<string, string>

/** English text → the file or the record that says it first. */
export function allTexts(): Texts {
  const texts = new Map<string, string>()
  const add = (text: unknown, where: string): void => {
    if (typeof text === 'string' && /\p{L}{2}/u.test(text) && !texts.has(text)) texts.set(text, where)
  }
  for (const file of globSync(
    '{{kit,domains,platform,engines}/**/*,main/{health,health/{certificate,database,machine,mail,pace,policy,postgres-versions},archive/health,backup/{health,tell}}}.ts',
    { cwd: source },
  ).sort())
    if (!file.endsWith('.test.ts') && !ENGLISH.test(file)) fromSource(file, (text) => add(text, file))
  for (const record of RECORDS) {
    declared(record, (text) => add(text, record.name))
    for (const [name, field] of Object.entries(record.fields)) add(field.label ?? labelOf(name), record.name)
    for (const move of record.flow?.moves ?? []) add(move.label, record.name)
  }
  for (const [name, field] of Object.entries(BASE_FIELDS))
    if (name !== 'id') add(field.label ?? labelOf(name), 'fields')
  for (const role of ROLES) add(labelOf(role), 'roles')
  declared([PLACES, CLOCKS], (text) => add(text, 'app'))
  for (const { declares } of bridge.SOURCES) {
    add(declares.name, 'measures')
    add(declares.definition, 'measures')
    add(declares.unit, 'measures')
  }
  return texts
}

function declared(value: unknown, add: (text: unknown) => void): void {
  if (Array.isArray(value)) return value.forEach((one) => declared(one, add))
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value))
    if (typeof inner === 'string' && SAID.has(name)) add(inner)
    else declared(inner, add)
}

function fromSource(file: string, add: (text: string) => void): void {
  walk(parseAst(readFileSync(path.join(source, file), 'utf8'), { lang: 'ts' }) as unknown as Node, null, add)
}
function walk(value: unknown, above: Node | null, add: (text: string) => void): void {
  if (Array.isArray(value)) return value.forEach((one) => walk(one, above, add))
  if (typeof value !== 'object' || value === null) return
  const node = value as Node // the parser's own shape
  if (node.type === 'NewExpression' && /^(Type)?Error$/.test(nameOf(node['callee']))) return
  if (node.type === 'TaggedTemplateExpression' && nameOf(node['tag']) === 'say') add(keyOf(quasis(node)))
  if (node.type === 'Literal' && typeof node['value'] === 'string' && isSaid(node['value'], above)) add(node['value'])
  for (const [name, inner] of Object.entries(node)) if (name !== 'type') walk(inner, node, add)
}
function quasis(node: Node): string[] {
  const { quasis: parts } = node['quasi'] as { quasis: { value: { cooked: string } }[] } // as ESTree has it
  return parts.map(({ value }) => value.cooked)
}
/** Marked as said, or a whole sentence where refusals stand. */
function isSaid(text: string, above: Node | null): boolean {
  const called = above?.type === 'CallExpression' ? nameOf(above['callee']) : ''
  // The first argument is the text, another is its place.
  if (MARKS.has(called)) return ((above?.['arguments'] ?? []) as readonly { value?: unknown }[])[0]?.value === text
  if (above?.type === 'Property' && DOCUMENTED.has(nameOf(above['key']))) return false
  return !['describe', 'text', 'log', 'startsWith'].includes(called) && /^[A-Z"“][^]* [^]*[.?]$/.test(text)
}
/** Of an identifier, a member or a call's end: `z.string` → string. */
function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  const node = value as Node // the parser's own shape
  if (node.type === 'MemberExpression') return nameOf(node['property'])
  return typeof node['name'] === 'string' ? node['name'] : typeof node['value'] === 'string' ? node['value'] : ''
}
