/** What this server can, for clients that ask (RFC 7643 sections 5 to 7). */
import { ENTERPRISE, GROUP, USER } from './resource.ts'

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema'
export function serviceProviderConfig(base: string): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    documentationUri: 'https://www.rfc-editor.org/rfc/rfc7644',
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: 200 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A token made in Settings, Sign-in providers; it opens nothing but SCIM.',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  }
}
export function resourceTypes(base: string): object[] {
  const type = (id: string, endpoint: string, schema: string, more: object): object => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id,
    name: id,
    endpoint,
    schema,
    ...more,
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${id}` },
  })
  return [
    type('User', '/Users', USER, {
      description: 'Persons who come from here.',
      schemaExtensions: [{ schema: ENTERPRISE, required: false }],
    }),
    type('Group', '/Groups', GROUP, { description: 'Groups that give roles.' }),
  ]
}
function enterprise(): object {
  return {
    id: ENTERPRISE,
    name: 'EnterpriseUser',
    description: 'A person at work.',
    attributes: [
      ...['employeeNumber', 'costCenter', 'organization', 'division', 'department'].map((name) => text(name)),
      complex('manager', [
        text('value'),
        { ...text('$ref'), type: 'reference', referenceTypes: ['User'] },
        { ...text('displayName'), mutability: 'readOnly' },
      ]),
    ],
  }
}
export function schemas(base: string): object[] {
  const meta = (id: string): object => ({
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
    schemas: [SCHEMA],
  })
  return [
    {
      id: USER,
      name: 'User',
      description: 'A person.',
      attributes: [
        text('userName', { required: true, uniqueness: 'server' }),
        complex(
          'name',
          ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'].map((name) =>
            text(name),
          ),
        ),
        ...['displayName', 'title', 'userType', 'preferredLanguage', 'locale', 'timezone'].map((name) => text(name)),
        { ...text('externalId'), caseExact: true },
        { ...text('active'), type: 'boolean' },
        list('emails'),
        list('phoneNumbers'),
        { ...list('groups'), mutability: 'readOnly' },
      ],
      ...meta(USER),
    },
    {
      id: GROUP,
      name: 'Group',
      description: 'A group that may give roles.',
      attributes: [
        text('displayName', { required: true, uniqueness: 'server' }),
        { ...text('externalId'), caseExact: true },
        {
          ...complex('members', [
            { ...text('value'), mutability: 'immutable', caseExact: true },
            { ...text('$ref'), type: 'reference', referenceTypes: ['User'] },
            text('display'),
            text('type'),
          ]),
          multiValued: true,
        },
      ],
      ...meta(GROUP),
    },
    { ...enterprise(), ...meta(ENTERPRISE) },
  ]
}
interface Described {
  readonly name: string
  readonly [more: string]: unknown
}
function text(name: string, more: object = {}): Described {
  return {
    name,
    type: 'string',
    multiValued: false,
    description: name,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...more,
  }
}
function complex(name: string, subAttributes: readonly Described[]): Described {
  return { ...text(name), type: 'complex', subAttributes }
}
function list(name: string): Described {
  return {
    ...complex(name, [text('value'), text('display'), text('type'), { ...text('primary'), type: 'boolean' }]),
    multiValued: true,
  }
}
