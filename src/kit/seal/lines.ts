/**
 * The journal and its leaves as they are read for verification: tens of thousands of rows as one text, because a row
 * object with sixteen columns costs more than all of its hashes. Control characters separate; texts come as JSON.
 */
import { hash } from 'node:crypto'
import { canonical } from '#engines/jcs.ts'
import type { Sql } from '#kit/database.ts'
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
const LIMIT = raw('limit 20000')
const CELL = '\u0001'

const time = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`
const json = (column: string): string => `coalesce(to_json(${column})::text, 'null')`
const cells = [
  'xid',
  'id',
  'org',
  time('at'),
  time('occurred_at'),
  "coalesce(actor::text, 'null')",
  "coalesce(on_behalf_of::text, 'null')",
  json('request'),
  json('record'),
  'record_id',
  json('action'),
  'changes',
  json('reason'),
  json('origin'),
  "coalesce(encode(salt, 'hex'), '')",
  "encode(leaf, 'hex')",
]
const LINE = raw(`concat_ws(E'\\x01', ${cells.join(', ')})`)

/** Entries after `from` up to and with `to`, in the order of their commits. */
export async function* journalLines(on: Sql, from: Place, to: Place): AsyncGenerator<JournalLine[]> {
  yield* ahead<JournalLine>(async (last) => {
    const after = last ?? from
    const rows = await run<{ text: string | null }>(
      on,
      sql`select string_agg(line, E'\n') as text from (select ${LINE} as line from journal where (xid, id) > (${after.xid}::xid8, ${after.id}::uuid) and (xid, id) <= (${to.xid}::xid8, ${to.id}::uuid) order by xid, id ${LIMIT}) x`,
    )
    return (rows[0]?.text ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map(readJournalLine)
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
  const cell = line.split(CELL)
  const at = (nth: number): string => cell[nth] ?? ''
  const [time, record, salt, changes] = [instant(at(3)), at(8), at(14), at(11)]
  const parsed: Changes = JSON.parse(changes)
  const values =
    salt === ''
      ? String(JSON.parse(at(12)) ?? '')
      : hash('sha256', `${salt}[${canonical(parsed)},${at(12)}]`, 'base64url')
  const fields = canonical(Object.keys(parsed).sort())
  const leaf = hash(
    'sha256',
    `\0{"action":${at(10)},"actor":${at(5)},"at":"${time}","fields":${fields},"id":"${at(1)}","occurredAt":"${instant(at(4))}","onBehalfOf":${at(6)},"org":${at(2)},"origin":${at(13)},"record":${record},"recordId":${at(9)},"request":${at(7)},"values":"${values}"}`,
    'hex',
  )
  return {
    xid: at(0),
    id: at(1),
    org: Number(at(2)),
    at: time,
    record: record.slice(1, -1),
    recordId: Number(at(9)),
    isErased: salt === '',
    leaf,
    claimed: at(15),
  }
}
/** Microseconds to the milliseconds that were hashed; anything finer was put there later and stays, so the hash differs. */
function instant(text: string): string {
  return text.endsWith('000') ? `${text.slice(0, -3)}Z` : `${text}Z`
}
