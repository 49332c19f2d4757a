/** What lies on the manager's own desk today: tasks late, due and ahead, and actions of her own. */
import { task } from '#kit/records/about.ts'
import { action } from '#kit/records/steering.ts'
import type { Book } from './book.ts'
import type { Cast } from './cast.ts'
import { instantOf } from './story.ts'

const DAY = 86_400_000
/** Subject, days ago it was written, days from today on which it is due. */
const TASKS = [
  ['Sign the renewal of the maintenance contract for storage', 16, -2],
  ['Staff talk with the lead of the service desk', 9, 0],
  ['Figures of the quarter for the executive board', 6, 3],
  ['Answer the questions of the auditors about leavers', 4, 5],
  ['Plan who is on call between the years', 2, 12],
] as const
const ACTIONS = [
  {
    subject: 'A second person knows the interfaces of ERP',
    because: 'Three incidents in a holiday week waited for the only one who knows them.',
    duty: '2',
    ago: 35,
    due: 40,
  },
  {
    subject: 'Suppliers answer within their contracts, month by month',
    because: 'Two contracts had no figures of what was kept; nobody had asked for them.',
    duty: '8',
    ago: 52,
    due: 9,
  },
] as const

export function makeManagersWork({
  book,
  cast: { manager },
  nowMs,
}: {
  readonly book: Book
  readonly cast: Cast
  readonly nowMs: number
}): void {
  const dayIn = (days: number): string => instantOf(nowMs + days * DAY).slice(0, 10)
  for (const [subject, ago, due] of TASKS)
    book.begin(task, { subject, assignee: manager.ref, dueOn: dayIn(due) }, { at: nowMs - ago * DAY, by: manager.ref })
  for (const { subject, because, duty, ago, due } of ACTIONS)
    book.begin(
      action,
      { subject, because, duty, owner: manager.ref, dueOn: dayIn(due) },
      { at: nowMs - ago * DAY, by: manager.ref },
    )
}
