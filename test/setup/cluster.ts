// One PostgreSQL for all tests of a run: the product's own launcher, with durability off because nothing is kept.
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded, type Embedded } from '#platform/postgres/embedded.ts'

/** Handed from the test runner to the test processes; a file run alone uses a folder that stays for the next time. */
export const clusterVariable = 'PILOTHOUSE_TEST_CLUSTER'

const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  shared_buffers: '64MB',
  max_connections: '120',
}

let shared: Promise<Embedded> | null = null

/** The server of this run, started or adopted; it stops when the last process that uses it stops it. */
export function testCluster(): Promise<Embedded> {
  const folder = process.env[clusterVariable] ?? standingFolder()
  shared ??= startEmbedded(folder, { binaries: process.env.PILOTHOUSE_PG_BIN, settings })
  return shared
}

/** Call when this process needs the server no more. */
export async function leaveCluster(): Promise<void> {
  const server = shared
  shared = null
  await (await server)?.stop()
}

function standingFolder(): string {
  const mark = createHash('sha256')
    .update(`${import.meta.dirname}${process.getuid?.()}`)
    .digest('hex')
    .slice(0, 8)
  return path.join(tmpdir(), `pilothouse-test-${mark}`)
}
