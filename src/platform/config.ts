// Reads and checks the environment. Every bad value is told at once: what, where, and what to do.
import { isIP } from 'node:net'
import path from 'node:path'
import { defaultRates, type Rates } from './limits.ts'

export const roles = ['web', 'worker', 'probe'] as const
export type Role = (typeof roles)[number]

export interface Config {
  port: number
  host: string
  /** Absolute path of the data folder. */
  dataFolder: string
  /** An external PostgreSQL, or null for the embedded one. */
  databaseUrl: string | null
  /** A replica for reports, or null. */
  readerUrl: string | null
  /** Where browsers reach us, without a slash at the end. */
  publicUrl: string
  /** Where the embedded database's log is archived, and for how many days any moment must be reachable; null: nowhere. */
  archive: ArchiveConfig | null
  /** Folder of other PostgreSQL programs for the embedded database, or null. */
  postgresPrograms: string | null
  /** False behind a pooler in transaction mode. */
  isPrepared: boolean
  roles: readonly Role[]
  /** Requests a minute that are answered. */
  rates: Rates
  /** Proxies in front of us, as addresses or ranges; only what they say of a visitor's address is believed. */
  proxies: readonly string[]
  /** Between being told to stop and taking no more connections: time for a proxy to turn to another node. */
  drainSeconds: number
  /** Where to report a weakness (RFC 9116), or null. */
  securityContact: string | null
}

export interface ArchiveConfig {
  /** Absolute path. */
  readonly folder: string
  readonly days: number
}

export interface ConfigProblem {
  /** The variable or option. */
  where: string
  /** What is wrong with its value, and what to do. */
  because: string
}

/** The environment cannot be used; the program ends with code 2 after showing the message. */
export class ConfigRefusal extends Error {
  override name = 'ConfigRefusal'
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ where, because }) => `${where}: ${because}`).join('\n'))
    this.problems = problems
  }
}

const usualArchiveDays = 7

/** What a reader of one variable answers: its value, or the sentence on what to do. */
type Read<T> = { value: T } | { because: string }
/** A little more than the time for which docs/proxy.md lets nginx keep an idle connection to us. */
const DRAIN_SECONDS = 5
type Environment = Readonly<Record<string, string | undefined>>

/**
 * @param options from the command line, such as `{ role: 'web,worker' }`; they win over the environment.
 * @throws {ConfigRefusal} with one line per bad value.
 */
export function readConfig(environment: Environment, options: { role?: string } = {}): Config {
  const problems: ConfigProblem[] = []
  function take<T>(where: string, given: string | undefined, ifAbsent: T, read: (text: string) => Read<T>): T {
    const text = given?.trim() ?? ''
    if (text === '') return ifAbsent
    const answer = read(text)
    if ('value' in answer) return answer.value
    problems.push({ where, because: answer.because })
    return ifAbsent
  }
  const port = take('PORT', environment.PORT, 7300, portNumber)
  const host = take('HOST', environment.HOST, '127.0.0.1', hostName)
  const named = options.role === undefined ? 'PILOTHOUSE_ROLES' : '--role'
  const proxies = take('PILOTHOUSE_PROXIES', environment.PILOTHOUSE_PROXIES, [], addresses)
  const dataFolder = path.resolve(environment.PILOTHOUSE_DATA?.trim() || 'data')
  const databaseUrl = take('DATABASE_URL', environment.DATABASE_URL, null, postgresUrl)
  const days = take('PILOTHOUSE_ARCHIVE_DAYS', environment.PILOTHOUSE_ARCHIVE_DAYS, usualArchiveDays, dayCount)
  const archiveTo = environment.PILOTHOUSE_ARCHIVE_TO?.trim() || path.join(dataFolder, 'archive')
  const config: Config = {
    port,
    host,
    dataFolder,
    databaseUrl,
    // An external server's log is its own administrators' matter.
    archive: archiveTo === 'off' || databaseUrl !== null ? null : { folder: path.resolve(archiveTo), days },
    readerUrl: take('PILOTHOUSE_READER_URL', environment.PILOTHOUSE_READER_URL, null, postgresUrl),
    publicUrl: take('PUBLIC_URL', environment.PUBLIC_URL, localUrl(host, port), webUrl),
    postgresPrograms: take('PILOTHOUSE_PG_BIN', environment.PILOTHOUSE_PG_BIN, null, folder),
    isPrepared: take('PILOTHOUSE_PREPARED', environment.PILOTHOUSE_PREPARED, true, yesOrNo),
    rates: {
      person: take('PILOTHOUSE_RATE_PERSON', environment.PILOTHOUSE_RATE_PERSON, defaultRates.person, rate),
      address: take('PILOTHOUSE_RATE_ADDRESS', environment.PILOTHOUSE_RATE_ADDRESS, defaultRates.address, rate),
    },
    proxies,
    drainSeconds: take(
      'PILOTHOUSE_DRAIN_SECONDS',
      environment.PILOTHOUSE_DRAIN_SECONDS,
      proxies.length > 0 ? DRAIN_SECONDS : 0,
      seconds,
    ),
    securityContact: take('PILOTHOUSE_SECURITY_CONTACT', environment.PILOTHOUSE_SECURITY_CONTACT, null, contact),
    roles: take(named, options.role ?? environment.PILOTHOUSE_ROLES, roles, roleList),
  }
  if (problems.length > 0) throw new ConfigRefusal(problems)
  return config
}

function localUrl(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const name = isEverywhere ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

function portNumber(text: string): Read<number> {
  const port = /^\d+$/.test(text) ? Number(text) : -1
  if (port >= 0 && port <= 65_535) return { value: port }
  return { because: `"${text}" is not a port. Use a number from 1 to 65535, or 0 for any free one.` }
}

function hostName(text: string): Read<string> {
  if (/^[A-Za-z0-9.:_-]+$/.test(text)) return { value: text }
  return { because: `"${text}" is not an address. Use 127.0.0.1 for this machine only, or 0.0.0.0 for the network.` }
}

/** The value is not quoted in the refusal: it may hold a password. */
function postgresUrl(text: string): Read<string> {
  const url = URL.parse(text)
  const isPostgres = url?.protocol === 'postgres:' || url?.protocol === 'postgresql:'
  if (isPostgres && url.pathname.length > 1) return { value: text }
  return {
    because: isPostgres
      ? 'the address names no database. Write it as postgres://user:password@host:5432/database.'
      : 'this is not the address of a PostgreSQL database. Write it as postgres://user:password@host:5432/database; encode special characters of the password (@ as %40).',
  }
}

function webUrl(text: string): Read<string> {
  const url = URL.parse(text)
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (isWeb && url.search === '' && url.hash === '') return { value: url.href.replace(/\/$/, '') }
  return { because: `"${text}" is not a web address. Write the address people type, such as https://desk.example.com.` }
}

function folder(text: string): Read<string> {
  return { value: path.resolve(text) }
}

function yesOrNo(text: string): Read<boolean> {
  if (['true', '1', 'yes'].includes(text.toLowerCase())) return { value: true }
  if (['false', '0', 'no'].includes(text.toLowerCase())) return { value: false }
  return {
    because: `"${text}" is neither true nor false. Use false behind a pooler in transaction mode, else leave it out.`,
  }
}

function dayCount(text: string): Read<number> {
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 366) return { value: Number(text) }
  return { because: `"${text}" is no number of days from 1 to 366. To keep no archive set PILOTHOUSE_ARCHIVE_TO=off.` }
}

function rate(text: string): Read<number> {
  if (/^\d{1,7}$/.test(text)) return { value: Number(text) }
  return { because: `"${text}" is no number of requests a minute. Use a whole number, or 0 for no limit.` }
}

function seconds(text: string): Read<number> {
  if (/^\d{1,3}$/.test(text)) return { value: Number(text) }
  return { because: `"${text}" is no number of seconds. Use a whole number from 0 to 999.` }
}

function addresses(text: string): Read<readonly string[]> {
  const given = text.split(',').map((one) => one.trim())
  const wrong = given.filter((one) => !isRange(one))
  if (wrong.length === 0) return { value: given }
  return {
    because: `"${wrong.join(', ')}" is no address. List those of your proxies, such as 127.0.0.1 or 10.0.5.0/24, separated by commas.`,
  }
}
function isRange(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const most = isIP(address) === 4 ? 32 : 128
  return (
    isIP(address) !== 0 &&
    more === undefined &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  )
}

function contact(text: string): Read<string> {
  const url = URL.parse(text)
  if (url !== null && ['mailto:', 'https:', 'tel:'].includes(url.protocol)) return { value: url.href }
  return { because: `"${text}" is no contact. Write mailto:security@example.com or the https:// address of a form.` }
}

function roleList(text: string): Read<readonly Role[]> {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => !isRole(name))
  if (unknown.length === 0) return { value: roles.filter((role) => names.includes(role)) }
  return { because: `"${unknown.join(', ')}" is no role. Choose from ${roles.join(', ')}, separated by commas.` }
}

function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name)
}
