/** The mails that were written about one record: to whom, and what became of each. For its timeline. */
import { readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Ref } from '#kit/field.ts'
import type { RecordType } from '#kit/record.ts'
import type { Fragment } from '#kit/sql.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'

export const MAIL_STATES = ['queued', 'sending', 'sent', 'failed', 'held', 'discarded'] as const
export interface MailOfRecord {
  readonly id: number
  /** Null for somebody whom the reader may not see. */
  readonly to: Ref | null
  readonly state: (typeof MAIL_STATES)[number]
  /** Null but for the recipient and administrators: it was written with the recipient's rights. */
  readonly subject: string | null
  readonly at: string
}
interface Row extends Omit<MailOfRecord, 'to'> {
  readonly person: number
}
/** When it was written, to the millisecond that readers are told: pages end there. */
export const MAIL_AT: Fragment = raw(`date_trunc('milliseconds', t.created_at)`)

/**
 * Newest first. Who was written to is known to whoever may know who follows the record: its staff, and each recipient of
 * the own mails; so the rule of the watchers holds, whose columns have the same names.
 * @param where a condition on the table `mail t`, for pages
 */
export async function mailsOn(
  store: Store,
  actor: Actor,
  { record, id, where, limit }: { record: RecordType; id: number; where: Fragment; limit: number },
): Promise<MailOfRecord[]> {
  const { catalogue, db } = store
  const [watcher, person] = [catalogue.find('watcher'), catalogue.find('person')]
  if (watcher === null || person === null) return []
  const rows = await run<Row>(
    db,
    sql`select t.id, t.person, t.state, t.subject, ${MAIL_AT} as at from mail t
      where t.org = ${actor.org} and t.on_record = ${record.name} and t.on_id = ${id} and t.person is not null and ${where}
        and ${readable(actor, watcher, catalogue)} order by ${MAIL_AT} desc, t.id desc limit ${limit}`,
  )
  const ids = [...new Set(rows.map((row) => row.person))]
  const seen = ids.length === 0 ? [] : await store.many(actor, person, ids, { fields: [person.title] })
  const people = new Map(seen.map((one) => [one.id, { id: one.id, number: one.number, title: String(one[person.title]) }])) // oxfmt-ignore
  const isWhole = actor.roles.includes('administrator')
  return rows.map(({ person: to, subject, ...mail }) => ({
    ...mail,
    to: people.get(to) ?? null,
    subject: isWhole || to === actor.person ? subject : null,
  }))
}
