/** What is wrong with a webhook as it is asked for: what it would never be told, and where nothing could be sent. */
import { say } from '#engines/say.ts'
import type { FieldProblem } from '#kit/problem.ts'
import type { WebhookEvent } from './events.ts'
import { eventsOf } from './events.ts'
import type { WebhookParts } from './note.ts'

export interface AskedHook {
  readonly url: string
  readonly events: readonly WebhookEvent[]
  /** Absent or null: all kinds. */
  readonly records?: readonly string[] | null | undefined
}
/** Each at its field; none where it fits. */
export async function problemsOf(
  { store: { catalogue }, judgeAddress }: WebhookParts,
  { url, events, records }: AskedHook,
): Promise<FieldProblem[]> {
  const because = await judgeAddress(url)
  const told = (records ?? []).map((name) => {
    const record = catalogue.find(name)
    return record === null ? [] : eventsOf(record)
  })
  const strange = told.flatMap((can, nth) => (can.length === 0 ? [{ pointer: `/records/${nth}`, detail: say`Nothing is told of "${records?.[nth] ?? ''}". Choose a kind of record with pages of its own.` }] : [])) // oxfmt-ignore
  const happens = new Set(told.flat())
  const idle = happens.size === 0 ? [] : events.flatMap((event, nth) => (happens.has(event) ? [] : [{ pointer: `/events/${nth}`, detail: say`This never happens to the kinds of record that are chosen.` }])) // oxfmt-ignore
  return [...(because === null ? [] : [{ pointer: '/url', detail: because }]), ...strange, ...idle]
}
