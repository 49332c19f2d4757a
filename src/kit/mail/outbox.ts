/** The outbox: a mail is a row, written in the transaction of its cause. Where no server is set, it stands there and says so. */
import { randomUUID } from 'node:crypto'
import type { MailContent } from '#engines/mail-text.ts'
import { headerLine } from '#engines/mail-text.ts'
import type { Sql } from '#kit/database.ts'
import { encrypt } from '#kit/federation/secrets.ts'
import { run, sql } from '#kit/sql.ts'
import type { MailParts } from './ports.ts'

/** Held where no server is set. */
export type MailState = 'queued' | 'held'
export type MailKind = 'reset' | 'security' | 'notice'
export interface NewMail {
  readonly org: number
  readonly person: number
  readonly kind: MailKind
  readonly subject: string
  readonly content: MailContent
  /** The sentence by which administrators see why it was written. */
  readonly because: string
  /** Takes the place of {secret} in the link; nobody but the recipient reads it. */
  readonly secret?: string
  /** It is not sent later than so many minutes from now. */
  readonly minutes?: number
  readonly on?: { readonly record: string; readonly id: number }
  /** A file that goes along. */
  readonly attachment?: { readonly name: string; readonly type: string; readonly content: Buffer }
}

/**
 * To the address with which the person signs in, else the one in their record: whoever may change the record of a colleague
 * does not thereby get mails about that colleague's sign-in. Nothing is written for somebody without an address.
 * @returns null when there was nobody to write to
 */
export async function queueMail(on: Sql, { secret, publicUrl }: MailParts, mail: NewMail): Promise<MailState | null> {
  const { org, person, content } = mail
  const isAboutSignIn = mail.kind !== 'notice'
  const key = randomUUID()
  const kept = mail.secret === undefined ? null : encrypt(secret, secretPlace(org, key), mail.secret)
  const rows = await run<{ state: MailState }>(
    on,
    sql`insert into mail (org, person, kind, name, address, subject, content, secret, because, on_record, on_id, message_id, attachment, attachment_name, attachment_type, state, expires_at)
      select p.org, p.id, ${mail.kind}, p.name, t.address, ${headerLine(mail.subject)}, ${JSON.stringify(content)}::jsonb, ${kept}, ${mail.because}, ${mail.on?.record ?? null}, ${mail.on?.id ?? null},
        ${`<${key}@${new URL(publicUrl).hostname}>`}, ${mail.attachment?.content ?? null}::bytea, ${mail.attachment === undefined ? null : headerLine(mail.attachment.name, 120)}, ${mail.attachment?.type ?? null}, case when exists (select 1 from mail_server s where s.org = p.org and (s.settings->>'isOn')::boolean) then 'queued' else 'held' end,
        now() + make_interval(mins => ${mail.minutes ?? null}::integer)
      from person p left join credential c on c.org = p.org and c.person = p.id
        cross join lateral (select case when ${isAboutSignIn} then coalesce(c.email, p.email) else coalesce(p.email, c.email) end as address) t
      where p.org = ${org} and p.id = ${person} and p.status = 'active' and p.binned_at is null and t.address <> '' returning state`,
  )
  return rows[0]?.state ?? null
}
/** What a mail's secret is bound to. @param messageId its key, or the whole id with brackets */
export function secretPlace(org: number, messageId: string): string {
  return `${org}/mail/${messageId.replace(/^<|@.*$/g, '')}`
}
