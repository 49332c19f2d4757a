/**
 * What waits to go to browsers: when the time of a person has come, one message for one record, or one for several, in their
 * language, as far as they may still read it. It lies on a screen that anybody may see, so it says what kind of thing has
 * happened to which title, and no more; what is above the team's class (C1) is not even named. Encrypted here, for each
 * browser, so what is kept until it is delivered says nothing.
 */
import { createHash } from 'node:crypto'
import { counted, said, say, speaking } from '#engines/say.ts'
import { classOf, isWithin } from '#kit/clearance.ts'
import type { Tx } from '#kit/database.ts'
import { encryptFor } from '#kit/push/encrypt.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { Described, Kept } from './described.ts'
import { described } from './described.ts'
import { foremost, NOTICE_EVENTS } from './events.ts'
import { isUrgent, sendDue } from './piles.ts'
import type { Reader } from './readers.ts'
import { readersOf } from './readers.ts'
import { eventLabel } from './words.ts'

/** What the service worker shows (web/offline/worker/notice.ts). */
export interface PushMessage {
  readonly title: string
  readonly body: string
  /** What a click opens: an address of the application, from the root. */
  readonly path: string
  /** A later notice with the same tag takes the place of the earlier one. */
  readonly tag: string
  /** BCP 47 */
  readonly lang: string
}
const MOST_POINTS = 120
/** Every message is as long as the longest usual one. */
const PADDED_BYTES = 1024
const TEAM = 'C1'

/** @returns for how many people something was due. @throws as sendDue */
export function sendPushes({ store }: { readonly store: Store }, signal: AbortSignal): Promise<number> {
  return sendDue(store, { to: 'push', signal }, async (tx, { org, person, kept }) => {
    const reader = (await readersOf(tx, org, [person])).get(person)
    // Whoever has left is told no more.
    if (reader !== undefined) await speaking(reader.language, () => write(store, tx, reader, kept))
  })
}
async function write(store: Store, tx: Tx, reader: Reader, kept: readonly Kept[]): Promise<void> {
  const seen = (await described(store, reader.actor, kept)).flatMap((one) => one ?? [])
  const [first] = seen
  if (first === undefined) return
  const lang = reader.language ?? 'en'
  const message = { ...(seen.length === 1 ? ofOne(store, first) : ofMany(seen.length)), lang }
  const isPressing = seen.some(({ lines }) => lines.some(isUrgent))
  await queue(tx, reader.actor, message, isPressing)
}
function ofOne({ catalogue }: Store, one: Described): Omit<PushMessage, 'lang'> {
  const { number, title, kind, path, lines } = one
  const record = catalogue.find(one.record)
  const [newest] = lines
  // One's own account: what happened is one of a few sentences that name nothing.
  if (number === '') return { title, body: newest?.text ?? '', path, tag: 'account' }
  if (record === null || !isWithin(classOf(record), TEAM)) return { title: say`News in your inbox`, body: '', path: '/inbox', tag: 'inbox' } // oxfmt-ignore
  const field = record.fields[record.title]
  const isOpen = title !== number && (field === undefined || isWithin(classOf(field), TEAM))
  const top = foremost(lines.map(({ event }) => event))
  return {
    title: shortened(isOpen ? `${number} ${title}` : number),
    body: shortened(`${kind}: ${eventLabel(top, NOTICE_EVENTS)}`),
    path,
    tag: number,
  }
}
function ofMany(count: number): Omit<PushMessage, 'lang'> {
  return {
    title: counted(count, say`${count} record has news for you`, say`${count} records have news for you`),
    body: said('Open the inbox'),
    path: '/inbox',
    tag: 'inbox',
  }
}
function shortened(text: string): string {
  const points = Array.from(text)
  return points.length <= MOST_POINTS ? text : `${points.slice(0, MOST_POINTS - 1).join('')}…`
}

async function queue(
  tx: Tx,
  { org, person }: Reader['actor'],
  message: PushMessage,
  isPressing: boolean,
): Promise<void> {
  const browsers = await run<{ id: number; p256dh: Buffer; auth: Buffer }>(
    tx,
    sql`select id, p256dh, auth from push_subscription where org = ${org} and person = ${person} order by id`,
  )
  if (browsers.length === 0) return
  const text = Buffer.from(JSON.stringify(message))
  const ids = browsers.map(({ id }) => id)
  // Its service learns whether two notices are about the same, and nothing else of it.
  const topics = browsers.map(({ auth }) => createHash('sha256').update(auth).update(message.tag).digest('base64url').slice(0, 32)) // oxfmt-ignore
  await run(
    tx,
    sql`delete from push_message m using unnest(${ids}::bigint[], ${topics}::text[]) n (subscription, topic) where m.org = ${org} and m.subscription = n.subscription and m.topic = n.topic and m.state = 'queued'`,
  )
  await run(
    tx,
    sql`insert into push_message (org, subscription, body, topic, is_urgent) select ${org}::integer, n.subscription, n.body, n.topic, ${isPressing}::boolean
      from unnest(${ids}::bigint[], ${browsers.map((browser) => `\\x${encryptFor(browser, text, PADDED_BYTES).toString('hex')}`)}::bytea[], ${topics}::text[]) n (subscription, body, topic)`,
  )
}
