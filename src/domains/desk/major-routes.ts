/** Addresses of major incidents: declaring with a crew, what is running, the chronicle, the lessons. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { isAllowed } from '#kit/actor.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { rowOf } from '#kit/json-schema.ts'
import { forbidden, notFound } from '#kit/problem.ts'
import { action } from '#kit/records/steering.ts'
import type { RestParts } from '#kit/rest.ts'
import { readId, whole } from '#kit/rest.ts'
import { itemsOf, listOf, shape, TEXTS } from '#kit/routes/shape.ts'
import { majorIncident } from './around.ts'
import { chronicle, runningMajors } from './chronicle.ts'
import { incident } from './incident.ts'
import { actionsFromLessons } from './lessons.ts'
import { declareMajor, proposeCrew } from './major.ts'
import { incidentId, one } from './merge-routes.ts'
import { CHRONICLE, CREW, DECLARED, RUNNING_MAJOR } from './major-shape.ts'
import { todayOf } from './page.ts'

const declareBody = z.strictObject({
  subject: z.string().trim().min(1).max(200).optional(),
  commander: one.nullish(),
  communicator: one.nullish(),
  scribe: one.nullish(),
  bridge: z.string().max(2000).nullish(),
  newsEvery: z.number().int().min(0).max(10_080).nullish(),
})
const lessonsBody = z.strictObject({
  lines: z.array(z.string().trim().min(1).max(5000)).min(1).max(100).optional(),
  owner: one.nullish(),
  dueOn: z.iso.date('Give a day as year-month-day.').nullish(),
})
const ofMajors = { tag: majorIncident.labelPlural, access: 'signed-in' } as const

export function declareRoutes(parts: RestParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/incidents/{id}/crew',
      ...ofMajors,
      summary: 'Who would be the crew of a major incident, and why',
      ok: CREW,
      handle: (call) => crew(parts, call),
    },
    {
      method: 'POST',
      path: '/incidents/{id}/declare-major',
      ...ofMajors,
      summary: 'Declare a major incident',
      body: declareBody,
      ok: DECLARED,
      okStatus: 201,
      audited: 'journal',
      handle: (call) => declare(parts, call),
    },
  ]
}
export function majorRoutes({ store }: RestParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/majorincidents/running',
      ...ofMajors,
      summary: 'Major incidents that are running, with the news that is due',
      ok: itemsOf(RUNNING_MAJOR),
      handle: async (call) => {
        if (!isAllowed(call.actor, majorIncident.can.read)) throw notFound(majorIncident.labelPlural)
        return { body: { items: await runningMajors(store, call.actor) } }
      },
    },
    {
      method: 'GET',
      path: '/majorincidents/{id}/chronicle',
      ...ofMajors,
      summary: 'News, moves and new reports with minutes since the declaration',
      ok: CHRONICLE,
      handle: async (call) => ({ body: await chronicle(store, call.actor, majorId(call)) }),
    },
    {
      method: 'POST',
      path: '/majorincidents/{id}/actions',
      ...ofMajors,
      summary: 'Make improvement actions of the lessons',
      body: lessonsBody,
      ok: shape({ created: listOf(rowOf(action)), present: TEXTS }),
      okStatus: 201,
      audited: 'journal',
      handle: async (call) => {
        const { lines = null, owner = null, dueOn = null } = lessonsBody.parse(call.body ?? {})
        return { body: await actionsFromLessons(store, call.actor, { id: majorId(call), lines, owner, dueOn }) }
      },
    },
  ]
}
function majorId(call: Call): number {
  return readId(majorIncident, call.params['id'])
}

async function crew(parts: RestParts, call: Call): Promise<Answer> {
  const row = await parts.store.get(call.actor, incident, incidentId(call))
  // Whoever may declare it for their unit or team is asked for its people, too.
  if (!isAllowed(await parts.store.near(call.actor, incident, row.id), ['manager', 'lead', 'agent']))
    throw forbidden(say`Only the staff declares major incidents.`)
  return { body: await proposeCrew(parts.store.db, call.actor, row.id, await todayOf(parts, call.actor)) }
}
async function declare(parts: RestParts, call: Call): Promise<Answer> {
  const chosen = declareBody.parse(call.body ?? {})
  const today = await todayOf(parts, call.actor)
  const made = await declareMajor(parts.store, call.actor, { id: incidentId(call), today, chosen })
  const body = { ...(await whole(parts, call.actor, majorIncident, made.major)), proposed: made.crew }
  const headers = { ETag: `"${made.major.rev}"`, Location: `/api/v1/majorincidents/${made.major.id}` }
  return { status: 201, body, headers }
}
