/** PATCH (RFC 7644 3.5.2): add, replace and remove, with paths into lists; and the ways in which Entra ID writes them. */
import type { ValuePath } from './filter.ts'
import { matches, readPath } from './filter.ts'
import type { Filter } from './filter.ts'
import type { Json, Resource } from './resource.ts'
import { ENTERPRISE, isObject, keyIn, member, PATCH, wrong } from './resource.ts'

const MOST_OPERATIONS = 1000
/** Attributes that are lists. */
const LISTS = new Set([
  'emails',
  'phonenumbers',
  'members',
  'addresses',
  'groups',
  'roles',
  'entitlements',
  'ims',
  'photos',
  'x509certificates',
  'schemas',
])
const READ_ONLY = new Set(['id', 'meta', 'groups', 'schemas'])

/** The resource after the operations; the given one stays as it is. @throws a SCIM error that names the operation */
export function patched(resource: Resource, body: unknown): Resource {
  const operations = operationsOf(body)
  const made = structuredClone(resource)
  operations.forEach((operation, index) => {
    try {
      apply(made, operation)
    } catch (error) {
      if (error instanceof Error) error.message = `Operation ${index + 1}: ${error.message}`
      throw error
    }
  })
  return made
}

interface Operation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path: string | null
  readonly value: Json | undefined
}
function operationsOf(body: unknown): Operation[] {
  const said = member(body as Json, 'Operations') // anything else has no such member
  const schemas = member(body as Json, 'schemas')
  if (!Array.isArray(schemas) || !schemas.includes(PATCH)) throw wrong('invalidSyntax', `Name the schema ${PATCH}.`)
  if (!Array.isArray(said) || said.length === 0 || said.length > MOST_OPERATIONS)
    throw wrong('invalidSyntax', `Send between 1 and ${MOST_OPERATIONS} "Operations".`)
  return said.map((one: Json) => {
    const op = String(member(one, 'op') ?? '').toLowerCase() // Entra ID writes "Add"
    const path = member(one, 'path')
    if (op !== 'add' && op !== 'replace' && op !== 'remove')
      throw wrong('invalidSyntax', `"${op}" is no operation; use add, replace or remove.`)
    if (path !== undefined && path !== null && typeof path !== 'string') throw wrong('invalidPath', 'A path is a text.')
    return { op, path: path === undefined || path === '' ? null : path, value: member(one, 'value') }
  })
}
function apply(resource: Resource, { op, path, value }: Operation): void {
  if (path === null) {
    if (op === 'remove') throw wrong('noTarget', 'Say with "path" what to remove.')
    if (!isObject(value)) throw wrong('invalidValue', 'Without a path, the value is an object of attributes.')
    // Entra ID also sends paths as the names of members: {"name.givenName": "Mia"}.
    for (const [name, inner] of Object.entries(value)) spread(resource, op, name, inner)
    return
  }
  const target = readPath(path)
  if (target.path.urn === null && READ_ONLY.has(target.path.name.toLowerCase()))
    throw wrong('mutability', `"${target.path.name}" cannot be changed.`)
  if (op !== 'remove' && value === undefined) throw wrong('invalidValue', `There is no value for "${path}".`)
  if (op === 'remove') remove(resource, target, value)
  else put(resource, target, { isAdd: op === 'add', value: value ?? null })
}
function spread(resource: Resource, op: 'add' | 'replace', name: string, value: Json): void {
  if (READ_ONLY.has(name.toLowerCase())) return // a client that sends the whole resource back means no change of these
  if (name.toLowerCase() === ENTERPRISE.toLowerCase() && isObject(value)) {
    for (const [inner, one] of Object.entries(value))
      apply(resource, { op, path: `${ENTERPRISE}:${inner}`, value: one })
    return
  }
  apply(resource, { op, path: name, value })
}

/** The object that holds the attribute: the resource, or an extension, which is made when it is missing. */
function holder(resource: Resource, { path: { urn } }: ValuePath): Resource {
  if (urn === null) return resource
  const key = keyIn(resource, urn) ?? urn
  const held = resource[key]
  if (isObject(held)) return held
  const made: Resource = {}
  resource[key] = made
  return made
}
function put(resource: Resource, target: ValuePath, { isAdd, value }: { isAdd: boolean; value: Json }): void {
  const of = holder(resource, target)
  const { name, sub } = target.path
  const key = keyIn(of, name) ?? name
  if (target.filter !== null) return putWithin(of, key, target, { isAdd, value })
  if (sub !== null) {
    const held = of[key]
    const inner: Resource = isObject(held) ? held : {}
    of[key] = inner
    inner[keyIn(inner, sub) ?? sub] = value
    return
  }
  if (LISTS.has(name.toLowerCase()))
    of[key] = isAdd ? united(listIn(of[key]), listIn(value)) : united([], listIn(value))
  else if (isObject(value) && isObject(of[key])) of[key] = { ...of[key], ...value }
  // A reference of one value may be sent as its bare id: Entra ID does so with the manager.
  else if (name.toLowerCase() === 'manager' && typeof value === 'string') of[key] = { value }
  else of[key] = value
}
function putWithin(
  of: Resource,
  key: string,
  { filter, sub, path }: ValuePath,
  { isAdd, value }: { isAdd: boolean; value: Json },
): void {
  if (filter === null) return
  const values = [...listIn(of[key])]
  const hits = values.flatMap((one, index) => (matches(filter, one) ? [index] : []))
  if (hits.length === 0) {
    const made = impliedBy(filter)
    if (made === null) throw wrong('noTarget', `No value of "${path.name}" fits the filter.`)
    of[key] = [
      ...values,
      sub === null ? { ...made, ...(isObject(value) ? value : { value }) } : { ...made, [sub]: value },
    ]
    return
  }
  for (const index of hits) {
    const before = values[index]
    const held: Resource = isObject(before) ? before : {}
    values[index] =
      sub === null
        ? isObject(value)
          ? { ...(isAdd ? held : {}), ...held, ...value }
          : value
        : { ...held, [keyIn(held, sub) ?? sub]: value }
  }
  of[key] = onePrimary(values, hits.at(-1) ?? 0)
}
/** `type eq "work"` → { type: "work" }: what a value must be to fit; null when that cannot be said. */
function impliedBy(filter: Filter): Resource | null {
  if (filter.kind === 'and') {
    const [left, right] = [impliedBy(filter.left), impliedBy(filter.right)]
    return left === null || right === null ? null : { ...left, ...right }
  }
  return filter.kind === 'compare' && filter.operator === 'eq' ? { [filter.path.name]: filter.value } : null
}
function remove(resource: Resource, target: ValuePath, value: Json | undefined): void {
  const of = holder(resource, target)
  const key = keyIn(of, target.path.name)
  if (key === null) return
  const { filter, sub, path } = target
  if (filter !== null) {
    const values = listIn(of[key])
    if (!values.some((one) => matches(filter, one))) return // it is gone already
    of[key] =
      sub === null
        ? values.filter((one) => !matches(filter, one))
        : values.map((one) => (matches(filter, one) && isObject(one) ? without(one, sub) : one))
    return
  }
  if (path.sub !== null) {
    const held = of[key]
    if (isObject(held)) of[key] = without(held, path.sub)
    return
  }
  // Entra ID names the members to remove in "value".
  if (value !== undefined && value !== null && LISTS.has(path.name.toLowerCase())) {
    const gone = listIn(value)
    of[key] = listIn(of[key]).filter((one) => !gone.some((each) => isMeant(each, one)))
    return
  }
  delete of[key]
}
function without(of: Resource, name: string): Resource {
  const key = keyIn(of, name)
  return Object.fromEntries(Object.entries(of).filter(([one]) => one !== key))
}
function listIn(value: Json | undefined): readonly Json[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value as Json]
}
/** The same value, and the same type if one is said. */
function isMeant(said: Json, held: Json): boolean {
  if (!isObject(said)) return said === (isObject(held) ? member(held, 'value') : held)
  const type = member(said, 'type') ?? null
  return member(said, 'value') === member(held, 'value') && (type === null || type === member(held, 'type'))
}
/** Each value once; a later one that is primary makes the earlier ones not. */
function united(held: readonly Json[], more: readonly Json[]): Json[] {
  const all = [...held]
  for (const one of more) {
    const at = all.findIndex((known) => idOf(known) === idOf(one))
    if (at >= 0) all[at] = one
    else all.push(one)
    if (member(one, 'primary') === true) all.splice(0, all.length, ...onePrimary(all, at >= 0 ? at : all.length - 1))
  }
  return all
}
function onePrimary(values: readonly Json[], index: number): Json[] {
  if (member(values[index], 'primary') !== true) return [...values]
  return values.map((one, at) =>
    at !== index && isObject(one) && member(one, 'primary') === true ? { ...one, primary: false } : one,
  )
}
function idOf(value: Json): string {
  return isObject(value)
    ? `${String(member(value, 'value') ?? JSON.stringify(value))}/${String(member(value, 'type') ?? '').toLowerCase()}`
    : String(value)
}
