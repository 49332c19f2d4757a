/** What a report and an issue add to their writes: an owner, blocks that can be read, the next day of a schedule, and who may read an issue. */
import { checkRecurrence, dayAfter } from '#engines/recurrence.ts'
import type { Recurrence } from '#engines/recurrence.ts'
import { say } from '#engines/say.ts'
import { system } from '#kit/actor.ts'
import { isEmpty } from '#kit/check.ts'
import type { Misfits } from '#kit/problem.ts'
import { throwIfUnfit } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { idIn } from '#kit/write.ts'
import { blocksProblemFor } from './blocks-fit.ts'
import { commentsKept, strangeComment } from './issue-facts.ts'
import { report } from './report.ts'
import { todayAt } from './take.ts'

export const reportRules: Rules = {
  derive: async (facts) => ({
    ...(facts.before !== null || facts.actor.person === null
      ? {}
      : { owner: { id: facts.actor.person, number: `P-${facts.actor.person}`, title: facts.actor.name } }),
    ...(await nextSending(facts)),
  }),
  fits: async (facts) => ({ ...scheduleMisfits(facts.after), ...(await blockMisfits(facts)) }),
}
/** What is not changed is not judged: a report whose field has gone can still be renamed. */
async function blockMisfits(facts: Deriving): Promise<Misfits> {
  const { before, after } = facts
  if (isEmpty(after['blocks']) || JSON.stringify(before?.['blocks']) === JSON.stringify(after['blocks'])) return {}
  return { blocks: await blocksProblemFor(facts) }
}

function recurrenceOf(row: AnyRow): Recurrence | null {
  const { rule, firstOn } = row
  return isEmpty(rule) || isEmpty(firstOn) ? null : { rule: String(rule), startOn: String(firstOn), timezone: 'UTC' }
}
function scheduleMisfits(after: AnyRow): Misfits {
  if (isEmpty(after['rule'])) return {}
  const recurrence = recurrenceOf(after)
  if (recurrence === null) return { firstOn: say`Say from which day on it is sent.` }
  const problem = checkRecurrence(recurrence)[0]
  if (problem !== undefined)
    return problem.pointer === '/startOn' ? { firstOn: problem.detail } : { rule: problem.detail }
  const to = after['recipients']
  if (!Array.isArray(to) || to.length === 0) return { recipients: say`Choose who gets it.` }
  return after['audience'] === 'everyone'
    ? {}
    : {
        audience: say`What is sent to others is for everybody who reads reports. Choose that, or take the schedule away.`,
      }
}
/** The first day from today on, as it is where the organisation is; sending moves it on. */
async function nextSending({ before, after, actor, now, on }: Deriving): Promise<Readonly<Record<string, unknown>>> {
  if (before !== null && before['rule'] === after['rule'] && before['firstOn'] === after['firstOn']) return {}
  const recurrence = recurrenceOf(after)
  if (recurrence === null || checkRecurrence(recurrence).length > 0) return { nextOn: null }
  const yesterday = Temporal.PlainDate.from(await todayAt(on, actor.org, now))
    .subtract({ days: 1 })
    .toString()
  return { nextOn: dayAfter(recurrence, yesterday), problem: null }
}
/** The sending after one of that day; null when the rule has ended. */
export function sendingAfter(row: AnyRow, day: string): string | null {
  const recurrence = recurrenceOf(row)
  return recurrence === null ? null : dayAfter(recurrence, day)
}

export const issueRules: Rules = {
  /** A draft is its owner's; what is released is for those for whom the report is. */
  derive: async (facts) => ({ ...commentaryOf(facts), ...(await audienceOf(facts)) }),
  refuse: ({ before, after }) =>
    before !== null &&
    before['status'] !== 'draft' &&
    JSON.stringify(before['commentary']) !== JSON.stringify(after['commentary'])
      ? say`${after.number} is released and stays as it is. Make another issue.`
      : null,
}
async function audienceOf({ before, after, store, on, actor }: Deriving): Promise<Readonly<Record<string, unknown>>> {
  if (before?.['status'] === after['status'] || after['status'] !== 'released') return {}
  const id = idIn(after['report'])
  if (id === null) return {}
  const [of] = await store.many(system(actor.org, actor.request), report, [id], {
    unit: { on, touched: [] },
    binned: true,
  })
  return of === undefined ? {} : { audience: of['audience'] }
}
/** Whoever writes commentary leaves what they are not shown as it is. @throws a refusal for a figure that is not there for them */
function commentaryOf({ before, after, actor, store }: Deriving): Readonly<Record<string, unknown>> {
  if (before === null || JSON.stringify(before['commentary']) === JSON.stringify(after['commentary'])) return {}
  const strange = strangeComment(before, after, { actor, catalogue: store.catalogue })
  throwIfUnfit({ commentary: strange === null ? null : say`There is no figure "${strange}" to write about.` })
  return { commentary: commentsKept(before, after, { actor, catalogue: store.catalogue }) }
}
