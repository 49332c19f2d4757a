/**
 * What waits to go by mail: when the time of a person has come, all of it becomes one mail in their language, as far as they may
 * still read it. Taken off the pile and put into the outbox in one transaction, so each goes once.
 */
import { counted, say, speaking } from '#engines/say.ts'
import type { MailContent } from '#engines/mail-text.ts'
import { classOf, isWithin } from '#kit/clearance.ts'
import type { Tx } from '#kit/database.ts'
import { queueMail } from '#kit/mail/outbox.ts'
import type { MailParts } from '#kit/mail/ports.ts'
import type { Store } from '#kit/store.ts'
import type { Described, Kept } from './described.ts'
import { described } from './described.ts'
import type { Happened } from './events.ts'
import { foremost, NOTICE_EVENTS } from './events.ts'
import { sendDue } from './piles.ts'
import type { Reader } from './readers.ts'
import { readersOf } from './readers.ts'
import { unsubscribeKey } from './unsubscribe-key.ts'
import { changesInWords, eventLabel } from './words.ts'

export type NoticeMailParts = MailParts & { readonly store: Store }

/** @returns how many people were written to or found to want nothing any more. @throws as sendDue */
export function sendNotices(parts: NoticeMailParts, signal: AbortSignal): Promise<number> {
  return sendDue(parts.store, { to: 'mail', signal }, async (tx, { org, person, kept }) => {
    const reader = (await readersOf(tx, org, [person])).get(person)
    // Whoever has left is written to no more.
    if (reader !== undefined) await speaking(reader.language, () => write(parts, tx, reader, kept))
  })
}
async function write(parts: NoticeMailParts, tx: Tx, reader: Reader, kept: readonly Kept[]): Promise<void> {
  const seen = (await described(parts.store, reader.actor, kept)).flatMap((one) => (one === null ? [] : [guarded(parts.store, one)])) // oxfmt-ignore
  const [first] = seen
  if (first === undefined) return
  const { org, person } = reader.actor
  const mail = seen.length === 1 ? ofOne(parts, reader, first) : ofMany(parts, reader, seen)
  await queueMail(tx, parts, {
    org,
    person,
    kind: 'notice',
    ...mail,
    because: say`Notices: ${[...new Set(seen.flatMap(({ lines }) => lines.map(({ event }) => event)))].join(', ')}`,
    ...(seen.length === 1 && first.number !== '' ? { on: { record: first.record, id: first.id } } : {}),
  })
}
/** Mails are carried out of the house: what is above the line manager's class goes by its number alone. */
function guarded({ catalogue }: Store, one: Described): Described {
  const record = catalogue.find(one.record)
  if (record === null) return one
  const title = record.fields[record.title]
  const isOpen = isWithin(classOf(record), 'C2')
  const isTitleOpen = isOpen && (title === undefined || isWithin(classOf(title), 'C2'))
  return {
    ...one,
    title: isTitleOpen ? one.title : one.number,
    lines: isOpen ? one.lines : one.lines.map((line) => ({ ...line, excerpt: null })),
  }
}

type Mail = { readonly subject: string; readonly content: MailContent }
function ofOne(parts: NoticeMailParts, reader: Reader, one: Described): Mail {
  const { number, title, path, why, lines } = one
  const top = foremost(lines.map(({ event }) => event))
  const [newest] = lines
  const head = title === number ? number : `${number} ${title}`
  const said = lines.length === 1 ? (newest?.text ?? '') : changesInWords(lines.length, number)
  return {
    subject: lines.length === 1 ? `${number}: ${said}` : `${said}: ${title}`,
    content: {
      paragraphs: [head, ...lines.toReversed().map(({ text, excerpt }) => (excerpt === null ? text : `${text}\n${excerpt}`))], // oxfmt-ignore
      action: { label: say`Open ${number}`, link: `${parts.publicUrl}${path}` },
      why,
      stop: stopOf(parts, reader, top),
    },
  }
}
const MOST_TOLD = 50
function ofMany(parts: NoticeMailParts, reader: Reader, all: readonly Described[]): Mail {
  const rest = all.length - MOST_TOLD
  const told = all.slice(0, MOST_TOLD).map(({ number, title, path, lines }) => {
    const head = title === number ? number : `${number} ${title}`
    return [head, ...lines.toReversed().map(({ text }) => `- ${text}`), `${parts.publicUrl}${path}`].join('\n')
  })
  return {
    subject: counted(all.length, say`${all.length} record has news for you`, say`${all.length} records have news for you`), // oxfmt-ignore
    content: {
      paragraphs: [...told, ...(rest > 0 ? [say`And ${rest} more, in your inbox.`] : [])],
      action: { label: say`Open the inbox`, link: `${parts.publicUrl}/inbox` },
      why: say`You get this because you chose to be told of these things by mail. The inbox says of each why.`,
      stop: stopOf(parts, reader, 'all'),
    },
  }
}
function stopOf(
  parts: NoticeMailParts,
  { actor }: Reader,
  event: Happened['event'] | 'all',
): NonNullable<MailContent['stop']> {
  // oxfmt-ignore
  const key = unsubscribeKey(parts.secret, { org: actor.org, person: actor.person, event })
  const label = event === 'all' ? say`No more such mails` : say`No more mails about: ${eventLabel(event, NOTICE_EVENTS)}` // oxfmt-ignore
  return { label, link: `${parts.publicUrl}/unsubscribe/${key}`, oneClick: `${parts.publicUrl}/api/v1/unsubscribe/${key}` } // oxfmt-ignore
}
