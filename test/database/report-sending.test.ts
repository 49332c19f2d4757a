// Reports by mail: on their day, once whatever runs, to each recipient in their language with what they may read.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { deliverMail } from '#kit/mail/deliver.ts'
import type { AnyRow } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import { openPdfPrinter } from '#platform/pdf/print.ts'
import { report, reportIssue, type SendParts } from '#reports'
import { makeDueIssues } from '../../src/domains/reports/due.ts'
import { sendIssue } from '../../src/domains/reports/send.ts'
import { dueReport, issuesOf, sendingParts } from '../setup/due-report.ts'
import { speaks } from '../setup/language.ts'
import { usualMail, settingsOf, SMTP_PASSWORD, startSmtp, type Smtp } from '../setup/smtp.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

let server: TestServer
let smtp: Smtp
let parts: SendParts
before(async () => {
  server = await startTestServer()
  smtp = await startSmtp()
  parts = await sendingParts(server, openPdfPrinter())
  const kept = await server.call('PUT', '/admin/mail', { token: server.people.administrator.token, body: { settings: settingsOf(smtp), password: SMTP_PASSWORD } }) // oxfmt-ignore
  assert.equal(kept.status, 200, kept.text)
})
const today = (): string => new Date().toISOString().slice(0, 10)
/** A report of the manager whose day has come, for the agent as well. */
function due(more: object = {}, threshold: number | null = null): Promise<AnyRow> {
  const { manager, agent } = server.people
  return dueReport(server, manager, { recipients: [manager.id, agent.id], ...more }, threshold)
}
const mails = (): Promise<{ person: number; subject: string; pdf: number | null; state: string }[]> =>
  run(
    server.db,
    sql`select person, subject, length(attachment) as pdf, state from mail where kind = 'notice' order by id`,
  )

describe('a report with a schedule', () => {
  it('is made on its day, once whatever runs at the same time, and moves on to the next', async () => {
    const row = await due()
    const made = await Promise.all([1, 2, 3].map((nth) => makeDueIssues(parts, `node-${nth}`)))
    assert.equal(
      made.reduce((all, one) => all + one, 0),
      1,
    )
    const [issue, ...more] = await issuesOf(server, server.people.manager, row)
    assert.deepEqual([issue?.status, more.length], ['released', 0])
    const [kept] = await run<{ next: string }>(
      server.db,
      sql`select next_on as next from report where org = 1 and id = ${row.id}`,
    )
    assert.ok((kept?.next ?? '') > today(), String(kept?.next))
    assert.equal(await makeDueIssues(parts, 'again'), 0)
  })
  it('goes to each recipient once, in their language, with the PDF', async () => {
    await run(server.db, sql`delete from mail`)
    const { agent, manager } = server.people
    await speaks(server.db, agent, 'de')
    const row = await due()
    await makeDueIssues(parts, 'one')
    const [issue] = await issuesOf(server, server.people.manager, row)
    assert.ok(issue)
    const of = { org: 1, issue: issue.id, request: 'send' }
    await Promise.all([sendIssue(parts, of), sendIssue(parts, of)])
    await sendIssue(parts, of)
    const written = await mails()
    assert.deepEqual(new Set(written.map(({ person }) => person)), new Set([manager.id, agent.id]))
    assert.equal(written.length, 2)
    if (parts.printReport.isThere) assert.ok(written.every(({ pdf }) => (pdf ?? 0) > 1000))
    await deliverMail({ db: server.db, secret: parts.secret, mail: usualMail }, new AbortController().signal)
    assert.equal(smtp.received.length, 2)
    const letters = await Promise.all([smtp.read(0), smtp.read(1)])
    const german = letters.find((letter) => letter.text?.includes('wurde freigegeben'))
    assert.ok(german, letters.map(({ text }) => text).join('\n---\n'))
    if (parts.printReport.isThere)
      for (const letter of letters) {
        const [file] = letter.attachments
        assert.deepEqual([file?.filename, file?.mimeType], [`RI-${issue.id}.pdf`, 'application/pdf'])
        assert.equal(
          Buffer.from(file?.content as ArrayBuffer)
            .subarray(0, 5)
            .toString(),
          '%PDF-',
        )
      }
    assert.ok((await mails()).every(({ pdf, state }) => pdf === null && state === 'sent'))
    const log = (await server.store.many({ org: 1, person: manager.id, name: 'M', roles: ['manager'], origin: 'api', request: 'r' }, reportIssue, [issue.id]))[0] // oxfmt-ignore
    assert.deepEqual(
      ((log?.['deliveries'] ?? []) as { outcome: string }[]).map(({ outcome }) => outcome),
      ['sent', 'sent'],
    )
  })
  it('sends nobody what they may not read, and says why', async () => {
    await run(server.db, sql`delete from mail`)
    const { requester, outsider, manager } = server.people
    assert.equal(outsider.org, 2)
    const row = await due({ recipients: [requester.id, manager.id] })
    await makeDueIssues(parts, 'two')
    const [issue] = await issuesOf(server, server.people.manager, row)
    assert.ok(issue)
    await sendIssue(parts, { org: 1, issue: issue.id, request: 'send' })
    assert.deepEqual(
      (await mails()).map(({ person }) => person),
      [manager.id],
    )
    const [kept] = await run<{ log: { person: number; outcome: string; because: string }[] }>(server.db, sql`select deliveries as log from report_issue where org = 1 and id = ${issue.id}`) // oxfmt-ignore
    const refused = kept?.log.find(({ person }) => person === requester.id)
    assert.deepEqual([refused?.outcome, refused?.because], ['refused', 'noReports'])
  })
  it('waits for its owner when something has to be explained, and tells them', async () => {
    await run(server.db, sql`delete from mail`)
    await server.call('POST', '/incidents', { token: server.people.agent.token, body: { subject: 'Something broke' } })
    const row = await due({}, 10)
    await makeDueIssues(parts, 'three')
    const [issue] = await issuesOf(server, server.people.manager, row)
    assert.equal(issue?.status, 'draft')
    await sendIssue(parts, { org: 1, issue: issue?.id ?? 0, request: 'send' })
    const written = await mails()
    assert.deepEqual(
      written.map(({ person }) => person),
      [server.people.manager.id],
    )
    assert.match(written[0]?.subject ?? '', /waits for your commentary/)
  })
  it('is refused where recipients could not read it', async () => {
    const wrong = await server.call('POST', '/reports', {
      token: server.people.manager.token,
      body: {
        name: 'X',
        audience: 'me',
        rule: 'FREQ=DAILY',
        firstOn: '2026-01-01',
        recipients: [server.people.agent.id],
      },
    })
    assert.equal(wrong.status, 422, wrong.text)
    assert.match(wrong.text, /audience/)
    assert.equal(report.name, 'report')
  })
})
