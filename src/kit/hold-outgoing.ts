/** What waits to leave the house (mails, webhooks) is held when a database is brought back to an earlier moment. */
import type { Sql } from './database.ts'
import { holdMail } from './mail/deliver.ts'
import { holdDeliveries } from './webhooks/deliver.ts'

const HELD_BY_RESTORE = 'It waited when this database was brought back to an earlier moment, and may have been sent since.' // oxfmt-ignore

/** After a restore nobody knows which of these were sent meanwhile: an administrator decides about each. */
export async function holdOutgoing(on: Sql): Promise<void> {
  await holdMail(on, HELD_BY_RESTORE)
  await holdDeliveries(on, HELD_BY_RESTORE)
}
