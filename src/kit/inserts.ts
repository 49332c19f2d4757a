/** New rows of many requests in few statements: who comes while a statement runs goes into the next one with the others. */
import type { Sql } from './database.ts'
import type { RecordType } from './record.ts'
import type { Write, Writer } from './write.ts'
import { insertOf } from './write.ts'

interface Waiter {
  readonly writer: Writer
  readonly write: Write
  readonly done: () => void
  readonly fail: (error: unknown) => void
}
interface Lane {
  running: number
  readonly waiting: Waiter[]
}

/** Statements of one kind of record at once: while one waits for the disk, the next is made ready. */
const AT_ONCE = 2
/** Sizes of a statement, so that few texts are to be planned. */
const SIZES = [8, 4, 2, 1]

/**
 * Each create is still a commit of its own to its caller: it is told when its row is durable, and a row that is refused
 * (SQLSTATE class 22 or 23) fails its own request only.
 */
export class Inserts {
  readonly #on: Sql
  readonly #lanes = new Map<string, Lane>()
  constructor(on: Sql) {
    this.#on = on
  }

  /** @throws what the database says of this row. */
  add(record: RecordType, writer: Writer, write: Write): Promise<void> {
    const key = `${writer.actor.org}/${record.name}`
    const lane = this.#lanes.get(key) ?? { running: 0, waiting: [] }
    this.#lanes.set(key, lane)
    return new Promise((done, fail) => {
      lane.waiting.push({ writer, write, done, fail })
      if (lane.running < AT_ONCE) void this.#serve(key, lane, record)
    })
  }

  async #serve(key: string, lane: Lane, record: RecordType): Promise<void> {
    lane.running++
    while (lane.waiting.length > 0) {
      const size = SIZES.find((one) => one <= lane.waiting.length) ?? 1
      await this.#write(record, lane.waiting.splice(0, size))
    }
    lane.running--
    if (lane.running === 0) this.#lanes.delete(key)
  }

  async #write(record: RecordType, group: readonly Waiter[]): Promise<void> {
    try {
      const written = group.map(({ writer, write }) => ({ writer, writes: [write] }))
      await insertOf(this.#on, record, written)
      for (const { done } of group) done()
    } catch (error) {
      // Whoever is at fault is found by asking one at a time; a lost connection tells nothing of that, and may have written.
      if (group.length > 1 && isOfARow(error)) for (const waiter of group) await this.#write(record, [waiter])
      else for (const { fail } of group) fail(error)
    }
  }
}

function isOfARow(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code))
}
