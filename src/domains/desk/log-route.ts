/** `GET /reports/incident-log`: the figures of an incident log, to hold an import against its source. */
import { say } from '#engines/say.ts'
import { isTimeZone } from '#engines/wall-clock.ts'
import { isAllowedSomewhere } from '#kit/actor.ts'
import type { Call, Route } from '#kit/contract.ts'
import { readMoment } from '#kit/moment.ts'
import { badRequest, forbidden } from '#kit/problem.ts'
import type { RestParts } from '#kit/rest.ts'
import { incidentFigures } from './incident-figures.query.ts'
import { INCIDENT_LOG } from './report-shape.ts'

const STAFF = ['manager', 'lead', 'agent', 'auditor', 'officer']

export function logRoute(parts: RestParts): Route {
  const bound = { schema: { type: 'string', maxLength: 40 } }
  return {
    method: 'GET',
    path: '/reports/incident-log',
    tag: 'Reports',
    access: 'signed-in',
    summary:
      'Of all incidents, or with imported=true of the imported ones: how many, updates, priorities, reassigned, reopened, opened by month',
    query: {
      from: { about: 'Opened from: 2026-01-01, -90d …; everything unless said.', ...bound },
      to: { about: 'Opened before.', ...bound },
      imported: {
        about: 'true: only incidents that have a number of the system that they came from; all of them unless said.',
        schema: { type: 'string', enum: ['true', 'false'] },
      },
      zone: { about: 'IANA zone in which months begin; yours unless said.', schema: { type: 'string', maxLength: 60 } },
    },
    ok: INCIDENT_LOG,
    handle: async (call) => {
      if (!isAllowedSomewhere(call.actor, STAFF)) throw forbidden(say`Reports of the desk are for those who run it.`)
      const zone = zoneOf(call.query['zone']) ?? (await parts.zone(call.actor))
      const now = parts.store.now()
      const isImported = call.query['imported'] === 'true'
      const range = {
        from: moment(call, 'from', { now, zone }),
        to: moment(call, 'to', { now, zone }),
        isImported,
        zone,
      }
      const list = isImported ? '/desk/incidents?filter=formerNumber:any' : '/desk/incidents'
      return { body: { ...(await incidentFigures(parts.store.db.reader, call.actor, range)), zone, list } }
    },
  }
}
function zoneOf(said: string | undefined): string | null {
  if (said === undefined || said === '') return null
  if (!isTimeZone(said))
    throw badRequest(say`"${said.slice(0, 60)}" is not a time zone. Write one such as Europe/Berlin.`)
  return said
}
function moment(call: Call, name: 'from' | 'to', { now, zone }: { now: string; zone: string }): string | undefined {
  const said = call.query[name]
  if (said === undefined || said === '') return undefined
  const at = readMoment(said, now, zone)
  if (at === null) throw badRequest(say`"${name}" is not a point in time. Write 2026-01-01 or -90d.`)
  return at
}
