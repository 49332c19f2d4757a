/** SCIM 2.0 (RFC 7644): one request in, one answer out. The platform binds it to /api/scim/v2. */
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import { opened } from '#kit/federation/providers.ts'
import type { ProviderRow } from '#kit/federation/providers.ts'
import type { ScimProvider } from '#kit/federation/settings.ts'
import { Refusal } from '#kit/problem.ts'
import type { Identities } from '#kit/sign-in.ts'
import { keyHash } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { resourceTypes, schemas, serviceProviderConfig } from './discovery.ts'
import { createGroup, deleteGroup, groupRow, patchGroup, replaceGroup, shownGroup } from './groups.ts'
import type { Query } from './listing.ts'
import { chosen, listGroups, listOf, listUsers, MOST } from './listing.ts'
import type { Json, Resource } from './resource.ts'
import { ERROR, member, ScimError, SEARCH, wrong } from './resource.ts'
import type { ScimContext } from './users.ts'
import { asScim, createUser, deleteUser, patchUser, replaceUser, shownUser, userRow } from './users.ts'

export interface ScimParts {
  readonly store: Store
  readonly identities: Identities
  readonly secret: Buffer
  readonly publicUrl: string
}
export interface ScimRequest {
  readonly method: string
  /** Below /api/scim/v2, such as `Users/5`. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly token: string | null
  readonly ifMatch: string | null
  readonly ifNoneMatch: string | null
  readonly request: string
}
export interface ScimAnswer {
  readonly status: number
  readonly body: object | null
  readonly headers: Readonly<Record<string, string>>
}

/** Never throws what a client can cause: that is an answer in the form of SCIM. */
export async function answerScim(parts: ScimParts, request: ScimRequest): Promise<ScimAnswer> {
  try {
    const provider = await admitted(parts, request.token)
    const actor: Actor = { ...system(provider.org, request.request, 'scim'), name: provider.name }
    const { store, identities, publicUrl } = parts
    return await routed({ store, identities, provider, actor, base: `${publicUrl}/api/scim/v2` }, request)
  } catch (error) {
    return refusal(error)
  }
}
export function refusal(error: unknown): ScimAnswer {
  const known = error instanceof Refusal ? scimOf(error) : error
  if (!(known instanceof ScimError)) throw error
  const headers: Record<string, string> = known.status === 401 ? { 'WWW-Authenticate': 'Bearer realm="SCIM"' } : {}
  const { status, scimType, message } = known
  return {
    status,
    headers,
    body: { schemas: [ERROR], status: String(status), ...(scimType === null ? {} : { scimType }), detail: message },
  }
}
function scimOf(error: Refusal): unknown {
  try {
    return asScim(error)
  } catch (made) {
    return made
  }
}
/** @throws 401 */
async function admitted({ store, secret }: ScimParts, token: string | null): Promise<ScimProvider> {
  const rows =
    token === null
      ? []
      : await run<ProviderRow>(
          store.db,
          sql`select org, id, slug, kind, name, is_on, rev, settings, secrets, token_used_at, true as has_token, synced from identity_provider where token = ${keyHash(token)} and kind = 'scim' and is_on`,
        )
  const [row] = rows
  const provider = row === undefined ? null : opened(row, secret)
  if (row === undefined || provider?.kind !== 'scim')
    throw new ScimError(401, null, 'Send the token of this SCIM client as "Authorization: Bearer …".')
  await run(
    store.db,
    sql`update identity_provider set token_used_at = now() where org = ${row.org} and id = ${row.id} and (token_used_at is null or token_used_at < now() - interval '1 minute')`,
  )
  return provider
}

async function routed(context: ScimContext, request: ScimRequest): Promise<ScimAnswer> {
  const [kind = '', id, ...more] = request.path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded)
  if (more.length > 0) throw nowhere()
  if (kind === 'Users' || kind === 'Groups') return resources(context, request, { kind, id: id ?? null })
  if (request.method !== 'GET') throw new ScimError(405, null, 'This can only be read.')
  if (kind === 'ServiceProviderConfig' && id === undefined) return found(serviceProviderConfig(context.base))
  const known =
    kind === 'ResourceTypes' ? resourceTypes(context.base) : kind === 'Schemas' ? schemas(context.base) : null
  if (known === null) throw nowhere()
  if (request.query['filter'] !== undefined)
    throw new ScimError(403, null, 'Lists of what this server can are not filtered.')
  if (id === undefined) return found(listOf(known))
  const one = known.find((each) => 'id' in each && each.id === id)
  if (one === undefined) throw nowhere()
  return found(one)
}
async function resources(
  context: ScimContext,
  request: ScimRequest,
  { kind, id }: { kind: 'Users' | 'Groups'; id: string | null },
): Promise<ScimAnswer> {
  const { method, body } = request
  const list = kind === 'Users' ? listUsers : listGroups
  if (id === '.search' && method === 'POST') return found(await list(context, searchOf(body)))
  if (id === null && method === 'GET') return found(await list(context, queryOf(request.query)))
  if (id === null && method === 'POST') return written(await make(context, kind, body), 201, request)
  if (id === null) throw new ScimError(405, null, `${method} is not for ${kind} as a whole.`)
  const rev = revision(request.ifMatch)
  switch (method) {
    case 'GET':
      return read(await one(context, kind, id), request)
    case 'PUT':
      return written(
        kind === 'Users'
          ? shownUser(context, await replaceUser(context, id, body, rev))
          : shownGroup(context, await replaceGroup(context, id, body, rev)),
        200,
        request,
      )
    case 'PATCH':
      return written(
        kind === 'Users'
          ? shownUser(context, await patchUser(context, id, body, rev))
          : shownGroup(context, await patchGroup(context, id, body, rev)),
        200,
        request,
      )
    case 'DELETE':
      await (kind === 'Users' ? deleteUser(context, id, rev) : deleteGroup(context, id, rev))
      return { status: 204, body: null, headers: {} }
    default:
      throw new ScimError(405, null, `${method} is not known here.`)
  }
}
async function make(context: ScimContext, kind: 'Users' | 'Groups', body: unknown): Promise<Resource> {
  return kind === 'Users'
    ? shownUser(context, await createUser(context, body))
    : shownGroup(context, await createGroup(context, body))
}
async function one(context: ScimContext, kind: 'Users' | 'Groups', id: string): Promise<Resource> {
  return kind === 'Users'
    ? shownUser(context, await userRow(context, id))
    : shownGroup(context, await groupRow(context, id))
}

function found(body: object): ScimAnswer {
  return { status: 200, body, headers: {} }
}
function read(resource: Resource, request: ScimRequest): ScimAnswer {
  const version = String(member(member(resource, 'meta'), 'version'))
  if (request.ifNoneMatch === version) return { status: 304, body: null, headers: { ETag: version } }
  return written(resource, 200, request)
}
function written(resource: Resource, status: number, request: ScimRequest): ScimAnswer {
  const meta = member(resource, 'meta')
  const headers = { ETag: String(member(meta, 'version')), Location: String(member(meta, 'location')) }
  return { status, body: chosen(resource, queryOf(request.query)), headers }
}
function queryOf(query: Readonly<Record<string, string>>): Query {
  return {
    filter: query['filter'] ?? null,
    startIndex: Math.max(1, whole(query['startIndex'], 1)),
    count: Math.min(MOST, Math.max(0, whole(query['count'], 100))),
    attributes: names(query['attributes']),
    excluded: names(query['excludedAttributes']),
  }
}
/** POST /.search: the same questions in a body, so that nobody's name stands in an address. */
function searchOf(body: unknown): Query {
  const said = body as Json // read member by member; anything else has none
  const all = member(said, 'schemas')
  if (!Array.isArray(all) || !all.includes(SEARCH)) throw wrong('invalidSyntax', `Name the schema ${SEARCH}.`)
  const text = (name: string): Record<string, string> => {
    const value = member(said, name)
    return value === undefined || value === null
      ? {}
      : { [name]: Array.isArray(value) ? value.join(',') : String(value) }
  }
  return queryOf(Object.assign({}, ...['filter', 'startIndex', 'count', 'attributes', 'excludedAttributes'].map(text)))
}
function whole(text: string | undefined, ifAbsent: number): number {
  if (text === undefined) return ifAbsent
  if (!/^-?\d{1,9}$/.test(text)) throw wrong('invalidValue', '"startIndex" and "count" are whole numbers.')
  return Number(text)
}
function names(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
/** `W/"3"`; any resource that is there is meant by `*`. */
function revision(header: string | null): number | null {
  if (header === null || header.trim() === '*') return null
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())
  if (match === null) throw new ScimError(412, null, 'If-Match holds the version that you read, such as W/"3".')
  return Number(match[1])
}
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part // broken escapes name nothing
  }
}
function nowhere(): ScimError {
  return new ScimError(404, null, 'There is nothing at this address.')
}
