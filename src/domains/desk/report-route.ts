/** The address of the desk's report. */
import { say } from '#engines/say.ts'
import { isAllowedSomewhere } from '#kit/actor.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { readDay } from '#kit/moment.ts'
import { badRequest, notFound } from '#kit/problem.ts'
import type { RestParts } from '#kit/rest.ts'
import { deskReport } from './desk-report.ts'
import { DESK_REPORT } from './report-shape.ts'

const MOST_DAYS = 3660
const DAY = { type: 'string', maxLength: 40 }

export function reportRoute(parts: RestParts): Route {
  return {
    method: 'GET',
    path: '/reports/desk',
    tag: 'Reports',
    access: 'signed-in',
    summary: "The desk's figures, each with the list behind it",
    query: {
      from: { about: 'First day, such as 2026-11-01 or -30d; thirty days ago unless said.', schema: DAY },
      to: { about: 'Last day; today unless said.', schema: DAY },
    },
    ok: DESK_REPORT,
    handle: (call) => report(parts, call),
  }
}
async function report(parts: RestParts, call: Call): Promise<Answer> {
  const isReader = isAllowedSomewhere(call.actor, ['manager', 'lead', 'agent', 'auditor', 'officer'])
  if (!isReader) throw notFound(say`The report`)
  const [zone, now] = [await parts.zone(call.actor), parts.store.now()]
  const [from, to] = [readDay(call.query['from'] || '-30d', now, zone), readDay(call.query['to'] || 'today', now, zone)]
  if (from === null || to === null) throw badRequest(say`Give "from" and "to" as days, such as 2026-11-01 or -30d.`)
  const { days } = Temporal.PlainDate.from(from).until(to)
  if (days < 0 || days > MOST_DAYS)
    throw badRequest(say`"from" is not after "to", and they are at most ten years apart.`)
  return { body: await deskReport(parts.store.db.reader, call.actor, { from, to, zone, now }) }
}
