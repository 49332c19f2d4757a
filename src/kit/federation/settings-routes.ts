/** Settings, Sign-in providers: made, changed, tested and removed by administrators. Secrets go in and never come out. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { badRequest, notFound } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import { system } from '#kit/actor.ts'
import type { FederationParts } from './enter.ts'
import { keyHash, newBrowser } from './handshake.ts'
import { takeBack } from './grants.ts'
import {
  changeProvider,
  createProvider,
  opened,
  providerRow,
  providerRows,
  removeProvider,
  written,
} from './providers.ts'
import type { ProviderRow } from './providers.ts'
import { itemsOf, shape, TEXT, TEXTS } from '#kit/routes/shape.ts'
import { decrypt } from './secrets.ts'
import type { Provider } from './settings.ts'
import { KINDS, SECRETS } from './settings.ts'
import type { ShownProvider } from './settings-shape.ts'
import { SHOWN } from './settings-shape.ts'
import { oidcCallback, oidcLogout, samlPlaces } from './places.ts'

const tag = 'Administration'
const secrets = z.record(z.string().max(60), z.string().max(5000)).default({})
const draftBody = z.strictObject({
  kind: z.enum(KINDS),
  name: z.string().trim().min(1, 'Give it a name; it stands on the button.').max(100),
  isOn: z.boolean().default(true),
  settings: z.record(z.string(), z.unknown()).default({}),
  secrets,
})
const changeBody = draftBody.omit({ kind: true })

export function providerRoutes(parts: FederationParts): Route[] {
  const one = { tag, access: 'administrator' } as const
  return [
    {
      ...one,
      method: 'GET',
      path: '/admin/sign-in-providers',
      summary: 'Sign-in providers',
      ok: itemsOf(SHOWN),
      handle: async (call) => ({ body: { items: await all(parts, call) } }),
    },
    {
      ...one,
      method: 'POST',
      path: '/admin/sign-in-providers',
      summary: 'Add a sign-in provider',
      body: draftBody,
      ok: SHOWN,
      okStatus: 201,
      refusals: [409],
      audited: 'journal',
      handle: (call) => add(parts, call, draftBody.parse(call.body)),
    },
    {
      ...one,
      method: 'GET',
      path: '/admin/sign-in-providers/{id}',
      summary: 'A sign-in provider',
      ok: SHOWN,
      handle: async (call) => answer(parts, await rowOf(parts, call)),
    },
    {
      ...one,
      method: 'PUT',
      path: '/admin/sign-in-providers/{id}',
      summary: 'Change a sign-in provider',
      body: changeBody,
      ok: SHOWN,
      ifMatch: true,
      refusals: [409, 412],
      audited: 'journal',
      handle: (call) => change(parts, call, changeBody.parse(call.body)),
    },
    ...deeds(parts),
  ]
}

function deeds(parts: FederationParts): Route[] {
  const one = { tag, access: 'administrator' } as const
  return [
    {
      ...one,
      method: 'DELETE',
      path: '/admin/sign-in-providers/{id}',
      summary: 'Remove a sign-in provider, and the roles that it gave',
      okStatus: 204,
      audited: 'journal',
      handle: (call) => remove(parts, call),
    },
    {
      ...one,
      method: 'POST',
      path: '/admin/sign-in-providers/{id}/test',
      summary: 'Say whether a sign-in provider works, and what is wrong',
      ok: shape({ found: TEXTS }),
      refusals: [400, 403, 409],
      audited: say`It changes nothing.`,
      handle: async (call) => ({ body: { found: await test(parts, await rowOf(parts, call)) } }),
    },
    {
      ...one,
      method: 'POST',
      path: '/admin/sign-in-providers/{id}/token',
      summary: 'Make a new bearer token for SCIM; the old one ends',
      ok: shape({ token: TEXT }),
      okStatus: 201,
      audited: 'journal',
      answersSecret: true,
      handle: (call) => newScimToken(parts, call),
    },
  ]
}

async function all(parts: FederationParts, call: Call): Promise<ShownProvider[]> {
  const counts = await run<{ provider: number; n: number }>(
    parts.store.db,
    sql`select provider, count(*) as n from identity where org = ${call.actor.org} group by provider`,
  )
  const by = new Map(counts.map(({ provider, n }) => [provider, n]))
  return (await providerRows(parts.store.db, call.actor.org)).map((row) => shown(parts, row, by.get(row.id) ?? 0))
}
function shown(parts: FederationParts, row: ProviderRow, persons: number): ShownProvider {
  const text = row.secrets === null ? null : decrypt(parts.secret, `${row.org}/provider/${row.id}`, row.secrets)
  const known: Record<string, string> = text === null ? {} : JSON.parse(text)
  const { id, kind, name, rev, slug } = row
  const saml = samlPlaces(parts, slug)
  const addresses: ShownProvider['addresses'] =
    kind === 'oidc'
      ? { callback: oidcCallback(parts, slug), signOut: `${parts.publicUrl}/login`, loggedOut: oidcLogout(parts, slug) }
      : kind === 'saml'
        ? { metadata: saml.entity, consumer: saml.consumer }
        : kind === 'scim'
          ? { base: `${parts.publicUrl}/api/scim/v2` }
          : {}
  return {
    id,
    kind,
    name,
    isOn: row.is_on,
    rev,
    settings: row.settings,
    secrets: Object.fromEntries(SECRETS[kind].map((secret) => [secret, (known[secret] ?? '') !== ''])),
    addresses,
    persons,
    hasToken: row.has_token,
    tokenUsedAt: row.token_used_at,
    synced: row.synced,
  }
}
async function answer(parts: FederationParts, row: ProviderRow, status = 200): Promise<Answer> {
  const [count] = await run<{ n: number }>(
    parts.store.db,
    sql`select count(*) as n from identity where org = ${row.org} and provider = ${row.id}`,
  )
  return { status, body: shown(parts, row, count?.n ?? 0), headers: { ETag: `"${row.rev}"` } }
}
function rowOf(parts: FederationParts, call: Call): Promise<ProviderRow> {
  const id = call.params['id'] ?? ''
  if (!/^\d{1,15}$/.test(id)) throw notFound(say`The sign-in provider`)
  return providerRow(parts.store.db, call.actor.org, Number(id))
}

async function add(parts: FederationParts, call: Call, body: z.infer<typeof draftBody>): Promise<Answer> {
  const id = await createProvider(parts.store, parts.secret, call.actor, body)
  return answer(parts, await providerRow(parts.store.db, call.actor.org, id), 201)
}
async function change(parts: FederationParts, call: Call, body: z.infer<typeof changeBody>): Promise<Answer> {
  const { id } = await rowOf(parts, call)
  await changeProvider(parts.store, parts.secret, call.actor, { ...body, id, rev: call.rev })
  return answer(parts, await providerRow(parts.store.db, call.actor.org, id))
}
async function remove(parts: FederationParts, call: Call): Promise<Answer> {
  const row = await rowOf(parts, call)
  const actor = { ...system(row.org, call.request, 'web'), person: call.actor.person, name: call.actor.name }
  await parts.store.transaction(actor, (unit) =>
    takeBack({ on: unit.on, actor, now: parts.store.now() }, opened(row, parts.secret)),
  )
  await removeProvider(parts.store, call.actor, row.id)
  parts.identities.forget(row.org, null)
  return { status: 204 }
}
async function newScimToken(parts: FederationParts, call: Call): Promise<Answer> {
  const row = await rowOf(parts, call)
  if (row.kind !== 'scim') throw badRequest(say`Only a SCIM client has a token.`)
  const token = `phscim_${newBrowser()}${newBrowser()}`
  await run(
    parts.store.db,
    sql`update identity_provider set token = ${keyHash(token)}, token_used_at = null where org = ${row.org} and id = ${row.id}`,
  )
  await written(parts.store, parts.store.db, call.actor, { id: row.id, action: 'token-created', changes: {} })
  return { status: 201, body: { token } }
}

/** @returns what was found, as sentences @throws a refusal that says what is wrong */
async function test(parts: FederationParts, row: ProviderRow): Promise<string[]> {
  const provider: Provider = opened(row, parts.secret)
  switch (provider.kind) {
    case 'oidc':
      return parts.federation.oidc.test(provider, oidcCallback(parts, provider.slug))
    case 'saml':
      return parts.federation.saml.test(provider, samlPlaces(parts, provider.slug))
    case 'ldap':
      return parts.federation.ldap.test(provider)
    case 'scim':
      return [
        row.has_token
          ? row.token_used_at === null
            ? say`There is a token. It was never used.`
            : say`There is a token. It was last used at ${row.token_used_at}.`
          : say`There is no token yet. Make one, and give it to the client.`,
      ]
  }
}
