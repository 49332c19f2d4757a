/** Webhooks follow the journal: each entry that one asks for becomes a delivery, in the transaction that moves the place. */
import { createHash } from 'node:crypto'
import type { Reaction, ReactionEntry } from '#kit/reaction.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { Message } from './events.ts'
import { eventOf, eventsOf, subjectOf } from './events.ts'

interface Hook {
  readonly org: number
  readonly id: number
  readonly events: readonly string[]
  readonly records: readonly string[] | null
}
const SILENT: readonly string[] = ['import', 'setup']

export function webhookReaction(parts: { readonly store: Store; readonly publicUrl: string }): Reaction {
  const { catalogue } = parts.store
  return {
    name: 'webhooks',
    since: 'now',
    records: [...catalogue.records.filter((one) => eventsOf(one).length > 0).map(({ name }) => name), 'comment'],
    handle: async (tx, entries) => {
      const orgs = [...new Set(entries.map(({ org }) => org))]
      const hooks = await run<Hook>(
        tx,
        sql`select org, id, events, records from webhook where org = any(${orgs}::integer[]) and is_on`,
      )
      if (hooks.length === 0) return
      const made = entries.filter(({ origin }) => !SILENT.includes(origin)).flatMap((entry) => deliveries(parts, hooks, entry)) // oxfmt-ignore
      if (made.length === 0) return
      await run(
        tx,
        sql`insert into webhook_delivery (org, webhook, message_id, type, body) select * from unnest(${made.map(({ org }) => org)}::integer[], ${made.map(({ hook }) => hook)}::bigint[], ${made.map(({ messageId }) => messageId)}::uuid[], ${made.map(({ message }) => message.type)}::text[], ${made.map(({ message }) => JSON.stringify(message))}::text[])`,
      )
    },
  }
}
function deliveries(
  { store: { catalogue }, publicUrl }: { readonly store: Store; readonly publicUrl: string },
  hooks: readonly Hook[],
  entry: ReactionEntry,
): { org: number; hook: number; messageId: string; message: Message }[] {
  const about = subjectOf(entry)
  const record = about === null ? null : catalogue.find(about.record)
  if (about === null || record === null) return []
  const event = eventOf(record, entry)
  if (event === null || !eventsOf(record).includes(event)) return []
  const number = `${record.number}-${about.id}`
  const message: Message = {
    type: `${record.name}.${event}`,
    timestamp: entry.at,
    data: {
      record: record.name,
      id: about.id,
      number,
      url: `${publicUrl}/${record.place ?? 'all'}/${record.plural}/${number}`,
      action: entry.action,
      by: entry.actor,
    },
  }
  return hooks
    .filter(
      (hook) => hook.org === entry.org && hook.events.includes(event) && (hook.records?.includes(record.name) ?? true),
    ) // oxfmt-ignore
    .map((hook) => ({ org: entry.org, hook: hook.id, messageId: messageIdOf(entry, hook), message }))
}
/** The same for the same entry, also when a restore makes the journal be read again: the other side knows a second copy by it. */
function messageIdOf({ id }: ReactionEntry, hook: Hook): string {
  return createHash('sha256').update(`${hook.org}/${hook.id}/${id}`).digest('hex').slice(0, 32)
}
