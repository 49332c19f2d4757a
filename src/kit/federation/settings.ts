/** What an administrator says about another system that people sign in through, by kind. Secrets are told apart: they never leave. */
import { z } from 'zod'

export const KINDS = ['oidc', 'saml', 'ldap', 'scim'] as const
export type Kind = (typeof KINDS)[number]

const short = z.string().trim().max(500)
const named = short.min(1, 'Fill this in.')
const webAddress = z
  .string()
  .trim()
  .max(1000)
  .refine(
    (text) => ['https:', 'http:'].includes(URL.parse(text)?.protocol ?? ''),
    'Give an address that begins with https://.',
  )
const attribute = z
  .string()
  .trim()
  .max(200)
  .regex(/^[\w:./;-]*$/, 'This is not the name of an attribute.')

/** One of the built-in roles, or 'role:5' for one of the organisation's own. */
const role = z.string().regex(/^([a-z]{1,30}|role:\d{1,15})$/, 'This is not a role.')

/** Whoever is in `group` at the other side has `roles` here: everywhere, or in `unit` (an id) and what is below it. */
export const groupRule = z.strictObject({
  group: named,
  roles: z.array(role).min(1, 'Choose a role.').max(20),
  unit: z.number().int().positive().nullable().default(null),
})
export type GroupRule = z.infer<typeof groupRule>

/** What all kinds share. */
const common = {
  /** Hosts (or host:port) inside the own network that may be reached for this provider; none when empty. */
  innerHosts: z.array(z.string().trim().toLowerCase().max(260)).max(20).default([]),
  /** Makes a person for whoever signs in for the first time. */
  createsPersons: z.boolean().default(false),
  /** Takes whoever has the same verified e-mail as the person that is here already. */
  linksByEmail: z.boolean().default(false),
  /** The e-mail domains that it is believed for; all when empty. */
  emailDomains: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[^@\s]{1,253}$/, 'Give the part behind the @.'),
    )
    .max(50)
    .default([]),
  groups: z.array(groupRule).max(500).default([]),
  /** Roles of everybody who comes from there. */
  everybody: z.array(role).max(20).default(['requester']),
}

export const oidcSettings = z.strictObject({
  ...common,
  issuer: webAddress,
  clientId: named,
  scopes: short.default('openid email profile'),
  groupsClaim: attribute.default('groups'),
  /** Believes e-mails without the claim email_verified: for directories of one's own organisation, which do not send it. */
  emailIsVerified: z.boolean().default(false),
})
export const samlSettings = z.strictObject({
  ...common,
  entryPoint: webAddress,
  issuer: named,
  /** PEM or the bare base64 of one or more certificates. */
  certificates: z.string().trim().min(100, 'Paste the certificate with which it signs.').max(20_000),
  logoutUrl: z.union([webAddress, z.literal('')]).default(''),
  emailAttribute: attribute.default(''),
  nameAttribute: attribute.default(''),
  groupsAttribute: attribute.default('groups'),
})
export const ldapSettings = z.strictObject({
  ...common,
  url: z
    .string()
    .trim()
    .max(500)
    .regex(
      /^ldaps?:\/\/[^\s/?#@]+\/?$/i,
      'Give ldaps://host or ldap://host with a port if needed, and nothing behind it.',
    ),
  startTls: z.boolean().default(false),
  /** Only for tests and machines that nobody can listen to: passwords travel in the clear. */
  allowsPlain: z.boolean().default(false),
  /** PEM of the authority that signed its certificate; the system's authorities when empty. */
  authority: z.string().trim().max(20_000).default(''),
  bindDn: short.default(''),
  base: named,
  /** {name} is what the person typed, escaped. */
  signInFilter: z.string().trim().max(1000).default('(&(objectClass=person)(|(uid={name})(mail={name})))'),
  syncFilter: z.string().trim().max(1000).default('(objectClass=person)'),
  attributes: z
    .strictObject({
      id: attribute.default('entryUUID'),
      name: attribute.default('cn'),
      email: attribute.default('mail'),
      userName: attribute.default('uid'),
      jobTitle: attribute.default('title'),
      phone: attribute.default('telephoneNumber'),
      mobile: attribute.default('mobile'),
      employeeNumber: attribute.default('employeeNumber'),
      unit: attribute.default('departmentNumber'),
      location: attribute.default('l'),
      manager: attribute.default('manager'),
      groups: attribute.default('memberOf'),
    })
    .prefault({}),
  /** Who is disabled there: `attribute=value`, or `attribute&bit` such as userAccountControl&2; nobody when empty. */
  disabledWhen: z
    .string()
    .trim()
    .max(200)
    .regex(/^([\w-]+(=.+|&\d+))?$/, 'Write attribute=value or attribute&bit.')
    .default(''),
  syncs: z.boolean().default(false),
  everyMinutes: z.number().int().min(5).max(10_080).default(60),
  /** A run that would mark more than this share of its persons as left waits for a yes. */
  mostLeaversPercent: z.number().int().min(0).max(100).default(10),
})
export const scimSettings = z.strictObject(common)

export type OidcSettings = z.infer<typeof oidcSettings>
export type SamlSettings = z.infer<typeof samlSettings>
export type LdapSettings = z.infer<typeof ldapSettings>
export type ScimSettings = z.infer<typeof scimSettings>

export const SETTINGS = { oidc: oidcSettings, saml: samlSettings, ldap: ldapSettings, scim: scimSettings } as const
/** The secrets of each kind: written, never read back. */
export const SECRETS: Readonly<Record<Kind, readonly string[]>> = {
  oidc: ['clientSecret'],
  saml: [],
  ldap: ['bindPassword'],
  scim: [],
}

interface Kept {
  readonly org: number
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly isOn: boolean
  readonly rev: number
}
interface Known<K extends Kind, S> extends Kept {
  readonly kind: K
  readonly settings: S
}
export interface OidcProvider extends Known<'oidc', OidcSettings> {
  readonly clientSecret: string
}
export interface SamlProvider extends Known<'saml', SamlSettings> {}
export interface LdapProvider extends Known<'ldap', LdapSettings> {
  readonly bindPassword: string
}
export interface ScimProvider extends Known<'scim', ScimSettings> {}
export type Provider = OidcProvider | SamlProvider | LdapProvider | ScimProvider
