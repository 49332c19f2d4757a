/** Short words for the JSON schemas of answers. Objects are closed: a member that is not named here is never answered. */
import type { JsonSchema } from '#kit/contract.ts'

export const TEXT: JsonSchema = { type: 'string' }
export const TEXT_OR_NULL: JsonSchema = { type: ['string', 'null'] }
export const TEXTS: JsonSchema = { type: 'array', items: TEXT }
export const WHOLE: JsonSchema = { type: 'integer' }
export const NUMBER: JsonSchema = { type: 'number' }
export const NUMBER_OR_NULL: JsonSchema = { type: ['number', 'null'] }
export const YES_NO: JsonSchema = { type: 'boolean' }
export const ANYTHING: JsonSchema = {}
/** ISO 8601 in UTC. */
export const INSTANT: JsonSchema = { type: 'string', format: 'date-time' }
export const INSTANT_OR_NULL: JsonSchema = { type: ['string', 'null'], format: 'date-time' }
/** 2026-11-21 */
export const DAY: JsonSchema = { type: 'string', format: 'date' }
export const REF: JsonSchema = { $ref: '#/components/schemas/Ref' }
export const REF_OR_NULL: JsonSchema = { anyOf: [REF, { type: 'null' }] }
export const ANY_REF: JsonSchema = { $ref: '#/components/schemas/AnyRef' }

type Members = Readonly<Record<string, JsonSchema>>
/** An object with these members, all of them there, and no others. */
export function shape(members: Members, optional: Members = {}): JsonSchema {
  return {
    type: 'object',
    required: Object.keys(members),
    properties: { ...members, ...optional },
    additionalProperties: false,
  }
}
type OptionalNames<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T]
/** The shape of a type of ours: the compiler sees to it that each of its members is named, and no other. */
export function shapeOf<T extends object>(
  members: { readonly [K in Exclude<keyof T, OptionalNames<T>>]: JsonSchema },
  ...optional: OptionalNames<T> extends never ? [] : [{ readonly [K in OptionalNames<T>]: JsonSchema }]
): JsonSchema {
  return shape(members, optional[0])
}
export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items }
}
/** What a list answers: `{items: […]}`. */
export function itemsOf(items: JsonSchema): JsonSchema {
  return shape({ items: listOf(items) })
}
/** A page of a list that goes on at `next`. */
export function pageOf(items: JsonSchema, optional: Members = {}): JsonSchema {
  return shape({ items: listOf(items), next: TEXT_OR_NULL }, optional)
}
/** An object whose names are data: P1 → 3. */
export function mapOf(values: JsonSchema): JsonSchema {
  return { type: 'object', additionalProperties: values }
}
export function among(...values: readonly string[]): JsonSchema {
  return { type: 'string', enum: values }
}
export function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] }
}
