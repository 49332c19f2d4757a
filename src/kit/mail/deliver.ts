/**
 * Sends what is due. A row is claimed before it is sent, so that of several nodes one sends it; a claim that was left behind by
 * a process that died is taken over after some minutes, with the same Message-ID, by which the other side knows a second copy.
 */
import { MOST_DAYS, MOST_TRIES, mailDelaySeconds, serverDelaySeconds } from '#engines/mail-delay.ts'
import type { MailContent } from '#engines/mail-text.ts'
import { isMailAddress, mailHtml, mailText } from '#engines/mail-text.ts'
import { say } from '#engines/say.ts'
import type { Database, Sql } from '#kit/database.ts'
import { decrypt } from '#kit/federation/secrets.ts'
import { emptyPiles } from '#kit/notices/piles.ts'
import { run, sql } from '#kit/sql.ts'
import { secretPlace } from './outbox.ts'
import type { Letter, MailParts, MailPort, Sent } from './ports.ts'
import { mailServer } from './settings.ts'

export interface Delivering extends Omit<MailParts, 'publicUrl'> {
  readonly db: Database
  readonly mail: MailPort
}
interface Due {
  readonly org: number
  readonly id: number
  readonly name: string
  readonly address: string
  readonly subject: string
  readonly content: MailContent
  readonly secret: Buffer | null
  readonly attachment: Buffer | null
  readonly attachment_name: string | null
  readonly attachment_type: string | null
  readonly message_id: string
  readonly reply_to_message: string | null
  readonly attempts: number
  readonly created_at: string
  readonly is_over: boolean
  readonly is_old: boolean
}
/** At once from one process; the other side may count connections. */
const LANES = 4
/** Longer than a letter may take to be sent. */
const CLAIM_MINUTES = 5

/** @returns how many letters were tried */
export async function deliverMail(parts: Delivering, signal: AbortSignal): Promise<number> {
  let tried = 0
  const lane = async (): Promise<void> => {
    while (!signal.aborted) {
      const due = await claim(parts.db)
      if (due === null) return
      tried++
      await settle(parts, due, await attempt(parts, due, signal))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return tried
}

async function claim(on: Sql): Promise<Due | null> {
  const [due] = await run<Due>(
    on,
    sql`update mail set state = 'sending', attempts = attempts + 1, claimed_at = now() where (org, id) = (
        select m.org, m.id from mail m join mail_server s on s.org = m.org
        where (s.settings->>'isOn')::boolean and s.next_at <= now() and m.next_at <= now()
          and (m.state = 'queued' or m.state = 'sending' and m.claimed_at < now() - make_interval(mins => ${CLAIM_MINUTES}))
        order by m.next_at, m.id limit 1 for update of m skip locked)
      returning org, id, name, address, subject, content, secret, attachment, attachment_name, attachment_type, message_id, reply_to_message, attempts, created_at,
        coalesce(expires_at < now(), false) as is_over, created_at < now() - make_interval(days => ${MOST_DAYS}) as is_old`,
  )
  return due ?? null
}

async function attempt({ db, secret, mail }: Delivering, due: Due, signal: AbortSignal): Promise<Sent> {
  if (due.is_over) return { kind: 'refused', because: say`Its link was over before it could be sent.` }
  if (!isMailAddress(due.address)) return { kind: 'refused', because: say`"${due.address}" is not an e-mail address. Correct it at the person.` } // oxfmt-ignore
  if (due.attempts > MOST_TRIES || due.is_old)
    return { kind: 'refused', because: say`It was tried for ${MOST_DAYS} days.` }
  const server = await mailServer(db, secret, due.org)
  if (server === null) return { kind: 'trouble', because: say`The password of the mail server was kept with another secret of this installation. Enter it again in Settings, Mail.` } // oxfmt-ignore
  const letter = letterOf(due, secret)
  if (letter === null) return { kind: 'refused', because: say`What belongs into its link cannot be read any more: the secret of this installation has changed.` } // oxfmt-ignore
  return mail.send(server, letter, signal)
}
function letterOf(due: Due, installation: Buffer): Letter | null {
  const known = due.secret === null ? '' : decrypt(installation, secretPlace(due.org, due.message_id), due.secret)
  if (known === null) return null
  const { action } = due.content
  const content = action === undefined ? due.content : { ...due.content, action: { ...action, link: action.link.replace('{secret}', () => known) } } // oxfmt-ignore
  return {
    messageId: due.message_id,
    after: due.reply_to_message,
    to: { name: due.name, address: due.address },
    subject: due.subject,
    text: mailText(content),
    html: mailHtml(content),
    at: due.created_at,
    unsubscribe: due.content.stop?.oneClick ?? null,
    attachment:
      due.attachment === null
        ? null
        : {
            name: due.attachment_name ?? 'file',
            type: due.attachment_type ?? 'application/octet-stream',
            content: due.attachment,
          },
  }
}

/** Writes down what became of it; only while the claim is still ours. */
async function settle({ db }: Delivering, due: Due, sent: Sent): Promise<void> {
  const mine = sql`org = ${due.org} and id = ${due.id} and state = 'sending' and attempts = ${due.attempts}`
  await db.transaction(async (on) => {
    if (sent.kind === 'trouble') {
      // The letter has done nothing wrong: the try is not counted against it.
      await run(
        on,
        sql`update mail set state = 'queued', attempts = attempts - 1, last_error = ${sent.because} where ${mine}`,
      )
      await noteTrouble(on, due.org, sent.because)
      return
    }
    if (sent.kind === 'sent' || sent.kind === 'refused')
      await run(
        on,
        sql`update mail set state = ${sent.kind === 'sent' ? 'sent' : 'failed'}, ended_at = now(), secret = null, attachment = null, answer = ${sent.kind === 'sent' ? sent.answer : null}, last_error = ${sent.kind === 'sent' ? null : sent.because} where ${mine}`,
      )
    else await putOff(on, due, { mine, because: sent.because })
    if (sent.kind === 'sent') await noteDelivered(on, due.org)
  })
}
async function putOff(
  on: Sql,
  due: Due,
  { mine, because }: { mine: ReturnType<typeof sql>; because: string },
): Promise<void> {
  await run(
    on,
    sql`update mail set state = 'queued', last_error = ${because}, next_at = now() + make_interval(secs => ${mailDelaySeconds(due.attempts)}) where ${mine}`,
  )
}
/** Four lanes may find the same trouble: it counts once. */
async function noteTrouble(on: Sql, org: number, because: string): Promise<void> {
  const delays = [1, 2, 3, 4, 5].map(serverDelaySeconds)
  await run(
    on,
    sql`update mail_server set failing_since = coalesce(failing_since, now()), failures = failures + 1, last_error = ${because}, next_at = now() + make_interval(secs => (${delays}::int[])[least(5, failures + 1)]) where org = ${org} and next_at <= now()`,
  )
}
async function noteDelivered(on: Sql, org: number): Promise<void> {
  await run(
    on,
    sql`update mail_server set last_delivered_at = now(), failing_since = null, failures = 0, last_error = null, next_at = now() where org = ${org}`,
  )
}

const KEPT_DAYS = 30
/** What is done goes after a month; what was never sent, after a year. By schedule. */
export async function forgetMail(on: Sql): Promise<void> {
  await run(on, sql`delete from mail where ended_at < now() - make_interval(days => ${KEPT_DAYS})`)
  await run(on, sql`delete from mail where state = 'held' and created_at < now() - interval '1 year'`)
  await run(on, sql`delete from password_wish where asked_at < now() - interval '1 day'`)
}
/** After a restore nobody knows which of these were sent meanwhile: an administrator decides. */
export async function holdMail(on: Sql, because: string): Promise<void> {
  await run(on, sql`update mail set state = 'held', last_error = ${because} where state in ('queued', 'sending')`)
  // Their inboxes tell the same; nobody is to be written to twice.
  await emptyPiles(on)
}
