/** A thread that reads stretches of the journal and their leaves, and says whether they are as they were sealed. */
import { parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'
import { ROW_COLUMNS } from '#kit/seal/quick/row.ts'
import { SEALED_ORGS } from '#kit/demo-beside.ts'
import type { Stretch, StretchFound } from '#kit/seal/quick/stretch.ts'
import { StretchCheck } from '#kit/seal/quick/stretch.ts'
import type { Place } from '#kit/seal/lines.ts'
import type { Door } from '#platform/database.ts'
import { copyRowsOut } from '#platform/postgres/copy-rows-out.ts'
import type { Said } from './threads.ts'

const client = new pg.Client({ ...(workerData as Door), application_name: 'pilothouse-verify' })
client.on('error', () => {}) // the statement under way fails with it, and says so
let isConnected = false

/** Pieces that are worth to be woken for. */
const MUCH = 32 * 1024
const REST_MS = 1
const nothing = new Int32Array(new SharedArrayBuffer(4))

parentPort?.on('message', (stretch: Stretch) => {
  check(stretch).then(
    (found) => say({ found }),
    (error: unknown) => say({ error }),
  )
})
function say(said: Said<StretchFound>): void {
  parentPort?.postMessage(said)
}

async function check(stretch: Stretch): Promise<StretchFound> {
  if (!isConnected) await client.connect()
  isConnected = true
  // Many entries may be of one transaction: the planner takes them for three, and would sort. The index has the order.
  await client.query('begin read only; set local enable_sort = off')
  const of = new StretchCheck(stretch)
  await copyRowsOut(client, leavesOf(stretch), (bytes, begin, end) => of.leaf(bytes, begin, end))
  await copyRowsOut(client, rowsOf(stretch), (bytes, begin, end) => of.row(bytes, begin, end), rest)
  await client.query('commit')
  return of.end()
}
/**
 * The server sends eight kilobytes at a time. Who takes them as they come is woken for a dozen rows each time, which costs as
 * much as to hold them against their leaves; after a millisecond there is twenty times as much.
 */
function rest(bytes: number): void {
  if (bytes < MUCH) Atomics.wait(nothing, 0, 0, REST_MS)
}
function leavesOf({ from, to }: Stretch): string {
  return `copy (select entry, leaf from journal_leaf where index >= ${from} and index < ${to} order by index) to stdout (format binary)`
}
function rowsOf({ after, upTo }: Stretch): string {
  return `copy (select ${ROW_COLUMNS.join(', ')} from journal where (xid, id) > ${literal(after)} and (xid, id) <= ${literal(upTo)} and ${SEALED_ORGS} order by xid, id) to stdout (format binary)`
}
/** COPY takes no parameters. @throws for what is no place */
function literal({ xid, id }: Place): string {
  if (!/^\d{1,20}$/.test(xid) || !/^[0-9a-f-]{36}$/.test(id))
    throw new Error(`${xid}/${id} is no place of the journal.`)
  return `('${xid}'::xid8, '${id}'::uuid)`
}
