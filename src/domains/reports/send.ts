/**
 * Reports by mail: a schedule makes an issue, and what is released goes to each recipient in their language, with what they
 * may read themselves. Each step is written down with its effect in one transaction, so that of several nodes one does it.
 */
import { say, speaking } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import type { JobHandler, JobSender } from '#kit/jobs.ts'
import { queueMail } from '#kit/mail/outbox.ts'
import type { MailParts } from '#kit/mail/ports.ts'
import { Refusal } from '#kit/problem.ts'
import type { Reaction } from '#kit/reaction.ts'
import type { AnyRow } from '#kit/record.ts'
import { actorOfPerson } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import { idIn } from '#kit/write.ts'
import type { IssueParts } from './issue.ts'
import { createIssue, issueFor, prepare } from './issue.ts'
import type { Delivery } from './issue-facts.ts'
import { deliveriesOf, neededOf } from './issue-facts.ts'
import { organisationOf } from './take.ts'
import type { ReportPrinter } from './printer.ts'
import { printable } from './printer.ts'
import { report, reportIssue } from './report.ts'
import { sendingAfter } from './rules.ts'
import { isEmptied } from './shown.ts'

export const SEND_JOB = 'send-report'
export interface SendParts extends IssueParts, MailParts {
  readonly printReport: ReportPrinter
}

/** Makes the issues of all reports whose day has come. One that needs no explanation is released at once. @returns how many */
export async function makeDueIssues(parts: SendParts, request: string): Promise<number> {
  const { store } = parts
  const due = await run<{ org: number; id: number }>(
    store.db,
    sql`select r.org, r.id from report r join organisation o on o.id = r.org
      where r.binned_at is null and r.next_on is not null and r.next_on <= (${store.now()}::timestamptz at time zone o.time_zone)::date order by r.org, r.id limit 200`,
  )
  let made = 0
  for (const { org, id } of due) made += await makeDue(parts, { org, id, request })
  return made
}
async function makeDue(parts: SendParts, of: { org: number; id: number; request: string }): Promise<number> {
  const { store } = parts
  const actor = system(of.org, of.request, 'rule')
  const row = await store.get(actor, report, of.id)
  const owner = await ownerOf(parts, row, of)
  const prepared = owner === null ? null : await prepare(parts, owner, row).catch(sentenceOrFault)
  return store.transaction(actor, async (unit) => {
    await run(unit.on, sql`select 1 from report where org = ${of.org} and id = ${of.id} for update`)
    const now = await store.get(actor, report, of.id, { unit })
    // Another node was faster, or somebody has changed the schedule meanwhile.
    if (now['nextOn'] !== row['nextOn'] || typeof now['nextOn'] !== 'string') return 0
    const { zone } = await organisationOf(unit.on, of.org)
    const today = Temporal.Instant.from(store.now()).toZonedDateTimeISO(zone).toPlainDate().toString()
    const problem = prepared === null ? say`Its owner is not here any more. Somebody else has to make a report of it.` : typeof prepared === 'string' ? prepared : null // oxfmt-ignore
    // What was missed while nobody ran is made once, not once for each day.
    const next = { nextOn: sendingAfter(now, today), problem }
    await store.change(actor, report, { id: of.id, rev: null }, next, { unit, trusted: true })
    if (owner === null || prepared === null || typeof prepared === 'string') return 0
    const issue = await createIssue(parts, owner, { report: now, prepared, unit })
    if (neededOf(issue).length === 0)
      await store.move(actor, reportIssue, { id: issue.id, rev: null, move: 'release' }, { why: say`Released by its schedule: nothing had to be explained.` }, { unit }) // oxfmt-ignore
    else await tellOwner(parts, unit.on, issue)
    return 1
  })
}
async function ownerOf({ store }: SendParts, row: AnyRow, of: { org: number; request: string }): Promise<Actor | null> {
  const person = idIn(row['owner'])
  return person === null ? null : actorOfPerson(store.db, { org: of.org, person, request: of.request })
}
function sentenceOrFault(error: unknown): string {
  if (error instanceof Refusal) return error.message
  throw error
}
async function tellOwner(parts: SendParts, on: Parameters<typeof queueMail>[0], issue: AnyRow): Promise<void> {
  const person = idIn(issue['owner'])
  const org = await run<{ org: number }>(on, sql`select org from report_issue where id = ${issue.id} limit 1`)
  if (person === null || org[0] === undefined) return
  await queueMail(on, parts, {
    org: org[0].org,
    person,
    kind: 'notice',
    subject: say`${issue.number} waits for your commentary`,
    content: {
      paragraphs: [say`${String(issue['name'])} was made by its schedule. It is sent once you have written why these changed: ${neededOf(issue).map(({ label }) => label).join(', ')}.`], // oxfmt-ignore
      action: { label: say`Open the issue`, link: addressOf(parts, issue) },
      why: say`You get this because the report is yours.`,
    },
    because: say`${issue.number} cannot be released without commentary.`,
    on: { record: reportIssue.name, id: issue.id },
  })
}
function addressOf({ publicUrl }: MailParts, issue: AnyRow): string {
  return `${publicUrl}/reports/reportissues/${issue.number}`
}

/** What was released is sent. */
export function sendReaction(jobs: JobSender): Reaction {
  return {
    name: 'send-reports',
    records: [reportIssue.name],
    handle: async (tx, entries) => {
      for (const { org, recordId, changes } of entries)
        if (changes['status']?.[1] === 'released')
          await jobs.send(tx, SEND_JOB, { org, issue: recordId }, { singletonKey: `${org}/${recordId}` })
    },
  }
}
export function sendJob(parts: SendParts): JobHandler {
  return async ({ org, issue }, { id, signal }) => {
    if (typeof org === 'number' && typeof issue === 'number')
      await sendIssue(parts, { org, issue, request: id }, signal)
  }
}
/** Safe to run again where it stopped: whoever stands in the log got theirs. */
export async function sendIssue(
  parts: SendParts,
  { org, issue, request }: { org: number; issue: number; request: string },
  signal?: AbortSignal,
): Promise<void> {
  const { store } = parts
  const actor = system(org, request, 'rule')
  const row = await store.get(actor, reportIssue, issue)
  const of = idIn(row['report'])
  if (row['status'] !== 'released' || of === null) return
  const to = (await store.get(actor, report, of))['recipients']
  for (const person of Array.isArray(to) ? to.flatMap((one: unknown) => idIn(one) ?? []) : []) {
    signal?.throwIfAborted()
    if (!deliveriesOf(row).some((one) => one.person === person)) await sendTo(parts, { actor, issue, person })
  }
}

interface Letter {
  readonly outcome: Delivery['outcome']
  readonly because: string
  readonly pdf: Uint8Array | null
}
async function sendTo(
  parts: SendParts,
  { actor, issue, person }: { actor: Actor; issue: number; person: number },
): Promise<void> {
  const { store } = parts
  const { org, request } = actor
  const reader = await actorOfPerson(store.db, { org, person, request })
  const { language, zone } = await speechOf(parts, org, person)
  await speaking(language, async () => {
    const letter = await letterFor(parts, { reader, issue, zone })
    await store.transaction(actor, async (unit) => {
      await run(unit.on, sql`select 1 from report_issue where org = ${org} and id = ${issue} for update`)
      const now = await store.get(actor, reportIssue, issue, { unit })
      const done = deliveriesOf(now)
      if (done.some((one) => one.person === person)) return // another node was faster
      const isWritten =
        letter.outcome !== 'refused' && (await queued(parts, { on: unit.on, issue: now, person, org, letter }))
      const entry: Delivery = {
        person,
        name: reader?.name ?? `P-${person}`,
        at: store.now(),
        outcome: isWritten ? letter.outcome : 'refused',
        because: isWritten || letter.outcome === 'refused' ? letter.because : say`There is no address to write to.`,
      }
      await store.change(
        actor,
        reportIssue,
        { id: issue, rev: null },
        { deliveries: [...done, entry] },
        { unit, trusted: true },
      )
    })
  })
}
/** What this recipient gets: nothing that they could not open themselves. */
async function letterFor(
  parts: SendParts,
  { reader, issue, zone }: { reader: Actor | null; issue: number; zone: string },
): Promise<Letter> {
  const refused = (because: string): Letter => ({ outcome: 'refused', because, pdf: null })
  if (reader === null) return refused(say`This person is not here any more.`)
  const [row] = await parts.store.many(reader, reportIssue, [issue])
  if (row === undefined) return refused(say`This person may not read reports.`)
  const shown = await issueFor(parts, reader, row)
  if (isEmptied(shown)) return refused(say`This person may read nothing of what it was made of.`)
  const pdf = parts.printReport.isThere ? await parts.printReport.print(printable(shown.page, { zone, address: addressOf(parts, row) })) : null // oxfmt-ignore
  return shown.leftOut === 0
    ? { outcome: 'sent', because: '', pdf }
    : { outcome: 'partly', because: say`${shown.leftOut} parts were left out, as this person may not read them.`, pdf }
}
async function queued(
  parts: SendParts,
  {
    on,
    issue,
    person,
    org,
    letter,
  }: { on: Parameters<typeof queueMail>[0]; issue: AnyRow; person: number; org: number; letter: Letter },
): Promise<boolean> {
  return queueMail(on, parts, {
    org,
    person,
    kind: 'notice',
    subject: String(issue['name']),
    content: {
      paragraphs: [
        letter.pdf === null
          ? say`${String(issue['name'])} was released.`
          : say`${String(issue['name'])} was released. You find it attached.`,
        ...(letter.because === '' ? [] : [letter.because]),
      ],
      action: { label: say`Open it in Pilothouse`, link: addressOf(parts, issue) },
      why: say`You get this because you are among the recipients of this report.`,
    },
    because: say`${issue.number} was released.`,
    on: { record: reportIssue.name, id: issue.id },
    ...(letter.pdf === null
      ? {}
      : { attachment: { name: `${issue.number}.pdf`, type: 'application/pdf', content: Buffer.from(letter.pdf) } }),
  })
}
async function speechOf(
  { store }: SendParts,
  org: number,
  person: number,
): Promise<{ language: string | null; zone: string }> {
  const [found] = await run<{ language: string | null; zone: string | null }>(
    store.db,
    sql`select f.value->>'language' as language, coalesce(f.value->>'timeZone', p.time_zone, o.time_zone) as zone
      from person p join organisation o on o.id = p.org left join preference f on f.org = p.org and f.person = p.id where p.org = ${org} and p.id = ${person}`,
  )
  return { language: found?.language ?? null, zone: found?.zone ?? 'UTC' }
}
