/** Fills a database that has the schema and nothing in it from the parts of a backup: several tables at once. */
import pg from 'pg'
import { say } from '#engines/say.ts'
import type { Door } from '#platform/database.ts'
import { copyChunks, quoted } from '#platform/postgres/copy.ts'
import { sharePriority } from '#platform/postgres/give-way.ts'
import { types } from '#platform/postgres/values.ts'
import { Channel } from './channel.ts'
import type { PartSpec, PartSummary } from './format.ts'
import type { TableIndexes } from './indexes.ts'
import { takeOff } from './indexes.ts'
import { BackupRefusal } from './refusal.ts'

const ROOM = 6
const INDEXERS = 2
/** Tables under way at once, those included whose commit is awaited. A backup has three parts open at most. */
const CONNECTIONS = 6
/** `wal_compression` only a superuser may set; compressing every page of a new index takes half of the time. */
const SETTINGS = `set synchronous_commit = off; set statement_timeout = 0; set lock_timeout = '60s'; set maintenance_work_mem = '256MB'; set max_parallel_maintenance_workers = 2`

interface Copying {
  readonly channel: Channel
  readonly copied: Promise<number>
}

export class Loader {
  readonly #door: Door
  readonly #control: pg.Client
  readonly #indexes: readonly TableIndexes[]
  readonly #open = new Map<number, Copying>()
  readonly #idle: pg.Client[] = []
  readonly #all: pg.Client[] = []
  #waiting: ((client: pg.Client) => void)[] = []
  #ending: Promise<void>[] = []
  #fault: { readonly error: unknown } | null = null

  private constructor(door: Door, control: pg.Client, indexes: readonly TableIndexes[]) {
    this.#door = door
    this.#control = control
    this.#indexes = indexes
  }
  /** @param door of a database that nobody else uses */
  static async open(door: Door): Promise<Loader> {
    const control = await connect(door)
    return new Loader(door, control, await takeOff(control))
  }

  async begin(part: number, spec: PartSpec): Promise<void> {
    this.#check()
    await this.#makePartition(spec)
    const known = await this.#control.query('select to_regclass(quote_ident($1)) is not null as known', [spec.name])
    if (known.rows[0]?.known !== true)
      throw new BackupRefusal(
        say`The backup has a table "${spec.name}" that this program does not know. Use the program that made it, or a newer one.`,
      )
    const channel = new Channel(ROOM)
    const copied = this.#copy(spec, channel)
    copied.catch((error: unknown) => {
      this.#fault ??= { error }
      channel.close()
    })
    this.#open.set(part, { channel, copied })
  }
  async data(part: number, chunk: Buffer): Promise<void> {
    this.#check()
    await this.#open.get(part)?.channel.put(chunk)
  }
  /** Does not wait for the commit: the next table may begin meanwhile. */
  async finish(part: number, spec: PartSpec, summary: PartSummary): Promise<void> {
    const copying = this.#open.get(part)
    if (copying === undefined) return
    this.#open.delete(part)
    copying.channel.close()
    const ended = copying.copied.then((rows) => {
      if (rows !== summary.items)
        throw new BackupRefusal(
          say`The table "${spec.name}" took ${rows} rows of ${summary.items}. Nothing was changed. Try again, and report it if it happens again.`,
        )
    })
    ended.catch((error: unknown) => (this.#fault ??= { error }))
    this.#ending.push(ended)
  }
  /** After the last part: makes the indexes, counts for the planner. */
  async complete(say: (line: string) => void = () => {}): Promise<void> {
    await Promise.all(this.#ending)
    this.#check()
    say('making the indexes')
    const sizes = await this.#control.query<{ table: string; size: number }>(
      `select relname as table, (select coalesce(sum(pg_table_size(relid)), 0) from pg_partition_tree(c.oid))::bigint as size from pg_class c where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')`,
    )
    const size = new Map(sizes.rows.map((row) => [row.table, row.size]))
    const waiting = [...this.#indexes]
      .filter(({ table }) => table !== '')
      .sort((a, b) => (size.get(b.table) ?? 0) - (size.get(a.table) ?? 0))
    await this.#inParallel(async (client) => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        for (const statement of one.make) await client.query(statement)
        await client.query(`analyze ${quoted(one.table)}`)
      }
    })
    for (const { make } of this.#indexes.filter(({ table }) => table === ''))
      for (const statement of make) await this.#control.query(statement)
  }
  async close(): Promise<void> {
    for (const { channel } of this.#open.values()) channel.close()
    await Promise.all([this.#control, ...this.#all].map((client) => client.end().catch(() => {}))) // a broken one has ended
  }

  #check(): void {
    if (this.#fault !== null) throw this.#fault.error
  }
  async #makePartition({ name, partition }: PartSpec): Promise<void> {
    if (partition === null) return
    const { rows } = await this.#control.query<{ own: boolean; there: boolean; owner: string }>(
      `select to_regproc(quote_ident($1)) is not null as own, to_regclass(quote_ident($2)) is not null as there,
         (select quote_ident(relowner::regrole::text) from pg_class where oid = to_regclass(quote_ident($3))) as owner`,
      [`${partition.parent}_partition`, name, partition.parent],
    )
    const [found] = rows
    if (found === undefined || found.there) return
    const month = /^\D*_(\d{4})_(\d\d)$/.exec(name)
    // The journal's months have guards of their own, which their function makes.
    const make =
      found.own && month !== null
        ? `select ${quoted(`${partition.parent}_partition`)}('${month[1]}-${month[2]}-01'::date)`
        : `create table ${quoted(name)} partition of ${quoted(partition.parent)} ${partition.bound}`
    // Whoever loads may be another account than the one that owns the schema: a month of the superuser's is closed to it.
    await this.#control.query(`begin; set local role ${found.owner}; ${make}; commit`)
  }
  /** In one transaction with a truncate, the rows come in frozen: nothing has to be cleaned up behind them. */
  async #copy({ name, columns }: PartSpec, chunks: AsyncIterable<Buffer>): Promise<number> {
    const client = await this.#client()
    const table = quoted(name)
    await client.query(`begin; alter table ${table} disable trigger user`)
    const { rows } = await client.query<{ forced: boolean }>(
      'select relforcerowsecurity as forced from pg_class where oid = to_regclass(quote_ident($1))',
      [name],
    )
    const isForced = rows[0]?.forced === true
    if (isForced) await client.query(`alter table ${table} no force row level security`)
    await client.query(`truncate ${table}`)
    const count = await copyChunks(
      client,
      `copy ${table} (${columns.map(quoted).join(', ')}) from stdin (format binary, freeze)`,
      chunks,
    )
    await client.query(
      `alter table ${table} enable trigger user${isForced ? `; alter table ${table} force row level security` : ''}; commit`,
    )
    const next = this.#waiting.shift()
    if (next === undefined) this.#idle.push(client)
    else next(client)
    return count
  }
  async #client(): Promise<pg.Client> {
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    if (this.#all.length >= CONNECTIONS) return new Promise((take) => this.#waiting.push(take))
    const place = this.#all.push(this.#control) - 1 // counted before it is there
    const client = await connect(this.#door)
    this.#all[place] = client
    return client
  }
  async #inParallel(work: (client: pg.Client) => Promise<void>): Promise<void> {
    const clients = await Promise.all(Array.from({ length: INDEXERS }, () => connect(this.#door)))
    try {
      await Promise.all(clients.map(work))
    } finally {
      await Promise.all(clients.map((client) => client.end().catch(() => {})))
    }
  }
}

async function connect(door: Door): Promise<pg.Client> {
  const client = new pg.Client({
    ...door,
    types,
    application_name: 'pilothouse restore',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {}) // its statement fails as well
  await client.connect()
  await sharePriority(client)
  await client.query(SETTINGS)
  await client.query('set wal_compression = off').catch(() => {}) // see SETTINGS
  return client
}
