/** The providers of an installation: read with their secrets, made, changed and removed with a journal entry each. */
import { randomBytes } from 'node:crypto'
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { conflict, notFound, stale, unfit } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { fitted } from '#kit/wanted.ts'
import { decrypt, encrypt } from './secrets.ts'
import type { Kind, Provider } from './settings.ts'
import { SECRETS, SETTINGS } from './settings.ts'

export interface ProviderRow {
  readonly org: number
  readonly id: number
  readonly slug: string
  readonly kind: Kind
  readonly name: string
  readonly is_on: boolean
  readonly rev: number
  readonly settings: unknown
  readonly secrets: Buffer | null
  readonly token_used_at: string | null
  readonly has_token: boolean
  readonly synced: unknown
}
const COLUMNS = sql`org, id, slug, kind, name, is_on, rev, settings, secrets, token_used_at, token is not null as has_token, synced`

export async function providerRows(on: Sql, org: number): Promise<ProviderRow[]> {
  return run<ProviderRow>(on, sql`select ${COLUMNS} from identity_provider where org = ${org} order by lower(name)`)
}
/** @throws not found (404) */
export async function providerRow(on: Sql, org: number, id: number): Promise<ProviderRow> {
  const [row] = await run<ProviderRow>(
    on,
    sql`select ${COLUMNS} from identity_provider where org = ${org} and id = ${id}`,
  )
  if (row === undefined) throw notFound(say`The sign-in provider`)
  return row
}
/** The provider of a public address. @throws not found (404), also when it is switched off */
export async function providerBySlug<K extends Kind>(
  on: Sql,
  secret: Buffer,
  { slug, kind }: { slug: string; kind: K },
): Promise<Extract<Provider, { kind: K }>> {
  const [row] = await run<ProviderRow>(
    on,
    sql`select ${COLUMNS} from identity_provider where slug = ${slug} and kind = ${kind} and is_on`,
  )
  if (row === undefined) throw notFound(say`This way to sign in`)
  return opened(row, secret) as Extract<Provider, { kind: K }> // the query asked for this kind
}
export async function providersOfKind<K extends Kind>(
  on: Sql,
  secret: Buffer,
  kind: K,
): Promise<Extract<Provider, { kind: K }>[]> {
  const rows = await run<ProviderRow>(on, sql`select ${COLUMNS} from identity_provider where kind = ${kind} and is_on`)
  return rows.map((row) => opened(row, secret) as Extract<Provider, { kind: K }>) // the query asked for this kind
}
/** With its secrets in the clear: for the ports alone. */
export function opened(row: ProviderRow, secret: Buffer): Provider {
  const text = row.secrets === null ? '{}' : decrypt(secret, place(row), row.secrets)
  if (text === null)
    throw conflict(
      say`The secrets of ${row.name} were kept with another secret of this installation. Enter them again in Settings, Sign-in providers.`,
    )
  const secrets: Record<string, string> = JSON.parse(text)
  const own = Object.fromEntries(SECRETS[row.kind].map((name) => [name, secrets[name] ?? '']))
  const { org, id, slug, name, rev, kind } = row
  // The settings are those that this kind's schema let through.
  return {
    org,
    id,
    slug,
    name,
    rev,
    kind,
    isOn: row.is_on,
    settings: SETTINGS[kind].parse(row.settings),
    ...own,
  } as Provider
}

export interface ProviderDraft {
  readonly kind: Kind
  readonly name: string
  readonly isOn: boolean
  readonly settings: unknown
  /** Only those that are given are replaced. */
  readonly secrets: Readonly<Record<string, string>>
}
/** @throws 422 when the settings do not fit the kind, 409 when the name is taken */
export async function createProvider(
  store: Store,
  secret: Buffer,
  actor: Actor,
  draft: ProviderDraft,
): Promise<number> {
  const settings = checked(draft)
  const id = await store.numbers.take(actor.org, 'identityProvider')
  await store.db.transaction(async (on) => {
    await nameIsFree(on, actor.org, { id, name: draft.name })
    const secrets = encrypt(secret, place({ org: actor.org, id }), JSON.stringify(draft.secrets))
    await run(
      on,
      sql`insert into identity_provider (org, id, slug, kind, name, is_on, settings, secrets) values (${actor.org}, ${id}, ${randomBytes(9).toString('hex')}, ${draft.kind}, ${draft.name}, ${draft.isOn}, ${JSON.stringify(settings)}::jsonb, ${secrets})`,
    )
    await written(store, on, actor, {
      id,
      action: 'create',
      changes: { name: [null, draft.name], kind: [null, draft.kind], settings: [null, settings] },
    })
  })
  return id
}
/** @throws 412 when somebody else was faster */
export async function changeProvider(
  store: Store,
  secret: Buffer,
  actor: Actor,
  change: Omit<ProviderDraft, 'kind'> & { id: number; rev: number | null },
): Promise<void> {
  await store.db.transaction(async (on) => {
    const row = await providerRow(on, actor.org, change.id)
    if (change.rev !== null && change.rev !== row.rev) throw stale({ id: row.id, rev: row.rev }, row.rev)
    const settings = checked({ ...change, kind: row.kind })
    await nameIsFree(on, actor.org, change)
    const known = row.secrets === null ? '{}' : (decrypt(secret, place(row), row.secrets) ?? '{}')
    const secrets = encrypt(secret, place(row), JSON.stringify({ ...JSON.parse(known), ...change.secrets }))
    const kept = await run(
      on,
      sql`update identity_provider set name = ${change.name}, is_on = ${change.isOn}, settings = ${JSON.stringify(settings)}::jsonb, secrets = ${secrets}, rev = rev + 1, updated_at = now() where org = ${actor.org} and id = ${row.id} and rev = ${row.rev} returning 1`,
    )
    if (kept.length === 0) throw stale({ id: row.id, rev: row.rev + 1 }, row.rev + 1)
    const changes = {
      name: [row.name, change.name],
      isOn: [row.is_on, change.isOn],
      settings: [row.settings, settings],
      secrets: [null, Object.keys(change.secrets).length === 0 ? null : 'replaced'],
    } as const
    const differing = Object.entries(changes).filter(([, [from, to]]) => JSON.stringify(from) !== JSON.stringify(to))
    await written(store, on, actor, { id: row.id, action: 'change', changes: Object.fromEntries(differing) })
  })
}
/** Removes a provider with the roles that it gave; the persons stay. */
export async function removeProvider(store: Store, actor: Actor, id: number): Promise<void> {
  await store.db.transaction(async (on) => {
    const row = await providerRow(on, actor.org, id)
    await run(on, sql`delete from identity_provider where org = ${actor.org} and id = ${id}`)
    await written(store, on, actor, { id, action: 'remove', changes: { name: [row.name, null] } })
  })
}
/** Writes down what happened to a provider, or what it did. */
export async function written(
  store: Store,
  on: Sql,
  actor: Actor,
  said: { id: number; action: string; changes: Readonly<Record<string, readonly [unknown, unknown]>>; reason?: string },
): Promise<void> {
  const { id, ...rest } = said
  await run(on, journalInsert([entry(actor, store.now(), { record: 'identityProvider', recordId: id, ...rest })]))
}

function checked(draft: Pick<ProviderDraft, 'kind' | 'settings' | 'secrets'>): object {
  const strange = Object.keys(draft.secrets).find((name) => !SECRETS[draft.kind].includes(name))
  if (strange !== undefined)
    throw unfit([{ pointer: `/secrets/${strange}`, detail: say`This kind has no such secret.` }])
  const result = fitted<object>(SETTINGS[draft.kind], draft.settings, '/settings')
  if ('value' in result) return result.value
  throw unfit(result.problems)
}
async function nameIsFree(on: Sql, org: number, { id, name }: { id: number; name: string }): Promise<void> {
  const taken = await run(
    on,
    sql`select 1 from identity_provider where org = ${org} and lower(name) = lower(${name}) and id <> ${id}`,
  )
  if (taken.length > 0) throw conflict(say`There is a sign-in provider called ${name} already. Choose another name.`)
}
function place(of: { org: number; id: number }): string {
  return `${of.org}/provider/${of.id}`
}
