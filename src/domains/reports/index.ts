/** Reports: blocks over filters, kept as issues, read on screen, on paper, in workbooks and by mail. */
import type { Route } from '#kit/contract.ts'
import type { JobHandler, JobOptions, JobSender } from '#kit/jobs.ts'
import type { Reaction } from '#kit/reaction.ts'
import type { RecordType } from '#kit/record.ts'
import type { Rules } from '#kit/store.ts'
import { report, reportIssue } from './report.ts'
import { issueRules, reportRules } from './rules.ts'
import type { ReportParts } from './routes.ts'
import { reportRoutes } from './routes.ts'
import { makeDueIssues } from './due.ts'
import type { SendParts } from './letters.ts'
import { SEND_JOB, sendJob, sendReaction } from './send.ts'

export type { PrintedPage, ReportPrinter } from './printer.ts'
export { readyDraft } from './ready-made.ts'
export { report, reportIssue } from './report.ts'
export type { ReportParts } from './routes.ts'
export type { SendParts } from './letters.ts'

export const records: readonly RecordType[] = [report, reportIssue]
export const rules: Readonly<Record<string, Rules>> = { report: reportRules, reportIssue: issueRules }

export function routes(parts: ReportParts): Route[] {
  return reportRoutes(parts)
}
export function reactions({ jobs }: { readonly jobs: JobSender }): Reaction[] {
  return [sendReaction(jobs)]
}
export function jobs(parts: SendParts): Readonly<Record<string, { options: JobOptions; handler: JobHandler }>> {
  return { [SEND_JOB]: { options: { retryLimit: 5, singleton: true }, handler: sendJob(parts) } }
}
/** What time does; it can run twice without harm. */
export function schedules(parts: SendParts): { name: string; cron: string; work: () => Promise<void> }[] {
  return [
    {
      name: 'reports',
      cron: '*/5 * * * *',
      work: async () => void (await makeDueIssues(parts, `reports-${parts.store.now()}`)),
    },
  ]
}
