/** Writes what follows from the declarations: migrations of what changed. `--check` only says whether something is stale. */
import { existsSync, mkdirSync, readFileSync, writeFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AREAS } from '../src/app.ts'
import type { Schema } from '../src/kit/schema.ts'
import { schemaDifference } from '../src/kit/schema.ts'
import { tableOf } from '../src/kit/table.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const isCheck = process.argv.includes('--check')
const stale: string[] = []

for (const [area, records] of Object.entries(AREAS)) {
  const folder = area === 'kit' ? join(root, 'src/kit/migrations') : join(root, 'src/domains', area, 'migrations')
  const snapshot = join(folder, 'schema.json')
  const before: Schema = existsSync(snapshot) ? JSON.parse(readFileSync(snapshot, 'utf8')) : {}
  const after: Schema = Object.fromEntries(records.map((record) => [record.table, tableOf(record)]))
  const statements = schemaDifference(before, after)
  if (statements.length === 0) continue
  stale.push(`${area}: ${statements.length} statements`)
  if (!isCheck) write(folder, snapshot, statements, after)
}
function write(folder: string, snapshot: string, statements: readonly string[], after: Schema): void {
  mkdirSync(folder, { recursive: true })
  const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const number = String(readdirSync(folder).filter((file) => file.startsWith(today)).length + 1).padStart(4, '0')
  const name = process.argv.find((word) => word.startsWith('--name='))?.slice(7) ?? 'records'
  writeFileSync(
    join(folder, `${today}-${number}-${name}.sql`),
    `${statements.map((statement) => (statement.startsWith('--') ? statement : `${statement};`)).join('\n')}\n`,
  )
  writeFileSync(snapshot, `${JSON.stringify(after, null, 1)}\n`)
}
if (stale.length > 0) console.log(`${isCheck ? 'Stale: run npm run generate' : 'Written'}\n  ${stale.join('\n  ')}`)
process.exitCode = isCheck && stale.length > 0 ? 1 : 0
