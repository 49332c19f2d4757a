/** Running a directory now, as a try or for good; and by its schedule. The work is a job: it outlives the request. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { Tx } from '#kit/database.ts'
import type { JobData, JobHandler, JobOptions, JobSender } from '#kit/jobs.ts'
import { badRequest, notFound } from '#kit/problem.ts'
import { shape, TEXT } from '#kit/routes/shape.ts'
import { run, sql } from '#kit/sql.ts'
import type { FederationParts } from '#kit/federation/enter.ts'
import { opened, providerRow, providersOfKind } from '#kit/federation/providers.ts'
import { lookRoute } from './look.ts'
import { keepState, NOTHING } from './state.ts'
import type { Synced } from './state.ts'
import { syncDirectory } from './sync.ts'

export const DIRECTORY_JOB = 'directory'
export interface DirectoryParts extends FederationParts {
  readonly jobs: JobSender
}
const body = z.strictObject({
  isDry: z.boolean().default(false),
  isFull: z.boolean().default(true),
  mayRemoveMany: z.boolean().default(false),
})

export function directoryRoutes(parts: DirectoryParts): Route[] {
  return [
    lookRoute(parts),
    {
      method: 'POST',
      path: '/admin/sign-in-providers/{id}/sync',
      tag: 'Administration',
      access: 'administrator',
      summary: 'Read a directory now; as a try, it only says what would change',
      body,
      ok: shape({ state: TEXT }),
      okStatus: 202,
      refusals: [400],
      audited: say`The run writes down what it does.`,
      handle: (call) => start(parts, call, body.parse(call.body)),
    },
  ]
}
async function start(parts: DirectoryParts, call: Call, order: z.infer<typeof body>): Promise<Answer> {
  const id = call.params['id'] ?? ''
  if (!/^\d{1,15}$/.test(id)) throw notFound(say`The sign-in provider`)
  const row = await providerRow(parts.store.db, call.actor.org, Number(id))
  if (row.kind !== 'ldap') throw badRequest(say`${row.name} is no directory; there is nothing to read.`)
  const last = row.synced as Synced | null // written by this module alone
  await parts.store.db.transaction(async (tx) => {
    await keepState(tx, row, {
      state: 'waiting',
      at: parts.store.now(),
      isDry: order.isDry,
      isFull: order.isFull,
      because: null,
      counts: NOTHING,
      problems: [],
      problemCount: 0,
      changes: [],
      seconds: 0,
      next: last?.next ?? null,
    })
    await send(parts, tx, { org: row.org, provider: row.id, ...order })
  })
  return { status: 202, body: { state: 'waiting' } }
}
async function send(parts: DirectoryParts, tx: Tx, data: JobData): Promise<void> {
  await parts.jobs.send(tx, DIRECTORY_JOB, data, { singletonKey: `${data['org']}/${data['provider']}` })
}
export function directoryJob(parts: FederationParts): { options: JobOptions; handler: JobHandler } {
  return {
    options: { retryLimit: 0, singleton: true },
    handler: async (data) => {
      const row = await providerRow(parts.store.db, Number(data['org']), Number(data['provider'])).catch(() => null) // removed meanwhile
      const provider = row === null ? null : opened(row, parts.secret)
      if (row === null || provider?.kind !== 'ldap') return
      await syncDirectory(
        parts,
        provider,
        {
          isDry: data['isDry'] === true,
          isFull: data['isFull'] === true,
          mayRemoveMany: data['mayRemoveMany'] === true,
        },
        row.synced as Synced | null, // written by this module alone
      )
    },
  }
}
/** Sends a job for every directory whose time has come. One that waits for a yes is not asked again by itself for a day. */
export async function dueDirectories(parts: DirectoryParts): Promise<void> {
  for (const provider of await providersOfKind(parts.store.db, parts.secret, 'ldap')) {
    if (!provider.settings.syncs) continue
    const [row] = await run<{ synced: Synced | null }>(
      parts.store.db,
      sql`select synced from identity_provider where org = ${provider.org} and id = ${provider.id}`,
    )
    const last = row?.synced ?? null
    const minutes = last?.state === 'asks' ? 1440 : provider.settings.everyMinutes
    if (last !== null && Date.parse(parts.store.now()) - Date.parse(last.at) < minutes * 60_000) continue
    await parts.store.db.transaction((tx) =>
      send(parts, tx, { org: provider.org, provider: provider.id, isDry: false, isFull: false, mayRemoveMany: false }),
    )
  }
}
