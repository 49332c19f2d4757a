// The program's log: JSON lines for collectors, one short line each on a terminal. Secrets never reach it.
import pino from 'pino'
import type { DestinationStream, Logger } from 'pino'

export type Log = Logger

/** Keys whose values are replaced wherever they stand in the first four levels of a logged object. */
const secretKeys = [
  'password',
  'newPassword',
  'token',
  'secret',
  'key',
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'databaseUrl',
  'connectionString',
]
const redacted = '[redacted]'

export interface LogOptions {
  /** `debug`, `info` (default), `warn`, `error` or `silent`. */
  level?: string
  /** Where lines go; standard output when absent. */
  to?: DestinationStream
  /** Short human lines in place of JSON; default: whether standard output is a terminal. */
  isHuman?: boolean
}

export function openLog(options: LogOptions = {}): Log {
  const isHuman = options.isHuman ?? process.stdout.isTTY
  const target = options.to ?? pino.destination({ fd: 1, sync: true })
  const settings = {
    level: options.level ?? 'info',
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redactedPaths(), censor: redacted },
    serializers: { err: errorFacts, error: errorFacts },
  }
  return pino(settings, isHuman ? humanStream(target) : target)
}

function redactedPaths(): string[] {
  const places = ['', '*.', '*.*.', '*.*.*.']
  return places.flatMap((place) => secretKeys.map((key) => pathTo(place, key)))
}

function pathTo(place: string, key: string): string {
  const quoted = key.includes('-') ? `["${key}"]` : key
  return quoted.startsWith('[') ? `${place.replace(/\.$/, '')}${quoted}` : `${place}${quoted}`
}

/** Some libraries tell of an error by an object that has its message. */
function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
}
/** A database's `detail` quotes rows, which hold personal data: it stays out of the log. */
function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { message: withoutPasswords(messageOf(error)) }
  const { name, message, stack } = error
  const code = 'code' in error ? String(error.code) : undefined
  const constraint = 'constraint' in error && error.constraint ? String(error.constraint) : undefined
  const cause = error.cause === undefined ? undefined : errorFacts(error.cause)
  return {
    type: name,
    message: withoutPasswords(message),
    stack: withoutPasswords(stack ?? ''),
    code,
    constraint,
    cause,
  }
}

/** `postgres://user:password@host` → `postgres://user:…@host`; also in messages of libraries. */
export function withoutPasswords(text: string): string {
  return text.replace(/(\w{1,20}:\/\/[^\s:/@]*):[^\s@/]+@/g, '$1:…@')
}

interface Line {
  level: number
  time: string
  msg?: string
  err?: { message?: string; stack?: string }
}

function humanStream(target: DestinationStream): DestinationStream {
  return {
    write(json: string) {
      // The line comes from pino itself, two lines above.
      const line = JSON.parse(json) as Line
      target.write(`${line.time.slice(11, 19)} ${levelWord(line.level)}${line.msg ?? ''}${errorText(line)}\n`)
    },
  }
}

function levelWord(level: number): string {
  if (level >= 50) return 'ERROR '
  if (level >= 40) return 'warning: '
  return level < 30 ? 'debug: ' : ''
}

function errorText(line: Line): string {
  if (!line.err) return ''
  return line.level >= 50 ? `\n${line.err.stack ?? line.err.message}` : ` (${line.err.message})`
}
