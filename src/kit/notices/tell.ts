/** Tells screens that an inbox has changed: by the database itself, so that it is heard when the change is there, and only then. */
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'

/** What live changes call it; the id beside it is that of the person. */
export const INBOX = 'inbox'
/** The channel and the form of `#platform/notify.ts`; one message takes 7,900 bytes. */
const CHANNEL = 'pilothouse_changed'
const AT_ONCE = 400

export async function tellInboxes(on: Sql, org: number, persons: readonly number[]): Promise<void> {
  const all = [...new Set(persons)]
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const message = JSON.stringify([org, { [INBOX]: all.slice(at, at + AT_ONCE) }])
    await run(on, sql`select pg_notify(${CHANNEL}, ${message})`)
  }
}
