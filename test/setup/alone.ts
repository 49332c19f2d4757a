// A PostgreSQL of its own for one test file: what follows the journal in commit order waits for every open transaction
// of the server, and those of other test files would make it wait for what it does not know.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { clusterVariable } from './cluster.ts'

/** Call while the file loads, before it asks for a database. */
export function ownCluster(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-alone-'))
  process.env[clusterVariable] = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
}
