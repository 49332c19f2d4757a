/** What a webhook can be told, and the message itself: ids and names of events, never what a record says. */
import { classOf, isWithin } from '#kit/clearance.ts'
import { isTold } from '#kit/notices/occasions.ts'
import type { ReactionEntry } from '#kit/reaction.ts'
import type { RecordType } from '#kit/record.ts'
import { idIn } from '#kit/write.ts'

export const WEBHOOK_EVENTS = ['created', 'changed', 'moved', 'removed', 'commented'] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]
/** As Standard Webhooks has it: type, timestamp, data. */
export interface Message {
  readonly type: string
  readonly timestamp: string
  readonly data: {
    readonly record: string
    readonly id: number
    readonly number: string
    readonly url: string
    readonly action: string
    /** The person who did it; null for the product itself. */
    readonly by: number | null
  }
}

/** What can happen of a kind of record; nothing is told of what is above the line manager's class, not even its name. */
export function eventsOf(record: RecordType): readonly WebhookEvent[] {
  if (!isTold(record) || !isWithin(classOf(record), 'C2')) return []
  return WEBHOOK_EVENTS.filter((event) => event !== 'moved' || record.flow !== null)
}
export function eventOf(record: RecordType, entry: ReactionEntry): WebhookEvent | null {
  if (entry.record === 'comment') return entry.action === 'create' ? 'commented' : null
  if (entry.action === 'create') return 'created'
  if (entry.action === 'bin') return 'removed'
  return record.flow !== null && entry.changes[record.flow.field] !== undefined ? 'moved' : 'changed'
}
/** What the entry is about: the record itself, or the one that a comment stands on. */
export function subjectOf(entry: ReactionEntry): { record: string; id: number } | null {
  if (entry.record !== 'comment') return { record: entry.record, id: entry.recordId }
  const on = entry.changes['on']?.[1]
  const id = idIn(on)
  return id === null || typeof on !== 'object' || on === null || !('record' in on) ? null : { record: String(on.record), id } // oxfmt-ignore
}
