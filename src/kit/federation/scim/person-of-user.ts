/** What a SCIM user is as a person here. What has no place in the person is kept with the resource and given back as it came. */
import { isTimeZone } from '#engines/wall-clock.ts'
import type { Json, Resource } from './resource.ts'
import { ENTERPRISE, isObject, member, textOf, wrong } from './resource.ts'

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false }

/** Booleans in quotation marks ("False") are what Entra ID sends by default. */
export function checkedUser(body: unknown): Resource {
  if (!isObject(body)) throw wrong('invalidSyntax', 'Send a user as a JSON object.')
  const user: Resource = { ...body }
  const userName = textOf(member(user, 'userName'))
  if (userName === null || userName.length > 320)
    throw wrong('invalidValue', '"userName" is needed, with at most 320 characters.')
  const active = member(user, 'active')
  const isActive = typeof active === 'string' ? BOOLEANS[active.toLowerCase()] : (active ?? true)
  if (typeof isActive !== 'boolean') throw wrong('invalidValue', '"active" is true or false.')
  for (const name of ['emails', 'phoneNumbers']) {
    const values = member(user, name)
    if (values !== undefined && values !== null && !(Array.isArray(values) && values.every(isObject)))
      throw wrong('invalidValue', `"${name}" is a list of objects.`)
  }
  const externalId = member(user, 'externalId')
  if (externalId !== undefined && externalId !== null && (typeof externalId !== 'string' || externalId.length > 500))
    throw wrong('invalidValue', '"externalId" is a text of at most 500 characters.')
  // Never kept: what is ours, what is secret.
  const kept = Object.entries(user).filter(
    ([name]) => !['id', 'meta', 'groups', 'password', 'active', 'username'].includes(name.toLowerCase()),
  )
  if (JSON.stringify(kept).length > 100_000) throw wrong('invalidValue', 'The user is too large.')
  return { ...Object.fromEntries(kept), userName, active: isActive }
}

export interface Told {
  readonly values: Readonly<Record<string, unknown>>
  /** The name or code of a unit. */
  readonly department: string | null
  /** The id of a user. */
  readonly manager: string | null
}
/** The fields of the person. Absent ones are null: a PUT or PATCH that takes a number away empties the field. */
export function personOfUser(user: Resource): Told {
  const name = member(user, 'name')
  const parts = [textOf(member(name, 'givenName')), textOf(member(name, 'familyName'))].filter((part) => part !== null)
  const userName = textOf(member(user, 'userName')) ?? ''
  const zone = textOf(member(user, 'timezone'))
  const work = member(user, ENTERPRISE)
  return {
    values: {
      name: (
        textOf(member(user, 'displayName')) ??
        textOf(member(name, 'formatted')) ??
        (parts.join(' ') || userName)
      ).slice(0, 200),
      email: emailOf(user) ?? (userName.includes('@') ? userName : null),
      jobTitle: textOf(member(user, 'title'))?.slice(0, 200) ?? null,
      phone: of(member(user, 'phoneNumbers'), ['work', null])?.slice(0, 40) ?? null,
      mobile: of(member(user, 'phoneNumbers'), ['mobile'])?.slice(0, 40) ?? null,
      employeeNumber: textOf(member(work, 'employeeNumber'))?.slice(0, 40) ?? null,
      ...(zone !== null && isTimeZone(zone) ? { timeZone: zone } : {}),
    },
    department: textOf(member(work, 'department')),
    manager: textOf(member(member(work, 'manager'), 'value')),
  }
}
export function emailOf(user: Resource): string | null {
  const all = member(user, 'emails')
  const primary = Array.isArray(all) ? all.find((one: Json) => member(one, 'primary') === true) : undefined
  return textOf(member(primary, 'value')) ?? of(all, ['work', null]) ?? of(all, ['home', 'other'])
}
/** The first value of one of these types; null stands for a value without a type. */
function of(all: Json | undefined, types: readonly (string | null)[]): string | null {
  if (!Array.isArray(all)) return null
  for (const type of types) {
    const found = all.find((one: Json) => (textOf(member(one, 'type'))?.toLowerCase() ?? null) === type)
    const value = textOf(member(found, 'value'))
    if (value !== null) return value
  }
  return null
}
