// Reports by mail when something is in the way: nobody else waits for it, and whoever has to know hears of it in their language.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { BUSY, Refusal } from '#kit/problem.ts'
import { system } from '#kit/actor.ts'
import type { AnyRow } from '#kit/record.ts'
import { raw, run, sql } from '#kit/sql.ts'
import { reportIssue, type SendParts } from '#reports'
import { makeDueIssues } from '../../src/domains/reports/due.ts'
import { sendIssue } from '../../src/domains/reports/send.ts'
import { comesAgain, dueReport, issuesOf as issuesBy, sendingParts } from '../setup/due-report.ts'
import { speaks as chose } from '../setup/language.ts'
import { startTestServer, type Person, type TestServer } from '../setup/server.ts'

let server: TestServer
let parts: SendParts
const noPdf = { isThere: false, print: async (): Promise<Uint8Array> => new Uint8Array() }
before(async () => {
  server = await startTestServer()
  parts = await sendingParts(server, noPdf)
})
const due = (by: Person, more: object = {}, threshold: number | null = null): Promise<AnyRow> =>
  dueReport(server, by, more, threshold)
const issuesOf = (by: Person, row: AnyRow): ReturnType<typeof issuesBy> => issuesBy(server, by, row)
/** The one issue of a report that nothing keeps back. */
async function released(more: object = {}): Promise<number> {
  const { manager } = server.people
  const row = await due(manager, more)
  await makeDueIssues(parts, 'made')
  const [issue] = await issuesOf(manager, row)
  assert.equal(issue?.status, 'released')
  await run(server.db, sql`delete from mail`)
  return issue.id
}
interface Mail {
  org: number
  person: number
  subject: string
  content: { paragraphs: string[] }
  pdf: number | null
}
const mails = (): Promise<Mail[]> =>
  run(server.db, sql`select org, person, subject, content, length(attachment) as pdf from mail where kind = 'notice' order by id`) // oxfmt-ignore
async function logOf(issue: number): Promise<{ person: number; outcome: string; because: string }[]> {
  const answer = await server.call('GET', `/reportissues/${issue}`, { token: server.people.manager.token })
  assert.equal(answer.status, 200, answer.text)
  return ((answer.body as AnyRow)['deliveries'] ?? []) as { person: number; outcome: string; because: string }[]
}
const speaks = (of: Person, language: string): Promise<void> => chose(server.db, of, language)
/** Nobody reads incidents meanwhile. */
async function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  return server.db.transaction(async (on) => {
    await run(on, raw('lock table incident in access exclusive mode'))
    return work()
  })
}

describe('the owner of a report made by its schedule', () => {
  it('is told in their organisation, also where another one has an issue with the same number', async () => {
    const { manager, outsider } = server.people
    const other = await due(outsider)
    const own = await due(manager, {}, 10)
    await server.call('POST', '/incidents', { token: manager.token, body: { subject: 'Something broke' } })
    assert.equal(await makeDueIssues(parts, 'both'), 2)
    const [[theirs], [mine]] = [await issuesOf(outsider, other), await issuesOf(manager, own)]
    assert.equal(theirs?.id, mine?.id)
    const told = (await mails()).filter(({ subject }) => subject.includes('waits for your commentary'))
    assert.deepEqual(
      told.map(({ org, person }) => [org, person]),
      [[1, manager.id]],
    )
  })
  it('is told in their own language', async () => {
    const { manager } = server.people
    await run(server.db, sql`delete from mail`)
    await speaks(manager, 'de')
    await due(manager, {}, 10)
    await makeDueIssues(parts, 'german')
    await speaks(manager, 'en')
    assert.match((await mails())[0]?.subject ?? '', /wartet auf Ihren Kommentar/)
  })
  it('hears that it could not be made, and it moves on to its next day', async () => {
    const { manager } = server.people
    await run(server.db, sql`delete from mail`)
    const row = await due(manager)
    await whileLocked(() => makeDueIssues({ ...parts, mostSeconds: 0.5 }, 'slow'))
    assert.deepEqual(await issuesOf(manager, row), [])
    const { body } = await server.call('GET', `/reports/${row.id}`, { token: manager.token })
    assert.match(String((body as AnyRow)['problem']), /longer than 0.5 seconds/)
    assert.ok(String((body as AnyRow)['nextOn']) >= new Date().toISOString().slice(0, 10))
    const [mail] = await mails()
    assert.equal(mail?.person, manager.id)
    assert.match(mail.subject, /could not be made/)
    assert.match(mail.content.paragraphs.join(), /longer than 0.5 seconds/)
    await comesAgain(server, manager, row)
    assert.equal(await makeDueIssues(parts, 'free again'), 1)
    const { body: again } = await server.call('GET', `/reports/${row.id}`, { token: manager.token })
    assert.equal((again as AnyRow)['problem'], null)
  })
})

describe('a report that cannot be made', () => {
  it('does not stop the others, however many there are', async () => {
    const { manager } = server.people
    for (let nth = 0; nth < 231; nth++) await due(manager, { name: `Broken ${nth}` })
    const whole = await due(manager, { name: 'Whole' })
    let puts = 0
    const files: SendParts['files'] = {
      ...parts.files,
      put: async (...asked: Parameters<SendParts['files']['put']>) => {
        if (++puts > 231) return parts.files.put(...asked)
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      },
    }
    await assert.rejects(makeDueIssues({ ...parts, files }, 'full'), /REP-\d+ of organisation 1/)
    assert.equal((await issuesOf(manager, whole)).length, 1)
    await run(server.db, sql`update report set next_on = null where org = 1 and id < ${whole.id}`)
  })
  it('does not stop the others, and the round says which it was', async () => {
    const { manager } = server.people
    const broken = await due(manager, { name: 'Broken' })
    const whole = await due(manager, { name: 'Whole' })
    let isFirst = true
    const files: SendParts['files'] = {
      ...parts.files,
      put: async (...asked: Parameters<SendParts['files']['put']>) => {
        if (!isFirst) return parts.files.put(...asked)
        isFirst = false
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      },
    }
    await assert.rejects(makeDueIssues({ ...parts, files }, 'full'), new RegExp(`REP-${broken.id} of organisation 1`))
    assert.equal((await issuesOf(manager, whole)).length, 1)
    assert.equal((await issuesOf(manager, broken)).length, 0)
    assert.equal(await makeDueIssues(parts, 'room again'), 1)
    assert.equal((await issuesOf(manager, broken)).length, 1)
  })
  it('that was binned while it was read is left alone', async () => {
    const { manager } = server.people
    const row = await due(manager)
    const files: SendParts['files'] = {
      ...parts.files,
      put: async (...asked: Parameters<SendParts['files']['put']>) => {
        await run(server.db, sql`update report set binned_at = now() where org = 1 and id = ${row.id}`)
        return parts.files.put(...asked)
      },
    }
    assert.equal(await makeDueIssues({ ...parts, files }, 'binned'), 0)
    assert.deepEqual(await issuesOf(manager, row), [])
  })
})

describe('a released issue', () => {
  it('is sent without its PDF when none can be made, with the reason; it waits only for a turn', async () => {
    const issue = await released()
    const of = { org: 1, issue, request: 'send' }
    const refusing = (kind: string, because: string): SendParts => ({
      ...parts,
      printReport: { isThere: true, print: () => Promise.reject(new Refusal(503, kind, because)) },
    })
    await assert.rejects(sendIssue(refusing(BUSY, 'Many PDFs are being made.'), of), /Many PDFs/)
    assert.deepEqual(await mails(), [])
    await sendIssue(refusing('no-pdf', 'The report is too long for a PDF.'), of)
    const [mail, ...more] = await mails()
    assert.deepEqual([mail?.pdf, more.length], [null, 0])
    assert.match(mail?.content.paragraphs.join() ?? '', /too long for a PDF/)
  })
  it('is sent when the making of its PDF breaks, and the fault is told', async () => {
    const issue = await released()
    const print = (): Promise<Uint8Array> => Promise.reject(new Error('Typst ended with 1'))
    const broken = { ...parts, printReport: { isThere: true, print } }
    await assert.rejects(sendIssue(broken, { org: 1, issue, request: 'send' }), /Typst ended/)
    assert.match((await mails())[0]?.content.paragraphs.join() ?? '', /No PDF could be made/)
    await sendIssue(broken, { org: 1, issue, request: 'again' })
    assert.equal((await mails()).length, 1)
  })
  it('that is withdrawn while it is sent goes to nobody any more', async () => {
    const issue = await released()
    const print = async (): Promise<Uint8Array> => {
      const actor = system(1, 'withdraw')
      await server.store.move(actor, reportIssue, { id: issue, rev: null, move: 'withdraw' }, { why: 'A mistake' })
      return new Uint8Array(10)
    }
    await sendIssue({ ...parts, printReport: { isThere: true, print } }, { org: 1, issue, request: 'send' })
    assert.deepEqual(await mails(), [])
    assert.deepEqual(await logOf(issue), [])
  })
  it('says who got it in the language of whoever asks, and that it is held where no mail server is set', async () => {
    const { manager, requester } = server.people
    await speaks(requester, 'de')
    const issue = await released({ recipients: [requester.id, manager.id] })
    await sendIssue(parts, { org: 1, issue, request: 'send' })
    assert.deepEqual(
      (await logOf(issue)).map(({ person, outcome, because }) => [person, outcome, because]),
      [
        [requester.id, 'refused', 'This person may not read reports.'],
        [manager.id, 'held', 'It waits in the outbox: no mail server is set.'],
      ],
    )
    const german = await server.call('GET', `/reportissues/${issue}`, { token: manager.token, headers: { 'accept-language': 'de' } }) // oxfmt-ignore
    assert.match(german.text, /Diese Person darf keine Berichte lesen/)
  })
})

describe('the first sending', () => {
  it('is counted from the day that it is where the organisation is', async () => {
    const { outsider } = server.people
    // One of the two has another day than UTC at every hour.
    for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12']) {
      await run(server.db, sql`update organisation set time_zone = ${zone} where id = 2`)
      const today = (): string => Temporal.Now.plainDateISO(zone).toString()
      const earliest = today()
      const row = await server.call('POST', '/reports', {
        token: outsider.token,
        body: {
          name: 'Daily',
          audience: 'everyone',
          rule: 'FREQ=DAILY',
          firstOn: '2026-01-01',
          recipients: [outsider.id],
        },
      })
      const nextOn = (row.body as AnyRow)['nextOn']
      assert.ok(nextOn === earliest || nextOn === today(), `${zone}: ${String(nextOn)}`)
    }
  })
})
