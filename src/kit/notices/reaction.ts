/**
 * Notices follow the journal: what an entry means to whom is found in sets and put into their inboxes and onto the pile for
 * the mail, in the transaction that moves the place in the journal. So each is told once, also when the process is killed.
 */
import type { Sql } from '#kit/database.ts'
import type { Reaction } from '#kit/reaction.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { CHANNELS } from './choices.ts'
import { EVENT_NAMES, foremost } from './events.ts'
import { occasionsOf, toldRecords } from './occasions.ts'
import { isUrgent, pileUp } from './piles.ts'
import type { Reader } from './readers.ts'
import { readersOf, sightOf } from './readers.ts'
import type { Told } from './recipients.ts'
import { recipientsOf } from './recipients.ts'
import { tellInboxes } from './tell.ts'
import { mayKnowField } from './told-fields.ts'

export type NoticeParts = { readonly store: Store }

export function noticeReaction({ store }: NoticeParts): Reaction {
  return {
    name: 'notices',
    since: 'now',
    records: toldRecords(store.catalogue),
    handle: async (tx, entries) => {
      const occasions = occasionsOf(store.catalogue, store.now(), entries)
      for (const [org, own] of Map.groupBy(occasions, (occasion) => occasion.org))
        await tell(store, tx, org, await recipientsOf(tx, store.catalogue, org, own))
    },
  }
}

/** Puts it before those whom it concerns, as far as they want it and may see it. */
export async function tell(store: Store, on: Sql, org: number, told: readonly Told[]): Promise<void> {
  const readers = await readersOf(on, org, told.map(({ person }) => person)) // oxfmt-ignore
  const wanted = told.flatMap((one) => {
    const reader = readers.get(one.person)
    const { event } = one.happened
    return reader !== undefined && CHANNELS.some((channel) => reader.choices.goes(event, channel)) ? [{ ...one, reader }] : [] // oxfmt-ignore
  })
  if (wanted.length === 0) return
  const [seen, muted] = await Promise.all([seenOf(store, on, wanted), mutedOf(on, org, wanted)])
  const heard = wanted.filter((one) => seen(one) && (isUrgent(one.happened) || !muted.has(keyOf(one))))
  await putInto(on, org, heard.filter(({ reader, happened }) => reader.choices.goes(happened.event, 'inApp'))) // oxfmt-ignore
  await pileUp(on, store.now(), heard)
}

type Wanted = Told & { readonly reader: Reader }
const keyOf = ({ person, record, recordId }: Told): string => `${person}/${record}/${recordId}`
/** The record, the field and the comment: all three must be theirs to read. */
async function seenOf({ catalogue }: Store, on: Sql, wanted: readonly Wanted[]): Promise<(one: Wanted) => boolean> {
  const asked = wanted.flatMap(({ reader: { actor }, record, recordId, happened: { text } }) => [
    { actor, record, id: recordId },
    ...(text === undefined ? [] : [{ actor, ...text }]),
  ])
  const sees = await sightOf(on, catalogue, asked)
  return ({ reader: { actor }, record, recordId, happened }) => {
    const kind = catalogue.find(record)
    const isClear = (name: string | undefined): boolean =>
      name === undefined || kind === null || mayKnowField(catalogue, actor, kind, name)
    const isState = happened.to === undefined || isClear(kind?.flow?.field)
    const areClear = happened.fields === undefined || happened.fields.some(isClear)
    return (
      sees(actor, record, recordId) &&
      (happened.text === undefined || sees(actor, happened.text.record, happened.text.id)) &&
      isClear(happened.field) &&
      isState &&
      areClear
    )
  }
}
async function mutedOf(on: Sql, org: number, wanted: readonly Wanted[]): Promise<Set<string>> {
  const rows = await run<{ person: number; record: string; record_id: number }>(
    on,
    sql`select m.person, m.record, m.record_id from notice_mute m join (select distinct * from unnest(${wanted.map(({ person }) => person)}::bigint[], ${wanted.map(({ record }) => record)}::text[], ${wanted.map(({ recordId }) => recordId)}::bigint[])) w (person, record, record_id)
      on m.person = w.person and m.record = w.record and m.record_id = w.record_id where m.org = ${org}`,
  )
  return new Set(rows.map((row) => `${row.person}/${row.record}/${row.record_id}`))
}

/** What came since it was read last is kept, at most so much. */
const MOST_KEPT = 10
async function putInto(on: Sql, org: number, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return
  // In one order, so that two that write the same rows wait for each other and not in a circle.
  const lines = [...Map.groupBy(told, keyOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, some]) => {
      const [first] = some
      const happened = some.map((one) => one.happened).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
      return first === undefined ? [] : [{ ...first, happened, why: foremost(happened.map(({ event }) => event)) }]
    })
  await run(
    on,
    sql`insert into inbox as i (org, person, record, record_id, why, happened, changes, last_at)
      select ${org}::integer, n.person, n.record, n.record_id, n.why, n.happened, n.changes, n.last_at
        from unnest(${lines.map(({ person }) => person)}::bigint[], ${lines.map(({ record }) => record)}::text[], ${lines.map(({ recordId }) => recordId)}::bigint[], ${lines.map(({ why }) => why)}::text[],
          ${lines.map(({ happened }) => JSON.stringify(happened.slice(-MOST_KEPT)))}::jsonb[], ${lines.map(({ happened }) => happened.length)}::integer[], ${lines.map(({ happened }) => happened.at(-1)?.at ?? null)}::timestamptz[]) n (person, record, record_id, why, happened, changes, last_at)
      on conflict (org, person, record, record_id) do update set state = 'unread', snoozed_until = null, batch = null,
        why = case when i.state in ('unread', 'snoozed') and array_position(${EVENT_NAMES}::text[], i.why) < array_position(${EVENT_NAMES}::text[], excluded.why) then i.why else excluded.why end,
        changes = case when i.state in ('unread', 'snoozed') then i.changes else 0 end + excluded.changes,
        last_at = greatest(i.last_at, excluded.last_at),
        happened = (select jsonb_agg(t.one order by t.nth) from (select one, nth from jsonb_array_elements(case when i.state in ('unread', 'snoozed') then i.happened else '[]' end || excluded.happened) with ordinality e (one, nth) order by nth desc limit ${MOST_KEPT}) t)`,
  )
  await tellInboxes(on, org, lines.map(({ person }) => person)) // oxfmt-ignore
}
