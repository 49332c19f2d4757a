// The fields of each kind of provider, in the order of the form, and how they are written.
import type { federationWords } from '../../messages/federation.ts'

export type Kind = 'oidc' | 'saml' | 'ldap' | 'scim'
type Words = keyof typeof federationWords.fields
export interface FieldSpec {
  /** The name in the settings, or in the secrets. */
  name: string
  words: Words
  as: 'text' | 'long' | 'lines' | 'commas' | 'yes' | 'number' | 'secret'
  required?: true
}
function field(name: Words, as: FieldSpec['as'], required?: true): FieldSpec {
  return { name, words: name, as, ...(required ? { required } : {}) }
}
const shared: FieldSpec[] = [
  field('everybody', 'commas'),
  field('createsPersons', 'yes'),
  field('linksByEmail', 'yes'),
  field('emailDomains', 'lines'),
]
const inner = field('innerHosts', 'lines')

export const fieldsOf: Record<Kind, FieldSpec[]> = {
  oidc: [
    field('issuer', 'text', true),
    field('clientId', 'text', true),
    field('clientSecret', 'secret'),
    field('scopes', 'text'),
    field('groupsClaim', 'text'),
    field('emailIsVerified', 'yes'),
    ...shared,
    inner,
  ],
  saml: [
    field('entryPoint', 'text', true),
    { name: 'issuer', words: 'samlIssuer', as: 'text', required: true },
    field('certificates', 'long', true),
    field('emailAttribute', 'text'),
    field('nameAttribute', 'text'),
    field('groupsAttribute', 'text'),
    ...shared,
  ],
  ldap: [
    field('url', 'text', true),
    field('startTls', 'yes'),
    field('authority', 'long'),
    field('bindDn', 'text'),
    field('bindPassword', 'secret'),
    field('base', 'text', true),
    field('signInFilter', 'text'),
    field('syncFilter', 'text'),
    field('disabledWhen', 'text'),
    field('syncs', 'yes'),
    field('everyMinutes', 'number'),
    field('mostLeaversPercent', 'number'),
    ...shared,
    inner,
  ],
  scim: shared.filter(({ name }) => name !== 'createsPersons'),
}
/** Fields of a person, and which attribute of a directory's entry each is read from; `userName` and `groups` beside them. */
export const ATTRIBUTES = ['id', 'userName', 'name', 'email', 'jobTitle', 'phone', 'mobile', 'employeeNumber', 'unit', 'location', 'manager', 'groups'] as const // oxfmt-ignore
export type Attribute = (typeof ATTRIBUTES)[number]
/** What a directory of this make usually wants: taken over as a whole, then changed where it differs. */
export interface Preset {
  readonly attributes: Readonly<Record<Attribute, string>>
  readonly settings: Readonly<Record<'signInFilter' | 'syncFilter' | 'disabledWhen', string>>
}
const openLdap: Preset = {
  attributes: {
    id: 'entryUUID',
    userName: 'uid',
    name: 'cn',
    email: 'mail',
    jobTitle: 'title',
    phone: 'telephoneNumber',
    mobile: 'mobile',
    employeeNumber: 'employeeNumber',
    unit: 'departmentNumber',
    location: 'l',
    manager: 'manager',
    groups: 'memberOf',
  },
  settings: {
    signInFilter: '(&(objectClass=person)(|(uid={name})(mail={name})))',
    syncFilter: '(objectClass=person)',
    disabledWhen: '',
  },
}
const activeDirectory: Preset = {
  attributes: {
    ...openLdap.attributes,
    id: 'objectGUID',
    userName: 'sAMAccountName',
    name: 'displayName',
    unit: 'department',
    employeeNumber: 'employeeID',
  },
  settings: {
    signInFilter:
      '(&(objectCategory=person)(objectClass=user)(|(sAMAccountName={name})(userPrincipalName={name})(mail={name})))',
    syncFilter: '(&(objectCategory=person)(objectClass=user))',
    disabledWhen: 'userAccountControl&2',
  },
}
export const presets = { openLdap, activeDirectory } as const

export const usual: Record<string, unknown> = {
  scopes: 'openid email profile',
  groupsClaim: 'groups',
  groupsAttribute: 'groups',
  ...openLdap.settings,
  everyMinutes: 60,
  mostLeaversPercent: 10,
  everybody: ['requester'],
}

export interface GroupRule {
  group: string
  roles: string[]
  unit: number | null
}
export function groupLines(rules: readonly GroupRule[]): string {
  return rules
    .map(({ group, roles, unit }) => `${group} = ${roles.join(', ')}${unit === null ? '' : ` in ${unit}`}`)
    .join('\n')
}
/** The rules, or the line that is none. The last "=" counts: names of groups (cn=desk,…) hold some too. */
export function readGroups(text: string): GroupRule[] | string {
  const made: GroupRule[] = []
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const match = /^(.+)=([^=]+?)(?:\s+in\s+(\d+))?$/.exec(line.trim())
    const roles = (match?.[2] ?? '')
      .split(',')
      .map((role) => role.trim())
      .filter((role) => role !== '')
    const group = match?.[1]?.trim() ?? ''
    if (group === '' || roles.length === 0) return line
    made.push({ group, roles, unit: match?.[3] === undefined ? null : Number(match[3]) })
  }
  return made
}
