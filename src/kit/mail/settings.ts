/** The mail server of an organisation, as an administrator sets it. The password is written and never read back. */
import { z } from 'zod'
import { isMailAddress } from '#engines/mail-text.ts'
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import { decrypt, encrypt } from '#kit/federation/secrets.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { unfit } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { MailServer } from './ports.ts'

export const mailSettings = z.strictObject({
  isOn: z.boolean(),
  host: z
    .string()
    .trim()
    .max(253)
    .regex(
      /^[\p{L}\p{N}]([\p{L}\p{N}.:-]*[\p{L}\p{N}])?$/u,
      'Give the name of the server alone, such as smtp.example.com.',
    ),
  port: z.number().int().min(1, 'From 1 to 65535.').max(65_535, 'From 1 to 65535.'),
  tls: z.enum(['implicit', 'starttls', 'none']),
  isInside: z.boolean(),
  authority: z.string().trim().max(20_000),
  user: z.string().trim().max(320),
  senderName: z.string().trim().min(1, 'Say who the mails are from.').max(100),
  senderAddress: z.string().trim().refine(isMailAddress, 'Give one e-mail address, such as desk@example.com.'),
})
export type MailSettings = z.infer<typeof mailSettings>

export interface KeptMail {
  readonly settings: MailSettings
  readonly hasPassword: boolean
  readonly rev: number
}
interface Row {
  readonly settings: MailSettings
  readonly password: Buffer | null
  readonly rev: number
}

export async function keptMail(on: Sql, org: number): Promise<KeptMail | null> {
  const row = await rowOf(on, org)
  return row === null ? null : { settings: row.settings, hasPassword: row.password !== null, rev: row.rev }
}
/** Whether mails leave: for this organisation, or (null) for any of the installation. */
export async function isMailOn(on: Sql, org: number | null): Promise<boolean> {
  const rows = await run(
    on,
    sql`select 1 as one from mail_server where (settings->>'isOn')::boolean and (${org}::integer is null or org = ${org}) limit 1`,
  )
  return rows.length > 0
}
/** With its password in the clear: for the port alone. Null when there is none, or its password cannot be opened. */
export async function mailServer(on: Sql, secret: Buffer, org: number): Promise<MailServer | null> {
  const row = await rowOf(on, org)
  if (row === null) return null
  const password = row.password === null ? '' : decrypt(secret, place(org), row.password)
  return password === null ? null : { ...row.settings, password }
}
/**
 * @param wanted.password undefined leaves it as it is; empty removes it
 * @throws a refusal (422) with each problem at its field
 */
export async function keepMail(
  store: Store,
  secret: Buffer,
  actor: Actor,
  wanted: { settings: MailSettings; password: string | undefined },
): Promise<void> {
  const { settings } = wanted
  const { org } = actor
  await store.db.transaction(async (on) => {
    const before = await rowOf(on, org)
    refuseUnfit(settings, { before, password: wanted.password })
    const password =
      wanted.password === undefined ? (before?.password ?? null) : wanted.password === '' ? null : encrypt(secret, place(org), wanted.password) // oxfmt-ignore
    await run(
      on,
      sql`insert into mail_server (org, settings, password) values (${org}, ${JSON.stringify(settings)}::jsonb, ${password})
        on conflict (org) do update set settings = excluded.settings, password = excluded.password, rev = mail_server.rev + 1, updated_at = now(), failing_since = null, failures = 0, last_error = null, next_at = now()`,
    )
    const changes = {
      ...Object.fromEntries(
        Object.entries(settings).flatMap(([name, value]) => {
          const old = before?.settings[name as keyof MailSettings] ?? null // the names of one are those of the other
          return old === value ? [] : [[name, [old, value] as const]]
        }),
      ),
      ...(wanted.password === undefined
        ? {}
        : { password: [null, wanted.password === '' ? 'removed' : 'replaced'] as const }),
    }
    await run(on, journalInsert([entry(actor, store.now(), { record: 'organisation', recordId: org, action: 'mail-settings', changes })])) // oxfmt-ignore
  })
}

function refuseUnfit(
  settings: MailSettings,
  { before, password }: { before: Row | null; password: string | undefined },
): void {
  const { tls, host, isInside, user } = settings
  if (tls === 'none' && !isLoopback(host))
    throw unfit([
      {
        pointer: '/settings/tls',
        detail: say`Mails and the password would travel to ${host} in the clear. Use TLS; without it only a server on this machine (127.0.0.1, ::1, localhost) can be used.`,
      },
    ])
  if (isLoopback(host) && !isInside)
    throw unfit([{ pointer: '/settings/isInside', detail: say`${host} is inside our own network. If that is right, say so here.` }]) // oxfmt-ignore
  const hasPassword = password === undefined ? (before?.password ?? null) !== null : password !== ''
  if (hasPassword && user === '')
    throw unfit([{ pointer: '/settings/user', detail: say`Give the user whose password it is.` }])
  // A password that is kept goes nowhere but where it was given for: otherwise whoever may set the server could read it.
  const isElsewhere =
    before !== null &&
    before.password !== null &&
    password === undefined &&
    (['host', 'port', 'tls', 'authority', 'user'] as const).some((name) => before.settings[name] !== settings[name])
  if (isElsewhere)
    throw unfit([{ pointer: '/password', detail: say`Enter the password again: it was given for another server, user or encryption.` }]) // oxfmt-ignore
}
/** As it is written; what a name leads to is looked at when connecting. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}
async function rowOf(on: Sql, org: number): Promise<Row | null> {
  const [row] = await run<Row>(on, sql`select settings, password, rev from mail_server where org = ${org}`)
  return row ?? null
}
function place(org: number): string {
  return `${org}/mail-server`
}
