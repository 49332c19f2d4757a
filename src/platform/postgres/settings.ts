// The server's settings: written anew at each start, so that they follow the program and the folder's place.
import path from 'node:path'

export interface ServerPlace {
  socketFolder: string
  logFolder: string
  /** Read last: the administrator's own settings; null when there are none. */
  ownSettings: string | null
  /** Where full segments of the log go; null when they are not kept. */
  archive: ArchiveWay | null
}

export interface ArchiveWay {
  readonly folder: string
  /** The server has the module basic_archive; else the shell does the same. */
  readonly hasModule: boolean
}

/** The only port: it is a part of the socket's name, nothing listens on the network. */
export const port = 5432

/**
 * postgresql.conf for two cores and a million tickets; the processes stay below 400 MB together.
 * @param extra for tests and benchmarks, such as `{ fsync: 'off' }`.
 */
export function settingsFile(major: number, place: ServerPlace, extra: Record<string, string> = {}): string {
  const settings: Record<string, string> = {
    ...network(place),
    ...memory,
    ...durability,
    ...planner,
    ...upkeep,
    ...logging(place),
    ...archiving(place.archive),
    // PostgreSQL 18 reads through worker processes; two are enough for two cores.
    ...(major >= 18 ? { io_method: 'worker', io_workers: '2' } : {}),
    ...extra,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${quoted(value)}'`)
  return [
    '# Written by Pilothouse at each start. Your own settings go into postgres.conf in the data folder, and win.',
    ...lines,
    ...(place.ownSettings === null ? [] : [`include = '${quoted(place.ownSettings)}'`]),
    '',
  ].join('\n')
}

function quoted(value: string): string {
  // A backslash in a quoted value begins an escape (PostgreSQL manual, 19.1.2).
  return value.replaceAll('\\', '\\\\').replaceAll("'", "''")
}

function network(place: ServerPlace): Record<string, string> {
  return {
    listen_addresses: '',
    port: String(port),
    unix_socket_directories: place.socketFolder,
    unix_socket_permissions: '0700',
    max_connections: '60',
    timezone: 'UTC',
    idle_in_transaction_session_timeout: '5min',
  }
}

const memory = {
  shared_buffers: '160MB',
  effective_cache_size: '2GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  autovacuum_work_mem: '32MB',
}

const durability = {
  synchronous_commit: 'on',
  wal_level: 'replica',
  wal_compression: 'pglz',
  max_wal_size: '2GB',
  min_wal_size: '128MB',
  checkpoint_timeout: '15min',
}

const planner = {
  jit: 'off',
  random_page_cost: '1.1',
  // A report may use one helper process, no more: lists must stay quick beside it.
  max_parallel_workers_per_gather: '1',
}

const upkeep = { autovacuum_naptime: '20s', autovacuum_max_workers: '2' }

/** The product itself ends a segment every four minutes (`main/archive/keeper.ts`); this is the net below it. */
const longestSegmentSeconds = 300

/** Written under another name, flushed, renamed; what is there already is never overwritten by something else. */
function archiving(way: ArchiveWay | null): Record<string, string> {
  if (way === null) return {}
  const place = shellQuoted(`${way.folder}/`)
  const keep = `cp %p ${place}.%f && { sync ${place}.%f || sync; } && mv ${place}.%f ${place}%f`
  return {
    archive_mode: 'on',
    archive_timeout: `${longestSegmentSeconds}s`,
    ...(way.hasModule
      ? { archive_library: 'basic_archive', 'basic_archive.archive_directory': way.folder }
      : { archive_command: `if [ -e ${place}%f ]; then cmp -s %p ${place}%f; else ${keep}; fi` }),
  }
}
/** PostgreSQL replaces %p and %f, so a per cent sign of our own is doubled. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''").replaceAll('%', '%%')}'`
}

/** A file, not a pipe: a pipe would die with the process that started the server. */
function logging(place: ServerPlace): Record<string, string> {
  return {
    logging_collector: 'on',
    log_directory: path.resolve(place.logFolder),
    log_filename: 'postgres-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    // Terse: the DETAIL of an error quotes rows, and rows hold personal data.
    log_error_verbosity: 'terse',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
  }
}
