/** Any error as an RFC 9457 problem: refusals speak for themselves, faults say only their request's id. */
import { said, say, toSay } from '#engines/say.ts'
import type { FieldProblem } from '#kit/problem.ts'
import { Refusal } from '#kit/problem.ts'
import { databaseAway } from './pulse.ts'

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly errors: readonly FieldProblem[]
  readonly request: string
  readonly [more: string]: unknown
}
/** RFC 9457, 3.1.1: one name for each kind of problem, the same in every answer; docs/api.md lists those that a program may act on. */
export function typeOf(kind: string): string {
  return `urn:pilothouse:problem:${kind}`
}
/** Of what no refusal has named: the framework's, the database's and our own faults. */
const KINDS: Readonly<Record<number, string>> = {
  400: 'bad-request',
  404: 'not-found',
  408: 'too-slow',
  413: 'too-large',
  415: 'media-type',
  422: 'unfit',
  431: 'headers-too-large',
  503: 'not-available',
  507: 'no-room',
}
export function typeOfStatus(status: number): string {
  return typeOf(KINDS[status] ?? (status < 500 ? 'bad-request' : 'fault'))
}
const TITLES: Readonly<Record<number, string>> = {
  400: toSay('Not understood'),
  401: toSay('Not signed in'),
  403: toSay('Not allowed'),
  404: toSay('Not found'),
  409: toSay('Refused'),
  412: toSay('Changed meanwhile'),
  413: toSay('Too large'),
  415: toSay('Unknown content'),
  422: toSay('Does not fit'),
  428: toSay('Revision missing'),
  429: toSay('Too many requests'),
  503: toSay('Not available'),
  507: toSay('No room'),
}

/** What the web framework refuses by itself, in our words. */
const FRAMEWORK: Readonly<Record<string, readonly [number, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, toSay('The request is larger than allowed. Send less at once, or use an import.')],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, toSay('Send JSON with "Content-Type: application/json".')],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, toSay('The request says that it holds JSON, but it is empty.')],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, toSay('The length of the request does not match its header.')],
  FST_REQ_FILE_TOO_LARGE: [413, toSay('The file is larger than allowed.')],
  FST_FILES_LIMIT: [413, toSay('Send one file at a time.')],
  FST_ERR_NOT_FOUND: [404, toSay('There is nothing at this address.')],
  FST_ERR_MAX_PARAM_LENGTH: [404, toSay('There is nothing at this address.')],
  FST_ERR_BAD_URL: [400, toSay('The address is not valid.')],
}
/** Database refusals that mean what was sent, not a fault of ours. */
const VALUES: Readonly<Record<string, string>> = {
  '22003': toSay('A number is too large.'),
  '22021': toSay('The text holds a character that cannot be kept.'),
  '22P05': toSay('The text holds a character that cannot be kept.'),
  '22008': toSay('A date is out of range.'),
  '54000': toSay('The request is too complex. Make it smaller.'),
  '54001': toSay('The request is nested too deeply. Make it smaller.'),
}

export function problemOf(error: unknown, request: string): Problem {
  if (error instanceof Refusal)
    return {
      ...error.extra,
      type: typeOf(error.kind),
      title: said(TITLES[error.status] ?? toSay('Refused')),
      status: error.status,
      detail: said(error.message),
      errors: error.errors.map((one) => ({ ...one, detail: said(one.detail) })),
      request,
    }
  const code = codeOf(error)
  const known = FRAMEWORK[code] ?? fromStatus(error)
  if (known === null && isAway(code, error)) return problemOf(databaseAway(), request)
  const [status, detail] = known ?? fromDatabase(code, error, request)
  return {
    type: typeOfStatus(status),
    title: said(TITLES[status] ?? toSay('Fault')),
    status,
    detail: said(detail),
    errors: [],
    request,
  }
}
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
function fromStatus(error: unknown): readonly [number, string] | null {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status < 500
    ? [status, say`The request is not understood. Look at its form and send it again.`]
    : null
}
function fromDatabase(code: string, error: unknown, request: string): readonly [number, string] {
  const value = VALUES[code]
  if (value !== undefined) return [422, value]
  if (code === '57014')
    return [503, say`This took too long and was stopped. Narrow the filter, or try again in a moment.`]
  if (code === '53100')
    return [
      503,
      say`The disk of the database is full. Nothing was changed. Your administrator has to make room; then it goes on by itself.`,
    ]
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return [
      507,
      say`The disk of the server is full. Nothing was kept. Your administrator has to make room; then try again.`,
    ]
  if (code === '23514' && error instanceof Error && error.message.includes('no partition of relation "journal"'))
    return [
      503,
      say`The clock of the server is months away from the true time, so nothing can be written down. Your administrator has to set it; the health page shows it.`,
    ]
  return [
    500,
    say`Something went wrong on our side, and it was written down. Tell your administrator the number ${request}.`,
  ]
}
/** SQLSTATE classes 08 (connection), 53 (resources) and 57P (shutdown); and what the driver says without a code. */
function isAway(code: string, error: unknown): boolean {
  if (/^(08...|53[0234]00|57P0[1235]|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT)$/.test(code)) return true
  return (
    error instanceof Error &&
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      error.message,
    )
  )
}
