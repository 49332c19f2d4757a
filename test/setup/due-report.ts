// Reports whose day has come, and what they are made and sent with.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import { openFiles } from '#platform/files.ts'
import type { ReportPrinter, SendParts } from '#reports'
import { atEnd } from './database.ts'
import type { Person, TestServer } from './server.ts'

/** With a folder of its own for the data of issues. */
export async function sendingParts({ store }: TestServer, printReport: ReportPrinter): Promise<SendParts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-reports-'))
  atEnd(() => rm(folder, { recursive: true, force: true }))
  const secret = Buffer.alloc(32, 7)
  return { store, files: openFiles(folder), secret, publicUrl: 'https://pilot.harbour.test', printReport }
}
/** A daily report of that person, to be made since yesterday. @param threshold from which change on its figure has to be explained */
export async function dueReport(
  server: TestServer,
  by: Person,
  more: object = {},
  threshold: number | null = null,
): Promise<AnyRow> {
  const source = { record: 'incident', filter: '', when: 'openedAt' }
  const items = [{ id: 'n', label: 'Opened', source, measure: { kind: 'count' }, better: 'lower', threshold }]
  const answer = await server.call('POST', '/reports', {
    token: by.token,
    body: {
      name: 'Month',
      period: 'last30',
      audience: 'everyone',
      rule: 'FREQ=DAILY',
      firstOn: '2026-01-01',
      recipients: [by.id],
      blocks: [{ kind: 'figures', id: 'f', title: '', items }],
      ...more,
    },
  })
  assert.equal(answer.status, 201, answer.text)
  const row = answer.body as AnyRow
  await comesAgain(server, by, row)
  return row
}
/** Its day has come once more. */
export async function comesAgain({ db }: TestServer, { org }: Person, { id }: AnyRow): Promise<void> {
  await run(db, sql`update report set next_on = current_date - 1 where org = ${org} and id = ${id}`)
}
export async function issuesOf(
  { db }: TestServer,
  { org }: Person,
  { id }: AnyRow,
): Promise<{ id: number; status: string }[]> {
  return run(db, sql`select id, status from report_issue where org = ${org} and report = ${id} order by id`)
}
