// Tells every process which records changed: ids only, once per 50 ms and process. A NOTIFY in each transaction would
// cost two thirds of the write rate, so it is sent after the commits, gathered.
import type { Database, StopListening } from '#kit/database.ts'

/** The name of a record and an id. */
export type Touched = readonly [record: string, id: number]

/** `touched` is null for an organisation in which so much changed at once that everything should be read again. */
export type OnChange = (org: number, touched: readonly Touched[] | null) => void

export interface Notifier {
  /** Call after the commit; returns at once. */
  changed(org: number, touched: readonly Touched[]): void
  /** What all processes changed, this one included. After a lost connection each organisation gets `null`. */
  listen(onChange: OnChange): Promise<StopListening>
  /** Tells whoever listens here `null` for each organisation: another process may have died before it told what it changed. */
  readAgain(): Promise<void>
  /** What this process changed, told at once: what must not wait for the way through the database. */
  hear(onChange: OnChange): () => void
  /** Sends what is gathered now; for a clean stop. */
  flush(): Promise<void>
}

export interface NotifierOptions {
  everyMs?: number
  onError?: (error: Error) => void
}

/** `[org, {record: [ids]}]`; `null` in place of the object means "much". */
type Message = readonly [number, Record<string, number[]> | null]

const channel = 'pilothouse_changed'
/** PostgreSQL refuses 8,000 bytes and more. */
const payloadBytes = 7_900
/** After a failure. */
const againMs = 1_000
/** Beyond this many ids in one flush an organisation's screens are better off reading again. */
const manyIds = 2_000

export function openNotifier(db: Database, options: NotifierOptions = {}): Notifier {
  const gathered = new Map<number, Map<string, Set<number>>>()
  const known = new Set<number>()
  const hearers = new Set<OnChange>()
  const listeners = new Set<OnChange>()
  let timer: NodeJS.Timeout | null = null

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    if (gathered.size === 0) return
    const payloads = [...gathered].flatMap(([org, records]) => payloadsFor(org, records))
    const told = new Map(gathered)
    gathered.clear()
    try {
      await db.query('select pg_notify($1, payload) from unnest($2::text[]) payload', [channel, payloads])
    } catch (error) {
      // Others still show what was before. Told again, and with it what came meanwhile.
      for (const [org, records] of told) for (const [record, ids] of records) gather(org, record, ids)
      timer ??= setTimeout(flushSoon, againMs).unref()
      throw error
    }
  }
  function flushSoon(): void {
    void flush().catch(options.onError ?? (() => {}))
  }
  function gather(org: number, record: string, ids: Iterable<number>): void {
    const records = within(gathered, org, () => new Map<string, Set<number>>())
    const known = within(records, record, () => new Set<number>())
    for (const id of ids) known.add(id)
  }

  function changed(org: number, touched: readonly Touched[]): void {
    if (touched.length === 0) return
    for (const hear of hearers) hear(org, touched)
    for (const [record, id] of touched) gather(org, record, [id])
    timer ??= setTimeout(flushSoon, options.everyMs ?? 50)
  }

  function listen(onChange: OnChange): Promise<StopListening> {
    const onPayload = (payload: string): void => {
      const [org, touched] = decoded(payload)
      known.add(org)
      onChange(org, touched)
    }
    listeners.add(onChange)
    const again = (): void => void tellAll([onChange]).catch(options.onError ?? (() => {}))
    return db.listen(channel, onPayload, again).then((stop) => async () => {
      listeners.delete(onChange)
      await stop()
    })
  }

  /** Also organisations of which nothing was heard yet: what was read of them may be kept somewhere. */
  async function tellAll(to: Iterable<OnChange>): Promise<void> {
    const all = await db.query<{ id: number }>('select id from organisation').catch(() => [])
    for (const { id } of all) known.add(id)
    for (const onChange of to) for (const org of known) onChange(org, null)
  }

  function hear(onChange: OnChange): () => void {
    hearers.add(onChange)
    return () => void hearers.delete(onChange)
  }

  return { changed, listen, readAgain: () => tellAll(listeners), hear, flush }
}

function within<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

function payloadsFor(org: number, records: ReadonlyMap<string, ReadonlySet<number>>): string[] {
  const touched = [...records].flatMap(([record, ids]) => [...ids].map((id): Touched => [record, id]))
  if (touched.length > manyIds) return [encoded([org, null])]
  const payloads: string[] = []
  let part: Touched[] = []
  let bytes = 0
  for (const each of touched) {
    // An upper bound: as if the record's name stood beside each id.
    const size = Buffer.byteLength(each[0]) + String(each[1]).length + 8
    if (bytes + size > payloadBytes - 40) {
      payloads.push(encoded([org, grouped(part)]))
      part = []
      bytes = 0
    }
    part.push(each)
    bytes += size
  }
  return [...payloads, encoded([org, grouped(part)])]
}

function grouped(touched: readonly Touched[]): Record<string, number[]> {
  const byRecord: Record<string, number[]> = {}
  for (const [record, id] of touched) (byRecord[record] ??= []).push(id)
  return byRecord
}

function encoded(message: Message): string {
  return JSON.stringify(message)
}

function decoded(payload: string): [number, Touched[] | null] {
  // Only `encoded` writes to this channel.
  const [org, records] = JSON.parse(payload) as Message
  if (records === null) return [org, null]
  return [org, Object.entries(records).flatMap(([record, ids]) => ids.map((id): Touched => [record, id]))]
}
