/** SCIM resources as JSON (RFC 7643): names of attributes are the same in capitals, and a schema's URN may stand in front of them. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type Resource = { [name: string]: Json }

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** RFC 7644 table 9. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
export class ScimError extends Error {
  readonly status: number
  readonly scimType: ScimType | null
  constructor(status: number, scimType: ScimType | null, detail: string) {
    super(detail)
    this.status = status
    this.scimType = scimType
  }
}
export function wrong(scimType: ScimType, detail: string): ScimError {
  return new ScimError(400, scimType, detail)
}

export function isObject(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
/** The name under which the object has it, whatever its capitals; null when it has none. */
export function keyIn(of: Resource, name: string): string | null {
  if (Object.hasOwn(of, name)) return name
  const wanted = name.toLowerCase()
  return Object.keys(of).find((key) => key.toLowerCase() === wanted) ?? null
}
export function member(of: Json | undefined, name: string): Json | undefined {
  if (!isObject(of)) return undefined
  const key = keyIn(of, name)
  return key === null ? undefined : of[key]
}
export function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
