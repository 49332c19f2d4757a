/** A record's declaration as JSON Schema: what the OpenAPI document says about rows and drafts. */
import { z } from 'zod'
import type { JsonSchema } from './contract.ts'
import type { Field, KeptFile } from './field.ts'
import { labelOf, tags } from './field.ts'
import type { OfferedMove } from './moves.ts'
import type { RecordType } from './record.ts'
import { listOf, REF, shape, shapeOf, TEXT, TEXT_OR_NULL, TEXTS, WHOLE, YES_NO } from './routes/shape.ts'

const SENT_REF: JsonSchema = {
  anyOf: [
    { type: 'integer', minimum: 1 },
    { type: 'string', description: 'A number such as P-12.' },
    { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
  ],
}
const SENT_ANY: JsonSchema = {
  type: 'object',
  properties: { record: { type: 'string' }, id: { type: 'integer' } },
  required: ['record', 'id'],
}

/** What a file is; what its content says stands behind an address of its own. */
const FILE = shapeOf<KeptFile>({ sha256: TEXT, title: TEXT, size: WHOLE, type: TEXT })
const SENT_FILE: JsonSchema = {
  anyOf: [
    { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'The SHA-256 that POST /uploads has answered.' },
    { type: 'object', properties: { sha256: TEXT, title: TEXT }, required: ['sha256'] },
  ],
}

function plain(field: Field): JsonSchema {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return { type: 'string', maxLength: field.max }
    case 'choice':
    case 'states':
      return { type: 'string', enum: (field.options ?? []).map((option) => option.value) }
    case 'number':
      return {
        type: 'number',
        ...(field.min === undefined ? {} : { minimum: field.min }),
        ...(field.max === undefined ? {} : { maximum: field.max }),
      }
    case 'duration':
      return { type: 'integer', minimum: 0, description: 'Minutes.' }
    case 'boolean':
      return { type: 'boolean' }
    case 'instant':
      return { type: 'string', format: 'date-time' }
    case 'day':
      return { type: 'string', format: 'date' }
    case 'money':
      return MONEY
    case 'email':
      return { type: 'string', format: 'email' }
    case 'url':
      return { type: 'string', format: 'uri' }
    case 'ip':
      return { type: 'string' }
    case 'tags':
      return { type: 'array', items: { type: 'string' } }
    case 'json':
      return field.structure === undefined ? {} : jsonSchemaOf(field.structure)
    case 'attachment':
      return FILE
    case 'ref':
      return REF
    case 'refs':
      return { type: 'array', items: REF }
    case 'any':
      return { $ref: '#/components/schemas/AnyRef' }
  }
}
function sent(field: Field): JsonSchema {
  if (field.kind === 'ref' || field.kind === 'any') return SENT_REF
  if (field.kind === 'attachment') return SENT_FILE
  return field.kind === 'refs' ? { type: 'array', items: SENT_REF } : plain(field)
}
function described(name: string, field: Field, schema: JsonSchema): JsonSchema {
  const about = [field.label ?? labelOf(name), field.help]
    .filter((part) => part !== undefined && part !== '')
    .join('. ')
  const isOpen = Object.keys(schema).length === 0
  const made = field.required || isOpen ? schema : { anyOf: [schema, { type: 'null' }] }
  return '$ref' in made ? { allOf: [made], description: about } : { ...made, description: about }
}

/** What a GET answers. */
export function rowSchema(record: RecordType): JsonSchema {
  const own = Object.entries(record.fields).map(
    ([name, field]) => [name, described(name, { ...field, required: false }, plain(field))] as const,
  )
  const nullableRef = { anyOf: [REF, { type: 'null' }] }
  const at = { type: 'string', format: 'date-time' }
  return {
    type: 'object',
    description: record.about,
    properties: {
      id: { type: 'integer' },
      number: { type: 'string', examples: [`${record.number}-1`] },
      rev: { type: 'integer' },
      createdAt: at,
      createdBy: nullableRef,
      updatedAt: at,
      updatedBy: nullableRef,
      binnedAt: { anyOf: [at, { type: 'null' }] },
      tags: { type: 'array', items: { type: 'string' } },
      custom: CUSTOM,
      ...Object.fromEntries(own),
    },
    required: ['id', 'number', 'rev'],
    additionalProperties: false,
  }
}
const MOVE = shapeOf<OfferedMove>({ name: TEXT, label: TEXT, to: TEXT, allowed: YES_NO, because: TEXT_OR_NULL, needs: TEXTS, asks: TEXTS }) // oxfmt-ignore
/** The row with what its page needs; a record that was just made is answered without the extras. */
export function wholeSchema(record: RecordType, extras: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return withMembers(rowSchema(record), {
    members: { moves: listOf(MOVE), can: shape({ update: YES_NO, bin: YES_NO }) },
    optional: extras,
  })
}
/** A closed object with more members. */
export function withMembers(
  row: JsonSchema,
  { members, optional = {} }: { members: Readonly<Record<string, JsonSchema>>; optional?: Readonly<Record<string, JsonSchema>> }, // oxfmt-ignore
): JsonSchema {
  return {
    ...row,
    required: [...(row['required'] as readonly string[]), ...Object.keys(members)], // an object of ours says what it needs
    properties: { ...(row['properties'] as object), ...members, ...optional },
  }
}
/** A row as lists answer it. */
export function rowOf(record: RecordType): JsonSchema {
  return { $ref: `#/components/schemas/${upper(record.name)}` }
}
/** A row with moves, rights and extras, as its page needs it. */
export function wholeOf(record: RecordType): JsonSchema {
  return { $ref: `#/components/schemas/Whole${upper(record.name)}` }
}
/** A structure of our own as it is sent. */
export function jsonSchemaOf(structure: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(structure, { io: 'input', unrepresentable: 'any' }) // the document names the dialect once
  return rest
}
export function upper(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
/**
 * Open on purpose: the document is the same for every organisation, and each adds fields of its own at run time. Which
 * there are is said by GET /records; the store refuses any other.
 */
const CUSTOM_ABOUT = 'Added fields by name; GET /records says which this organisation has, of which kind each is and what a reference points to. Others are refused.' // oxfmt-ignore
const MONEY: JsonSchema = {
  type: 'object',
  properties: { minor: { type: 'integer' }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
  required: ['minor', 'currency'],
}
const PLAIN: readonly JsonSchema[] = [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }, MONEY] // oxfmt-ignore
const CUSTOM: JsonSchema = {
  type: 'object',
  additionalProperties: { anyOf: [...PLAIN, REF, { $ref: '#/components/schemas/AnyRef' }] },
  description: CUSTOM_ABOUT,
}
const CUSTOM_SENT: JsonSchema = {
  type: 'object',
  additionalProperties: { anyOf: [...PLAIN, SENT_REF, SENT_ANY] },
  description: CUSTOM_ABOUT,
}
/** What a POST (or a PATCH, with nothing required) takes. */
export function draftSchema(record: RecordType, isPatch: boolean): JsonSchema {
  const writable = [...Object.entries(record.fields), ['tags', tags()] as const].filter(([, field]) => !field.stamped)
  const required = writable.filter(([, field]) => field.required && field.default === undefined).map(([name]) => name)
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(writable.map(([name, field]) => [name, described(name, field, sent(field))])),
      custom: CUSTOM_SENT,
    },
    ...(isPatch || required.length === 0 ? {} : { required }),
  }
}
