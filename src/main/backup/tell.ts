/** Administrators hear by mail when backups go wrong, once a day while it lasts, and when all is well again. */
import { say, speaking } from '#engines/say.ts'
import type { Tx } from '#kit/database.ts'
import { BESIDE } from '#kit/demo-beside.ts'
import { queueMail } from '#kit/mail/outbox.ts'
import type { Reader } from '#kit/notices/readers.ts'
import { readersOf } from '#kit/notices/readers.ts'
import type { HealthItem } from '#kit/routes/admin.ts'
import type { Installation } from '#main/installation.ts'
import { backupItem } from './health.ts'

const NAME = 'backup-told'
const AGAIN_MS = 24 * 3_600_000

/** What the line "Backup" of the health page says is told when it is bad. Two nodes at once tell once. Call after each backup, and now and then. */
export async function tellOfBackups(of: Installation): Promise<void> {
  const { state } = await backupItem(of)
  await of.db.transaction(async (tx) => {
    const toldAt = await lastTold(tx)
    if (state === 'bad' ? isRecent(toldAt, of.store.now()) : toldAt === null) return
    await noteTold(tx, state === 'bad' ? of.store.now() : null)
    for (const reader of await administrators(tx))
      await speaking(reader.language, async () => write(of, tx, { reader, item: await backupItem(of) }))
  })
}
async function write(of: Installation, tx: Tx, { reader, item }: { reader: Reader; item: HealthItem }): Promise<void> {
  const { org, person } = reader.actor
  const subject = item.state === 'bad' ? say`Backups need you` : say`Backups work again`
  await queueMail(
    tx,
    { secret: of.secret, publicUrl: of.config.publicUrl },
    {
      org,
      person,
      kind: 'notice',
      subject,
      content: {
        paragraphs: [say`Backup: ${item.value}.`, ...(item.todo === '' ? [] : [item.todo])],
        action: { label: say`Open the backups`, link: `${of.config.publicUrl}/settings/backup` },
        why: say`You get this because you are an administrator. It comes once a day until it is mended.`,
      },
      because: subject,
    },
  )
}
function isRecent(toldAt: string | null, now: string): boolean {
  return toldAt !== null && Date.parse(now) - Date.parse(toldAt) < AGAIN_MS
}
async function lastTold(tx: Tx): Promise<string | null> {
  // The lock is held to the end of the transaction, also where there is no row yet.
  const rows = await tx.query<{ at: string | null }>(
    `select pg_advisory_xact_lock(730073033), (select value #>> '{}' from installation_setting where name = $1) as at`,
    [NAME],
  )
  return rows[0]?.at ?? null
}
async function noteTold(tx: Tx, at: string | null): Promise<void> {
  if (at === null) await tx.query('delete from installation_setting where name = $1', [NAME])
  else
    await tx.query(
      `insert into installation_setting (name, value) values ($1, to_jsonb($2::text)) on conflict (name) do update set value = excluded.value, at = now()`,
      [NAME, at],
    )
}
/** Of all organisations; the demonstration beside has none of its own. */
async function administrators(tx: Tx): Promise<Reader[]> {
  const rows = await tx.query<{ org: number; persons: number[] }>(
    `select org, array_agg(distinct person) as persons from role_grant where role = 'administrator' and scope = 'organisation' and org <> ${BESIDE} group by org`,
  )
  const readers = []
  for (const { org, persons } of rows) readers.push(...(await readersOf(tx, org, persons)).values())
  return readers
}
