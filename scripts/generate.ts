/** Writes what follows from the declarations: migrations, schema snapshots, a page per record. `--check` only says what is stale. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AREAS } from '../src/app.ts'
import type { Schema } from '../src/kit/schema.ts'
import { schemaDifference } from '../src/kit/schema.ts'
import { tableOf } from '../src/kit/table.ts'
import { recordIndex, recordPage } from './record-pages.ts'

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
  if (!isCheck) writeMigration(folder, snapshot, { statements, after })
}
for (const record of Object.values(AREAS).flat()) page(`docs/records/${record.name}.md`, recordPage(record))
page('docs/records/README.md', recordIndex(AREAS))

if (stale.length > 0) console.log(`${isCheck ? 'Stale: run npm run generate' : 'Written'}\n  ${stale.join('\n  ')}`)
process.exitCode = isCheck && stale.length > 0 ? 1 : 0

function writeMigration(
  folder: string,
  snapshot: string,
  { statements, after }: { statements: readonly string[]; after: Schema },
): void {
  mkdirSync(folder, { recursive: true })
  const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const number = String(readdirSync(folder).filter((file) => file.startsWith(today)).length + 1).padStart(4, '0')
  const name = process.argv.find((word) => word.startsWith('--name='))?.slice(7) ?? 'records'
  const text = statements.map((statement) => (statement.startsWith('--') ? statement : `${statement};`)).join('\n')
  writeFileSync(join(folder, `${today}-${number}-${name}.sql`), `${text}\n`)
  writeFileSync(snapshot, `${JSON.stringify(after, null, 1)}\n`)
}
function page(name: string, text: string): void {
  const file = join(root, name)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  stale.push(name)
  if (isCheck) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
