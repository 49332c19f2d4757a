/**
 * The journal and its leaves as they are read for verification: tens of thousands of rows as one text, because a row
 * object with thirteen columns costs more than all of its hashes. Control characters separate; texts come as JSON.
 */
import { hash } from 'node:crypto'
import { canonical, NotCanonical } from '#engines/jcs.ts'
import type { Database, Sql } from '#kit/database.ts'
import { isSealedOrg } from '#kit/demo-beside.ts'
import type { Changes } from '#kit/journal.ts'
import { raw, run, sql } from '#kit/sql.ts'

export interface JournalLine {
  readonly xid: string
  readonly id: string
  readonly org: number
  readonly at: string
  readonly record: string
  readonly recordId: number
  readonly isErased: boolean
  /** Recomputed from the row. Hexadecimal, as all hashes here. */
  readonly leaf: string
  /** As the row claims. */
  readonly claimed: string
}
export interface LeafLine {
  readonly index: number
  readonly entry: string
  readonly org: number
  readonly leaf: string
}
/** A place in the journal: entries are ordered by transaction, then id. */
export interface Place {
  readonly xid: string
  readonly id: string
}
export const START: Place = { xid: '0', id: '00000000-0000-0000-0000-000000000000' }
/** In the text, not a parameter: the planner must know it to choose the index over a sort of everything. */
const LIMIT = raw('limit 10000')
const CELL = '\u0001'

const json = (value: string): string => `coalesce(to_json(${value})::text, 'null')`
const cells = [
  'xid',
  'id',
  'org',
  'at',
  'occurred_at',
  "coalesce(actor::text, 'null')",
  "coalesce(on_behalf_of::text, 'null')",
  'record_id',
  json('request'),
  // Three texts made JSON at once, and read once for all entries that have the same; what separates them comes out as \u0002.
  json("concat_ws(E'\\x02', record, action, origin)"),
  'changes',
  json('reason'),
  "coalesce(encode(salt, 'hex'), '')",
  "encode(leaf, 'hex')",
]
const LINE = raw(`concat_ws(E'\\x01', ${cells.join(', ')})`)

/** Entries after `from` up to and with `to`, in the order of their commits. */
export async function* journalLines(db: Database, from: Place, to: Place): AsyncGenerator<JournalLine[]> {
  yield* ahead<JournalLine>(async (last) => {
    const after = last ?? from
    const text = await db.transaction(async (tx) => {
      // After an import or a restore one transaction holds the whole journal. The planner takes it for three rows, and
      // would sort all that is left for every chunk: the index has the order. Times are read as UTC behind a pooler too.
      await run(
        tx,
        sql`select set_config('enable_sort', 'off', true), set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO', true)`,
      )
      const rows = await run<{ text: string | null }>(
        tx,
        sql`select string_agg(line, E'\n') as text from (select ${LINE} as line from journal where (xid, id) > (${after.xid}::xid8, ${after.id}::uuid) and (xid, id) <= (${to.xid}::xid8, ${to.id}::uuid) and ${isSealedOrg} order by xid, id ${LIMIT}) x`,
      )
      return rows[0]?.text ?? ''
    })
    return text === '' ? [] : text.split('\n').map(readJournalLine)
  })
}
/** Leaves from index `from` up to but without `size`. */
export async function* leafLines(on: Sql, from: number, size: number): AsyncGenerator<LeafLine[]> {
  yield* ahead<LeafLine>(async (last) => {
    const next = last === null ? from : last.index + 1
    const rows = await run<{ text: string | null }>(
      on,
      sql`select string_agg(line, E'\n') as text from (select concat_ws(E'\\x01', index, entry, org, encode(leaf, 'hex')) as line from journal_leaf where index >= ${next}::bigint and index < ${size}::bigint order by index ${LIMIT}) x`,
    )
    return (rows[0]?.text ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map(readLeafLine)
  })
}
/** Asks for the next chunk while the last one is being looked at. */
async function* ahead<T>(read: (last: T | null) => Promise<T[]>): AsyncGenerator<T[]> {
  let coming = read(null)
  for (;;) {
    const chunk = await coming
    const last = chunk.at(-1)
    if (last === undefined) return
    coming = read(last)
    // A reader that stops early leaves this one behind; its failure is nobody's then.
    coming.catch(() => {})
    yield chunk
  }
}

function readLeafLine(line: string): LeafLine {
  const [index = '', entry = '', org = '', leaf = ''] = line.split(CELL)
  return { index: Number(index), entry, org: Number(org), leaf }
}

/** The texts are already written as RFC 8785 writes them, so the leaf is put together from them; a test compares with leafOf. */
function readJournalLine(line: string): JournalLine {
  const [xid, id, org, at, occurredAt, actor, onBehalfOf, recordId, request, names, changes, reason, salt, claimed] =
    line.split(CELL) as readonly string[] as Cells // one for each of `cells`
  const { action, origin, record } = namesOf(names)
  const time = instant(at)
  const { fields, values } = readChanges(changes, reason, salt)
  const leaf = hash(
    'sha256',
    `\0{"action":"${action}","actor":${actor},"at":"${time}","fields":${fields},"id":"${id}","occurredAt":"${occurredAt === at ? time : instant(occurredAt)}","onBehalfOf":${onBehalfOf},"org":${org},"origin":"${origin}","record":"${record}","recordId":${recordId},"request":${request},"values":"${values}"}`,
    'hex',
  )
  return {
    xid,
    id,
    org: Number(org),
    at: time,
    record,
    recordId: Number(recordId),
    isErased: salt === '',
    leaf,
    claimed,
  }
}
type Cell = string
type Cells = readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell]

/** The names of the changed fields, and the hash of the values. What no entry of ours can hold gives a leaf that fits nowhere. */
function readChanges(changes: string, reason: string, salt: string): { fields: string; values: string } {
  try {
    const parsed = JSON.parse(changes) as Changes // what the journal's column holds
    const text = canonical(parsed)
    const fields = JSON.stringify(Object.keys(parsed).sort())
    if (salt === '') return { fields, values: String(JSON.parse(reason) ?? '') }
    return { fields, values: hash('sha256', `${salt}[${text},${reason}]`, 'base64url') }
  } catch (error) {
    if (error instanceof NotCanonical) return { fields: '', values: '' }
    throw error
  }
}
interface Names {
  readonly action: string
  readonly origin: string
  readonly record: string
}
const MOST_NAMES = 10_000
const known = new Map<string, Names>()
/** As they stand in JSON. Whoever puts the separator into one makes four of three: nothing but the record is then believed. */
function namesOf(text: string): Names {
  const found = known.get(text)
  if (found !== undefined) return found
  const [record = '', action = '', origin = '', more] = text.slice(1, -1).split(String.raw`\u0002`)
  const names = more === undefined ? { action, origin, record } : { action: '', origin: '', record }
  if (known.size >= MOST_NAMES) known.clear()
  known.set(text, names)
  return names
}
/** A time of the database as it was hashed, with milliseconds; anything finer was put there later and stays, so the hash differs. */
function instant(text: string): string {
  const fraction = text.slice(19, -3)
  return `${text.slice(0, 10)}T${text.slice(11, 19)}${fraction === '' ? '.000' : fraction.padEnd(4, '0')}Z`
}
