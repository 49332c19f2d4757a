/** An entry of a directory as it is taken over: one value per field, the id that survives moves, and whether it is disabled. */
import type { Entry } from 'ldapts'
import type { DirectoryEntry } from '#kit/federation/ports.ts'
import type { LdapSettings } from '#kit/federation/settings.ts'

/** Null when the entry has no id: it could not be known again after it is moved or renamed. */
export function entryFrom(settings: LdapSettings, entry: Entry): DirectoryEntry | null {
  const names = settings.attributes
  const id = idFrom(settings, entry)
  if (id === null) return null
  const one = (name: string): string | null => values(entry, name)[0]?.trim().slice(0, 500) || null
  return {
    id,
    dn: entry.dn,
    name: one(names.name) ?? one(names.userName) ?? entry.dn,
    email: one(names.email),
    jobTitle: one(names.jobTitle),
    phone: one(names.phone)?.slice(0, 40) ?? null,
    mobile: one(names.mobile)?.slice(0, 40) ?? null,
    employeeNumber: one(names.employeeNumber)?.slice(0, 40) ?? null,
    unit: one(names.unit),
    location: one(names.location),
    manager: one(names.manager),
    groups: values(entry, names.groups).flatMap(groupNames),
    isDisabled: isDisabled(settings.disabledWhen, entry),
    modified: one('modifyTimestamp') ?? one('whenChanged'),
  }
}
/** entryUUID as it is; objectGUID, which is sixteen bytes, in hex. */
export function idFrom({ attributes }: LdapSettings, entry: Entry): string | null {
  const value = raw(entry, attributes.id)[0]
  if (value === undefined || value.length === 0) return null
  return typeof value === 'string' ? value : value.toString('hex')
}

/** A group is known by its whole DN and by the value of its first part: "cn=Desk,ou=Groups,…" and "Desk". */
function groupNames(dn: string): string[] {
  const first = /^[^=]+=((?:\\.|[^,\\])*)/.exec(dn)?.[1]?.replaceAll(/\\([^0-9a-f])/gi, '$1')
  return first === undefined ? [dn] : [dn, first]
}
function isDisabled(when: string, entry: Entry): boolean {
  const match = /^([\w-]+)(=|&)(.+)$/.exec(when)
  if (match === null) return false
  const [, name = '', sign, wanted = ''] = match
  const all = values(entry, name)
  return sign === '='
    ? all.some((value) => value.toLowerCase() === wanted.toLowerCase())
    : all.some((value) => (Number(value) & Number(wanted)) !== 0)
}
function values(entry: Entry, name: string): string[] {
  return raw(entry, name).map((value) => (typeof value === 'string' ? value : value.toString('utf8')))
}
/** Names of attributes are not case-sensitive; a missing one has no values. */
function raw(entry: Entry, name: string): (string | Buffer)[] {
  if (name === '') return []
  const key = name in entry ? name : Object.keys(entry).find((known) => known.toLowerCase() === name.toLowerCase())
  const value = key === undefined ? undefined : entry[key]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
