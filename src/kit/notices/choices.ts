/** What a person chose: event by channel, the digest and the quiet hours. Only what differs from the usual is kept. */
import { z } from 'zod'
import type { Digest, Quiet } from '#engines/notice-time.ts'
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'
import type { EventName, NoticeEvent } from './events.ts'
import { EVENT_NAMES, NOTICE_EVENTS } from './events.ts'

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'Write the time as 07:30.')
export const choiceBody = z.strictObject({
  events: z.partialRecord(z.enum(EVENT_NAMES), z.strictObject({ inApp: z.boolean().optional(), mail: z.boolean().optional(), push: z.boolean().optional() })).optional(), // oxfmt-ignore
  digest: z.strictObject({ kind: z.enum(['off', 'hourly', 'daily', 'weekdays']), at: time }).optional(),
  quiet: z.strictObject({ from: time, until: time }).nullable().optional(),
})
type Kept = z.infer<typeof choiceBody>
export const CHANNELS = ['inApp', 'mail', 'push'] as const
export type Channel = (typeof CHANNELS)[number]
export interface Choices {
  readonly goes: (event: EventName, channel: Channel) => boolean
  readonly digest: Digest
  readonly quiet: Quiet | null
}
export const USUAL_DIGEST: Digest = { kind: 'off', at: '08:00' }

/** Of what the database keeps; what does not fit any more is the usual again. */
export function choicesFrom(value: unknown): Choices {
  const parsed = choiceBody.safeParse(value ?? {})
  const kept: Kept = parsed.success ? parsed.data : {}
  const known: ReadonlyMap<string, NoticeEvent> = new Map(NOTICE_EVENTS.map((event) => [event.name, event]))
  return {
    goes: (name, channel) => {
      const event = known.get(name)
      if (event?.isFixed === true) return true
      return kept.events?.[name]?.[channel] ?? event?.[channel] ?? false
    },
    digest: kept.digest ?? USUAL_DIGEST,
    quiet: kept.quiet ?? null,
  }
}
export async function choicesOf(on: Sql, who: { org: number; person: number }): Promise<Choices> {
  const [row] = await run<{ value: unknown }>(
    on,
    sql`select value from notice_choice where org = ${who.org} and person = ${who.person}`,
  )
  return choicesFrom(row?.value)
}
/** Adds to what is kept: an event and a channel that are not named stay as they are. In a transaction. */
export async function choose(on: Sql, who: { org: number; person: number }, more: Kept): Promise<void> {
  // A row that is not there cannot be locked: of two first choices the later one adds to the earlier.
  await run(on, sql`insert into notice_choice (org, person, value) values (${who.org}, ${who.person}, '{}') on conflict do nothing`) // oxfmt-ignore
  const [row] = await run<{ value: unknown }>(
    on,
    sql`select value from notice_choice where org = ${who.org} and person = ${who.person} for update`,
  )
  const parsed = choiceBody.safeParse(row?.value ?? {})
  const kept: Kept = parsed.success ? parsed.data : {}
  const events = Object.fromEntries(
    EVENT_NAMES.flatMap((name) => {
      const one = { ...kept.events?.[name], ...more.events?.[name] }
      return Object.keys(one).length === 0 ? [] : [[name, one]]
    }),
  )
  const value = JSON.stringify({ ...kept, ...more, events })
  await run(on, sql`update notice_choice set value = ${value}::jsonb where org = ${who.org} and person = ${who.person}`)
}
