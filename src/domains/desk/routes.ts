/** What the desk can do beside keeping records: merge, families, major incidents, suggestions, replies, surveys, its report. */
import { z } from 'zod'
import { may } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Call, JsonSchema, Route } from '#kit/contract.ts'
import { badRequest, forbidden, notFound } from '#kit/problem.ts'
import { readDay } from '#kit/moment.ts'
import { readId, whole } from '#kit/rest.ts'
import type { RestParts } from '#kit/rest.ts'
import { service } from '#services'
import { cannedReply, category, majorIncident } from './around.ts'
import { chronicle, runningMajors } from './chronicle.ts'
import { deskReport } from './desk-report.ts'
import { family, resolveFamily } from './family.ts'
import { incident } from './incident.ts'
import { actionsFromLessons } from './lessons.ts'
import { declareMajor, proposeCrew } from './major.ts'
import { merge, unmerge } from './merge.ts'
import { todayOf } from './page.ts'
import { fillReply } from './replies.ts'
import { suggestRouting } from './routing.ts'
import { similarTo, wordsIn, wordsOf } from './similar.ts'
import { answerByKey, surveyOfKey } from './surveys.ts'

export interface DeskParts extends RestParts {
  /** Of the installation; signs the addresses of surveys. */
  readonly secret: Buffer
}
const one = z.union([z.number().int().positive(), z.string().trim().min(1).max(40)])
const reason = z.string().max(2000).optional()
const mergeBody = z.strictObject({ into: one, reason })
const reasonBody = z.strictObject({ reason })
const familyBody = z.strictObject({ resolution: z.string().trim().min(1).max(100_000).optional(), closureCode: z.string().max(60).optional() })
const declareBody = z.strictObject({ subject: z.string().trim().min(1).max(200).optional(), commander: one.nullish(), communicator: one.nullish(), scribe: one.nullish(), bridge: z.string().max(2000).nullish(), newsEvery: z.number().int().min(0).max(10_080).nullish() })
const lessonsBody = z.strictObject({ lines: z.array(z.string().trim().min(1).max(5000)).min(1).max(100).optional(), owner: one.nullish(), dueOn: z.iso.date('Give a day as year-month-day.').nullish() })
const fillBody = z.strictObject({ incident: one })
const answerBody = z.strictObject({ score: z.number().int('Give a whole number from 1 to 5.').min(1).max(5), comment: z.string().max(5000).nullish() })
const NUMBER: JsonSchema = { type: 'string', maxLength: 40 }

export function routes(parts: DeskParts): Route[] {
  return [...mergeRoutes(parts), ...familyRoutes(parts), ...majorRoutes(parts), ...suggestionRoutes(parts), ...surveyRoutes(parts), reportRoute(parts)]
}

function mergeRoutes(parts: DeskParts): Route[] {
  const answered = async (call: Call, row: Awaited<ReturnType<typeof merge>>): Promise<{ body: unknown; headers: Record<string, string> }> => ({ body: await whole(parts, call.actor, incident, row), headers: { ETag: `"${row.rev}"` } })
  const { tag, access } = OF_INCIDENTS
  return [
    {
      method: 'POST', path: '/incidents/{id}/merge', tag, access, summary: 'Merge a duplicate into the incident that goes on', body: mergeBody, audited: 'journal',
      handle: async (call) => {
        const said = mergeBody.parse(call.body)
        return answered(call, await merge(parts.store, call.actor, { id: idOf(call), into: readId(incident, String(said.into)), rev: call.rev, reason: said.reason ?? null }))
      },
    },
    {
      method: 'POST', path: '/incidents/{id}/unmerge', tag, access, summary: 'Take a merge apart', body: reasonBody, audited: 'journal',
      handle: async (call) => answered(call, await unmerge(parts.store, call.actor, { id: idOf(call), rev: call.rev, reason: reasonBody.parse(call.body ?? {}).reason ?? null })),
    },
  ]
}
function familyRoutes(parts: DeskParts): Route[] {
  const { tag, access } = OF_INCIDENTS
  return [
    { method: 'GET', path: '/incidents/{id}/family', tag, access, summary: 'Its parent, its children and what was merged into it', handle: async (call) => ({ body: await family(parts.store, call.actor, idOf(call)) }) },
    {
      method: 'POST', path: '/incidents/{id}/resolve-family', tag, access, summary: 'Resolve it and everything open below it', body: familyBody, audited: 'journal',
      handle: async (call) => ({ body: await resolveFamily(parts.store, call.actor, { id: idOf(call), rev: call.rev, said: familyBody.parse(call.body ?? {}) }) }),
    },
  ]
}
function majorRoutes(parts: DeskParts): Route[] {
  const { store } = parts
  const { tag, access } = { tag: majorIncident.labelPlural, access: 'signed-in' } as const
  return [
    {
      method: 'GET', path: '/incidents/{id}/crew', tag, access, summary: 'Who would be the crew of a major incident, and why',
      handle: async (call) => {
        const row = await store.get(call.actor, incident, idOf(call))
        forStaff(call.actor)
        return { body: await proposeCrew(store.db, call.actor, row.id, await todayOf(parts, call.actor)) }
      },
    },
    {
      method: 'POST', path: '/incidents/{id}/declare-major', tag, access, summary: 'Declare a major incident', body: declareBody, okStatus: 201, audited: 'journal',
      handle: async (call) => {
        const { major, crew } = await declareMajor(store, call.actor, { id: idOf(call), today: await todayOf(parts, call.actor), chosen: declareBody.parse(call.body ?? {}) })
        return { status: 201, body: { ...(await whole(parts, call.actor, majorIncident, major)), proposed: crew }, headers: { ETag: `"${major.rev}"`, Location: `/api/v1/majorincidents/${major.id}` } }
      },
    },
    {
      method: 'GET', path: '/majorincidents/running', tag, access, summary: 'Major incidents that are running, with the news that is due',
      handle: async (call) => {
        if (!may(call.actor, majorIncident.can.read, null)) throw notFound(majorIncident.labelPlural)
        return { body: { items: await runningMajors(store, call.actor) } }
      },
    },
    { method: 'GET', path: '/majorincidents/{id}/chronicle', tag, access, summary: 'News, moves and new reports with minutes since the declaration', handle: async (call) => ({ body: await chronicle(store, call.actor, readId(majorIncident, call.params['id'])) }) },
    {
      method: 'POST', path: '/majorincidents/{id}/actions', tag, access, summary: 'Make improvement actions of the lessons', body: lessonsBody, okStatus: 201, audited: 'journal',
      handle: async (call) => {
        const { lines = null, owner = null, dueOn = null } = lessonsBody.parse(call.body ?? {})
        return { status: 201, body: await actionsFromLessons(store, call.actor, { id: readId(majorIncident, call.params['id']), lines, owner, dueOn }) }
      },
    },
  ]
}
function suggestionRoutes(parts: DeskParts): Route[] {
  const { tag, access } = OF_INCIDENTS
  const { store } = parts
  return [
    {
      method: 'GET', path: '/incidents/similar', tag, access, summary: 'Past incidents that a text resembles, with what solved them', query: { text: { about: 'What is being written.', schema: { type: 'string', maxLength: 20_000 } } },
      handle: async (call) => {
        const text = call.query['text'] ?? ''
        if (text.includes('\u0000')) throw badRequest('The text holds a NUL character.')
        return { body: { items: await similarTo(store.db, call.actor, { org: call.actor.org, words: wordsIn(text), except: null, now: store.now() }) } }
      },
    },
    {
      method: 'GET', path: '/incidents/{id}/similar', tag, access, summary: 'Past incidents that resemble it, with what solved them',
      handle: async (call) => {
        const row = await store.get(call.actor, incident, idOf(call))
        return { body: { items: await similarTo(store.db, call.actor, { org: call.actor.org, words: await wordsOf(store.db, call.actor.org, row.id), except: row.id, now: store.now() }) } }
      },
    },
    {
      method: 'GET', path: '/incidents/suggest', tag, access, summary: 'Which team and who in it should have an incident', query: { service: { about: 'SVC-5', schema: NUMBER }, category: { about: 'CAT-2', schema: NUMBER } },
      handle: async (call) => {
        const { service: wanted, category: kind } = call.query
        const asked = { service: wanted ? readId(service, wanted) : null, category: kind ? readId(category, kind) : null, today: await todayOf(parts, call.actor) }
        return { body: await suggestRouting(store.db, call.actor, asked) }
      },
    },
    {
      method: 'POST', path: '/cannedreplies/{id}/fill', tag: cannedReply.labelPlural, access, summary: 'The text, filled in for an incident', body: fillBody, audited: 'Nothing changes: it only answers a text.',
      handle: async (call) => ({ body: await fillReply(store, call.actor, { reply: readId(cannedReply, call.params['id']), about: readId(incident, String(fillBody.parse(call.body).incident)) }) }),
    },
  ]
}
function surveyRoutes({ store, secret }: DeskParts): Route[] {
  const tag = 'Surveys'
  return [
    { method: 'GET', path: '/survey/{key}', tag, access: 'public', summary: 'The question behind a link', handle: async (call) => ({ body: await surveyOfKey(store, secret, call.params['key'] ?? '') }) },
    {
      method: 'POST', path: '/survey/{key}', tag, access: 'public', summary: 'Answer it, once', body: answerBody, okStatus: 204, audited: 'journal',
      handle: async (call) => {
        const { score, comment = null } = answerBody.parse(call.body)
        await answerByKey(store, secret, { key: call.params['key'] ?? '', request: call.request, score, comment })
        return { status: 204 }
      },
    },
  ]
}
function reportRoute(parts: DeskParts): Route {
  const day = (about: string): NonNullable<Route['query']>[string] => ({ about, schema: { type: 'string', maxLength: 40 } })
  return {
    method: 'GET', path: '/reports/desk', tag: 'Reports', access: 'signed-in', summary: "The desk's figures, each with the list behind it", query: { from: day('First day, such as 2026-11-01 or -30d; thirty days ago unless said.'), to: day('Last day; today unless said.') },
    handle: async (call) => {
      if (!may(call.actor, ['manager', 'lead', 'agent', 'auditor', 'officer'], null)) throw notFound('The report')
      const [zone, now] = [await parts.zone(call.actor), parts.store.now()]
      const [from, to] = [readDay(call.query['from'] || '-30d', now, zone), readDay(call.query['to'] || 'today', now, zone)]
      if (from === null || to === null) throw badRequest('Give "from" and "to" as days, such as 2026-11-01, startOfMonth or -30d.')
      const days = Temporal.PlainDate.from(from).until(to).days
      if (days < 0 || days > 3660) throw badRequest('"from" is not after "to", and they are at most ten years apart.')
      return { body: await deskReport(parts.store.db.reader, { org: call.actor.org, from, to, zone, now }) }
    },
  }
}

const OF_INCIDENTS = { tag: incident.labelPlural, access: 'signed-in' } as const
function idOf(call: Call): number {
  return readId(incident, call.params['id'])
}
function forStaff(actor: Actor): void {
  if (!may(actor, ['manager', 'lead', 'agent'], null)) throw forbidden('Only the staff declares major incidents.')
}
