/**
 * Issues by mail: what is released goes to each recipient in their language, with what they may read themselves. Each letter
 * is written down with its entry in the log in one transaction, so that of several nodes one sends it.
 */
import { speaking } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import type { JobHandler, JobSender } from '#kit/jobs.ts'
import { readersOf } from '#kit/notices/readers.ts'
import type { Reaction } from '#kit/reaction.ts'
import { run, sql } from '#kit/sql.ts'
import { idIn } from '#kit/write.ts'
import type { Delivery } from './deliveries.ts'
import { deliveriesOf } from './deliveries.ts'
import type { Letter, SendParts } from './letters.ts'
import { letterFor, queueIssue } from './letters.ts'
import { report, reportIssue } from './report.ts'

export const SEND_JOB = 'send-report'

/** What was released is sent. */
export function sendReaction(jobs: JobSender): Reaction {
  return {
    name: 'send-reports',
    since: 'now',
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
/**
 * Safe to run again where it stopped: whoever stands in the log got theirs.
 * @throws what went wrong with one recipient, once all others have theirs
 */
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
  const faults: unknown[] = []
  for (const person of Array.isArray(to) ? to.flatMap((one: unknown) => idIn(one) ?? []) : []) {
    signal?.throwIfAborted()
    if (deliveriesOf(row).some((one) => one.person === person)) continue
    const fault: unknown = await sendTo(parts, { actor, issue, person }).catch((error: unknown) => error)
    if (fault !== null) faults.push(fault)
  }
  if (faults.length > 0) throw faults[0]
}

/** @returns a fault that did not keep the letter back, or null */
async function sendTo(
  parts: SendParts,
  { actor, issue, person }: { actor: Actor; issue: number; person: number },
): Promise<unknown> {
  const { store } = parts
  const { org } = actor
  const reader = (await readersOf(store.db, org, [person])).get(person)
  return speaking(reader?.language, async () => {
    const letter = await letterFor(parts, { reader: reader?.actor ?? null, issue, zone: reader?.zone ?? 'UTC' })
    await store.transaction(actor, async (unit) => {
      await run(unit.on, sql`select 1 from report_issue where org = ${org} and id = ${issue} for update`)
      const now = await store.get(actor, reportIssue, issue, { unit })
      const done = deliveriesOf(now)
      // It was taken back meanwhile, or another node was faster.
      if (now['status'] !== 'released' || done.some((one) => one.person === person)) return
      const state = letter.outcome === 'refused' ? null : await queueIssue(unit.on, parts, { issue: now, person, org, letter }) // oxfmt-ignore
      const entry = { person, name: reader?.actor.name ?? `P-${person}`, at: store.now(), ...becameOf(letter, state) }
      const change = { deliveries: [...done, entry] }
      await store.change(actor, reportIssue, { id: issue, rev: null }, change, { unit, trusted: true })
    })
    return letter.fault
  })
}
function becameOf(
  { outcome, because, leftOut }: Letter,
  state: 'queued' | 'held' | null,
): Pick<Delivery, 'outcome' | 'because' | 'leftOut'> {
  if (outcome === 'refused') return { outcome, because, leftOut }
  if (state === null) return { outcome: 'refused', because: 'noAddress', leftOut }
  return state === 'held' ? { outcome: 'held', because: 'held', leftOut } : { outcome, because, leftOut }
}
