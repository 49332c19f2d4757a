// For every route a request that somebody entitled may make: its body follows from what the route declares, so that whoever
// is turned away is turned away for who they are, and not for what they sent.
import { jsonSchemaOf } from '#kit/json-schema.ts'
import type { JsonSchema, Route } from '#kit/contract.ts'
import { isZod } from '#kit/contract.ts'
import { RECORDS } from '#app'
import type { Matrix, Side } from './cast.ts'
import { marker } from './cast.ts'
import { RULES } from './rules.ts'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly headers: Readonly<Record<string, string>>
}
/** The ids of one side's rows, by kind of record. */
type Ids = (record: string) => number

/** Parameters of an address that are no number of the row which the rule names. */
const PLACES: Readonly<Record<string, string>> = {
  'GET /calendar-feeds/{file}': 'pcal_none.ics',
  'GET /access/records/{record}/{id}': 'incident',
  'GET /retention/{record}/{id}/holds': 'incident',
  'PUT /admin/retention/{record}': 'incident',
  'DELETE /admin/retention/{record}': 'incident',
  'POST /admin/retention/{record}/preview': 'incident',
}
/** Rows beside those of the cast, for what would leave its own in another state. */
const BESIDE: Readonly<Record<string, string>> = {
  'POST /incidents/{id}/merge': 'another incident',
  'POST /incidents/{id}/declare-major': 'third incident',
}
/** The grant that each side's requests take away: whoever asks for them gives it first. */
export const TAKEN = 'requester.own.0'
const retention = { clock: 'closedAt', keep: 'P3Y', end: 'delete', binKeep: null }
const FEED = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:matrix', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z', 'DTSTART;VALUE=DATE:20261225', 'SUMMARY:Feast', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n') // oxfmt-ignore
/** Bodies whose meaning their schema cannot say. */
const BODIES: Readonly<Record<string, (of: Ids) => object>> = {
  'POST /presence': (of) => ({ on: `INC-${of('incident')}`, tab: 'matrix', stay: 'here' }),
  'PUT /me/unsent': (of) => ({ on: `INC-${of('incident')}`, part: 'comment', value: 'Not yet sent' }),
  'POST /grants': (of) => ({ person: of('someone'), role: 'requester' }),
  'POST /view-as': (of) => ({ person: of('person'), reason: 'To see what they see' }),
  'POST /persons/{id}/hand-over': (of) => ({ to: of('someone'), what: [{ record: 'team', field: 'lead' }] }),
  'POST /incidents/{id}/merge': (of) => ({ into: of('incident') }),
  'POST /incidents/{id}/resolve-family': () => ({ resolution: 'Repaired', closureCode: 'fixed' }),
  'POST /incidents/{id}/declare-major': () => ({ subject: 'Nothing works' }),
  'POST /majorincidents/{id}/actions': () => ({ lines: ['Renew the cable'] }),
  'POST /cannedreplies/{id}/fill': (of) => ({ incident: of('incident') }),
  'POST /calendars/feed-preview': () => ({ text: FEED }),
  'POST /bulk-runs': (of) => ({ record: 'incident', ids: [of('incident')], change: { tags: ['many'] } }),
  'PUT /admin/retention/{record}': () => retention,
  'POST /admin/retention/{record}/preview': () => retention,
}

/** @param side whose rows the address and the body name */
export function requestFor(matrix: Matrix, route: Route, side: Side): Asked {
  const name = `${route.method} ${route.path}`
  const rule = RULES[name]
  const kind = BESIDE[name] ?? (typeof rule === 'object' ? rule.row : undefined) ?? kindOf(route.path)
  const of: Ids = (record) => matrix.rows[side].get(record)?.id ?? 1
  if (name === 'DELETE /grants/{id}') return { method: 'DELETE', path: `/grants/${of('person')}.${TAKEN}`, headers: {} }
  const path = route.path.replace(/\{(?!id\})\w+\}/, PLACES[name] ?? String(of(kind))).replace(/\{\w+\}/g, String(of(kind))) // oxfmt-ignore
  const word = marker(matrix.server.store.catalogue.get('incident'), side)
  const query = ['text', 'q'].filter((one) => route.query?.[one] !== undefined).map((one) => `${one}=${word}`)
  return {
    method: route.method,
    path: `${path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    headers: {},
    ...(route.method === 'GET' ? {} : { body: bodyOf(route, of) }),
  }
}
function kindOf(path: string): string {
  return RECORDS.find((one) => path.startsWith(`/${one.plural}/`))?.name ?? 'incident'
}
function bodyOf(route: Route, of: Ids): unknown {
  const made = BODIES[`${route.method} ${route.path}`]
  if (made !== undefined) return made(of)
  if (route.body === 'upload') {
    const form = new FormData()
    form.set('record', 'category')
    form.set('file', new Blob(['name\nMatrix\n'], { type: 'text/csv' }), 'matrix.csv')
    return form
  }
  return isZod(route.body) ? sample(jsonSchemaOf(route.body)) : {}
}

/** The least that fits a JSON schema: what is required, each the first or the smallest that may stand there. */
export function sample(schema: JsonSchema): unknown {
  if ('const' in schema) return schema['const']
  if ('default' in schema) return schema['default']
  const { enum: options, anyOf, type } = schema as { enum?: readonly unknown[]; anyOf?: readonly JsonSchema[]; type?: string } // oxfmt-ignore
  if (options !== undefined) return options[0]
  if (anyOf !== undefined) return sample(anyOf[0] ?? {})
  switch (type) {
    case 'object':
      return sampleObject(schema)
    case 'array':
      return Number(schema['minItems'] ?? 0) > 0 ? [sample(schema['items'] as JsonSchema)] : [] // a schema's items are a schema
    case 'string':
      return sampleText(schema)
    case 'integer':
    case 'number':
      return Math.max(Number(schema['minimum'] ?? 1), Number(schema['exclusiveMinimum'] ?? 0) + 1)
    case 'boolean':
      return true
    default:
      return null
  }
}
function sampleObject(schema: JsonSchema): object {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>> // so says JSON Schema
  const required = (schema['required'] ?? []) as readonly string[]
  return Object.fromEntries(required.map((name) => [name, sample(properties[name] ?? {})]))
}
const TEXTS: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  uri: 'https://push.example.com/x',
  date: '2026-12-01',
}
function sampleText(schema: JsonSchema): string {
  const format = TEXTS[String(schema['format'])]
  if (format !== undefined) return format
  const pattern = schema['pattern']
  const wordy = ['matrix', '2026-12-01T09:00:00Z', '07:00', 'abcdefghijklmnopqrstuv']
  const fitting = wordy.find((one) => typeof pattern !== 'string' || new RegExp(pattern, 'u').test(one))
  return fitting ?? 'matrix'
}
