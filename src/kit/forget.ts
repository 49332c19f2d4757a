/** Removes what has served its time: answers kept for repeated requests, sessions and half-done sign-ins that have ended, delays, mails, lines of inboxes, what was typed or uploaded and never sent. */
import { forgetBulk } from './bulk-run.ts'
import type { Database } from './database.ts'
import { forgetHandshakes } from './federation/handshake.ts'
import { forgetUploads } from './kept-files.ts'
import { forgetMail } from './mail/deliver.ts'
import { forgetNotices } from './notices/inbox.ts'
import { forgetPresence } from './presence.ts'
import { forgetPush } from './push/subscriptions.ts'
import { forgetDelays } from './sign-in/delays.ts'
import { forgetSteps } from './sign-in/steps.ts'
import { forgetUnsent } from './unsent.ts'
import { forgetDeliveries } from './webhooks/deliver.ts'

/** Once a day; twice does no harm. */
export async function forget(db: Database): Promise<void> {
  await db.query("delete from idempotency where at < now() - interval '1 day'")
  await db.query('delete from session where expires_at < now()')
  await forgetSteps(db)
  await forgetDelays(db)
  await db.query('delete from view_as where expires_at < now()')
  await forgetHandshakes(db)
  await forgetMail(db)
  await forgetNotices(db)
  await forgetDeliveries(db)
  await forgetPush(db)
  await forgetPresence(db)
  await forgetUnsent(db)
  await forgetUploads(db)
  await forgetBulk(db)
}
