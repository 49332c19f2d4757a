// What is done with lines of the inbox: each says what it did and offers Undo.
import { call } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { inboxWords as words } from '../messages/inbox.ts'
import { say } from '../ui/toast.tsx'
import { refreshInbox, type InboxItem } from './queries.ts'

export type Deed = 'done' | 'read' | 'unread' | 'snooze'
export type Which = { items: number[] } | { all: { show: string; event: string | null } }

export async function triage(which: Which, deed: Deed, until?: string): Promise<void> {
  await attempt(async () => {
    const body = { ...which, deed, ...(until === undefined ? {} : { until }) }
    const done = await call<{ count: number; batch: string }>('/inbox/triage', { method: 'POST', body })
    const { count, batch } = done.body
    say(words.said[deed](count), () => void undo(batch))
    refreshInbox()
  })
}
async function undo(batch: string): Promise<void> {
  await attempt(async () => {
    await call('/inbox/undo', { method: 'POST', body: { batch } })
    say(words.undone)
    refreshInbox()
  })
}
/** Nobody is told of what they opened: it says nothing and needs no Undo. */
export function markAsRead(items: readonly number[]): void {
  void call('/inbox/triage', { method: 'POST', body: { items, deed: 'read' } }).then(refreshInbox, () => undefined)
}
export async function mute({ record, id, number, isMuted }: InboxItem): Promise<void> {
  await attempt(async () => {
    await call('/me/notices/muted', { method: 'PUT', body: { record, id, isMuted: !isMuted } })
    say(isMuted ? words.unmuted(number) : words.muted(number))
    refreshInbox()
  })
}
export async function turnOff(event: string, label: string): Promise<void> {
  await attempt(async () => {
    await call('/me/notices', { method: 'PATCH', body: { events: { [event]: { inApp: false } } } })
    say(words.turnedOff(label))
  })
}
