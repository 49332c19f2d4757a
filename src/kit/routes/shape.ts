/** Short words for the JSON schemas of answers that are no records. */
import type { JsonSchema } from '#kit/contract.ts'

export const TEXT: JsonSchema = { type: 'string' }
export const TEXT_OR_NULL: JsonSchema = { type: ['string', 'null'] }
export const WHOLE: JsonSchema = { type: 'integer' }
export const YES_NO: JsonSchema = { type: 'boolean' }
export const ANYTHING: JsonSchema = {}

/** An object with these members, all of them there. */
export function shape(
  members: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  return { type: 'object', required: Object.keys(members), properties: { ...members, ...optional } }
}
export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items }
}
export function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] }
}
