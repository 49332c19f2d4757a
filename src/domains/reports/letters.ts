/** The letters about reports: an issue to each recipient, and to its owner what waits for them or is in the way. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import type { MailState } from '#kit/mail/outbox.ts'
import { queueMail } from '#kit/mail/outbox.ts'
import type { MailParts } from '#kit/mail/ports.ts'
import { BUSY, Refusal } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import type { Because } from './deliveries.ts'
import { neededOf } from './issue-facts.ts'
import type { IssueParts } from './issue.ts'
import { issueFor } from './issue.ts'
import type { ReportPrinter } from './printer.ts'
import { printable } from './printer.ts'
import { report, reportIssue } from './report.ts'
import { isEmptied } from './shown.ts'
import { lastCodeInWords } from '#kit/seal/code.ts'

export interface SendParts extends IssueParts, MailParts {
  readonly printReport: ReportPrinter
}
export interface Letter {
  readonly outcome: 'sent' | 'partly' | 'refused'
  readonly because: Because | null
  readonly leftOut: number
  readonly pdf: Uint8Array | null
  /** Why there is no PDF, in the reader's words; null where there is one, or none is made here at all. */
  readonly noPdf: string | null
  /** A fault that kept the PDF from being made; the letter goes without. */
  readonly fault: unknown
}

/** What this recipient gets: nothing that they could not open themselves. @throws a refusal while too many PDFs are being made */
export async function letterFor(
  parts: SendParts,
  { reader, issue, zone }: { reader: Actor | null; issue: number; zone: string },
): Promise<Letter> {
  const refused = (because: Because): Letter => ({ outcome: 'refused', because, leftOut: 0, pdf: null, noPdf: null, fault: null }) // oxfmt-ignore
  if (reader === null) return refused('gone')
  const [row] = await parts.store.many(reader, reportIssue, [issue])
  if (row === undefined) return refused('noReports')
  const shown = await issueFor(parts, reader, row)
  if (isEmptied(shown)) return refused('nothing')
  const { leftOut } = shown
  const seal = await lastCodeInWords(parts.store.db)
  const printed = await pdfOf(parts, () => printable(shown.page, { zone, address: addressOf(parts, row), seal }))
  return { outcome: leftOut === 0 ? 'sent' : 'partly', because: leftOut === 0 ? null : 'leftOut', leftOut, ...printed }
}
async function pdfOf(
  { printReport }: SendParts,
  page: () => ReturnType<typeof printable>,
): Promise<Pick<Letter, 'pdf' | 'noPdf' | 'fault'>> {
  if (!printReport.isThere) return { pdf: null, noPdf: null, fault: null }
  try {
    return { pdf: await printReport.print(page()), noPdf: null, fault: null }
  } catch (error) {
    // Whoever waits gets theirs when there is room; what can never be made must not keep the letter back.
    if (error instanceof Refusal && error.kind === BUSY) throw error
    return error instanceof Refusal
      ? { pdf: null, noPdf: error.message, fault: null }
      : { pdf: null, noPdf: say`No PDF could be made of it.`, fault: error }
  }
}

/** @returns null when there is no address */
export function queueIssue(
  on: Sql,
  parts: SendParts,
  { issue, person, org, letter }: { issue: AnyRow; person: number; org: number; letter: Letter },
): Promise<MailState | null> {
  const name = String(issue['name'])
  const { pdf, leftOut } = letter
  return queueMail(on, parts, {
    org,
    person,
    kind: 'notice',
    subject: name,
    content: {
      paragraphs: [
        pdf === null ? say`${name} was released.` : say`${name} was released. You find it attached.`,
        ...(letter.noPdf === null ? [] : [letter.noPdf]),
        ...(leftOut === 0 ? [] : [say`${leftOut} parts were left out, as you may not read them.`]),
      ],
      action: { label: say`Open it in Pilothouse`, link: addressOf(parts, issue) },
      why: say`You get this because you are among the recipients of this report.`,
    },
    because: say`${issue.number} was released.`,
    on: { record: reportIssue.name, id: issue.id },
    ...(pdf === null
      ? {}
      : { attachment: { name: `${issue.number}.pdf`, type: 'application/pdf', content: Buffer.from(pdf) } }),
  })
}
export async function tellToExplain(on: Sql, parts: MailParts, to: Owner, issue: AnyRow): Promise<void> {
  const open = neededOf(issue).map(({ label }) => label)
  await queueMail(on, parts, {
    ...to,
    kind: 'notice',
    subject: say`${issue.number} waits for your commentary`,
    content: {
      paragraphs: [say`${String(issue['name'])} was made by its schedule. It is sent once you have written why these changed: ${open.join(', ')}.`], // oxfmt-ignore
      action: { label: say`Open the issue`, link: addressOf(parts, issue) },
      why: say`You get this because the report is yours.`,
    },
    because: say`${issue.number} cannot be released without commentary.`,
    on: { record: reportIssue.name, id: issue.id },
  })
}
export async function tellOfProblem(
  on: Sql,
  parts: MailParts,
  to: Owner,
  of: AnyRow & { problem: string },
): Promise<void> {
  await queueMail(on, parts, {
    ...to,
    kind: 'notice',
    subject: say`${of.number} could not be made`,
    content: {
      paragraphs: [say`${String(of['name'])} was to be made by its schedule, and could not be: ${of.problem}`],
      action: { label: say`Open the report`, link: `${parts.publicUrl}/reports/reports/${of.number}` },
      why: say`You get this because the report is yours.`,
    },
    because: say`${of.number} could not be made by its schedule.`,
    on: { record: report.name, id: of.id },
  })
}
interface Owner {
  readonly org: number
  readonly person: number
}
function addressOf({ publicUrl }: MailParts, issue: AnyRow): string {
  return `${publicUrl}/reports/reportissues/${issue.number}`
}
