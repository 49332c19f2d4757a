/** Rows by their ids for many requests in few statements: who asks while a like statement runs goes into the next one. */
import type { Sql } from './database.ts'
import type { Fragment } from './sql.ts'
import { render, run } from './sql.ts'

/** A statement over lists of ids, `any(…::bigint[])` each; but for the ids it says the same at each call. */
export type ByIds = (lists: readonly (readonly number[])[]) => Fragment

interface Round {
  readonly lists: readonly Set<number>[]
  readonly rows: Promise<readonly object[]>
}
interface Lane {
  running: number
  next: { round: Round; begin: () => void } | null
}

/** Statements of one kind at once; a third waits, and takes along who comes meanwhile. */
const AT_ONCE = 2

export class Gather {
  readonly #on: Sql
  readonly #lanes = new Map<string, Lane>()
  constructor(on: Sql) {
    this.#on = on
  }

  /**
   * The rows for these ids, and for those of others who asked the like: take from them what was asked for. Within a
   * transaction (`on` is another than this one's) the statement runs alone. It always begins after it was asked.
   */
  rows<T extends object>(on: Sql, statement: ByIds, lists: readonly (readonly number[])[]): Promise<readonly T[]> {
    if (on !== this.#on) return run<T>(on, statement(lists))
    const round = this.#round(statement, lists.length)
    lists.forEach((ids, at) => {
      for (const id of ids) round.lists[at]?.add(id)
    })
    return round.rows as Promise<readonly T[]> // one kind of statement has one kind of row
  }

  #round(statement: ByIds, size: number): Round {
    const { text, values } = render(statement(Array.from({ length: size }, () => [])))
    const key = `${text}\n${JSON.stringify(values)}`
    const lane = this.#lanes.get(key) ?? { running: 0, next: null }
    this.#lanes.set(key, lane)
    if (lane.next !== null) return lane.next.round
    const lists = Array.from({ length: size }, () => new Set<number>())
    const { promise, resolve } = Promise.withResolvers<void>()
    const rows = promise.then(() => this.#read(key, lane, statement, lists))
    lane.next = { round: { lists, rows }, begin: resolve }
    const { round } = lane.next
    if (lane.running < AT_ONCE) this.#begin(lane)
    return round
  }
  /** The ids of the call that begins it are added before the statement is made: promises answer later than calls. */
  #begin(lane: Lane): void {
    lane.running++
    lane.next?.begin()
    lane.next = null
  }
  async #read(key: string, lane: Lane, statement: ByIds, lists: readonly Set<number>[]): Promise<readonly object[]> {
    try {
      return await run(this.#on, statement(lists.map((ids) => [...ids])))
    } finally {
      lane.running--
      if (lane.next !== null) this.#begin(lane)
      else if (lane.running === 0) this.#lanes.delete(key)
    }
  }
}
