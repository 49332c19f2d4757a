/** A thread that reads stretches of the journal and their leaves, and says whether they are as they were sealed. */
import { parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'
import { ROW_COLUMNS } from '#kit/seal/quick/row.ts'
import type { Stretch, StretchFound } from '#kit/seal/quick/stretch.ts'
import { StretchCheck } from '#kit/seal/quick/stretch.ts'
import type { Place } from '#kit/seal/lines.ts'
import type { Door } from '#platform/database.ts'
import { copyRowsOut } from '#platform/postgres/copy-rows-out.ts'
import type { Said } from './threads.ts'

const client = new pg.Client({ ...(workerData as Door), application_name: 'pilothouse-verify' })
client.on('error', () => {}) // the statement under way fails with it, and says so
let isConnected = false

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
  await client.query('begin read only')
  // Many entries may be of one transaction: the planner takes them for three, and would sort. The index has the order.
  await client.query('set local enable_sort = off')
  const leaves: Buffer[] = []
  await copyRowsOut(client, leavesOf(stretch), (bytes, begin) => void leaves.push(aColumn(bytes, begin)))
  const of = new StretchCheck(stretch, leaves[0] ?? Buffer.alloc(0))
  await copyRowsOut(client, rowsOf(stretch), (bytes, begin) => of.row(bytes, begin))
  await client.query('commit')
  return of.end()
}
/** One value for all: a row for each would cost more than to compare it. */
function leavesOf({ from, to }: Stretch): string {
  return `copy (select string_agg(uuid_send(entry) || leaf, ''::bytea) from (select entry, leaf from journal_leaf where index >= ${from} and index < ${to} order by index) x) to stdout (format binary)`
}
function rowsOf({ after, upTo }: Stretch): string {
  return `copy (select ${ROW_COLUMNS.join(', ')} from journal where (xid, id) > ${literal(after)} and (xid, id) <= ${literal(upTo)} order by xid, id) to stdout (format binary)`
}
/** COPY takes no parameters. @throws for what is no place */
function literal({ xid, id }: Place): string {
  if (!/^\d{1,20}$/.test(xid) || !/^[0-9a-f-]{36}$/.test(id))
    throw new Error(`${xid}/${id} is no place of the journal.`)
  return `('${xid}'::xid8, '${id}'::uuid)`
}
/** The only column of a row, copied out of the socket's buffer; nothing for null. */
function aColumn(bytes: Buffer, begin: number): Buffer {
  return Buffer.from(bytes.subarray(begin + 6))
}
