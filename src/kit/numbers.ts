/** Numbers of records: counted per organisation and kind, taken in groups so that many writers wait for one statement. */
import type { Sql } from './database.ts'

interface Waiter {
  readonly count: number
  readonly give: (first: number) => void
  readonly fail: (error: unknown) => void
}

/**
 * The statement does not wait for the disk: the row that uses a number is committed after it, in the same log, and no
 * later commit is durable before an earlier one. A number that a crash forgets was never used.
 */
const TAKE = `with now as (select set_config('synchronous_commit', 'off', true) as is_off)
  insert into counter (org, name, last) select $1::integer, $2::text, $3::bigint from now where is_off = 'off'
  on conflict (org, name) do update set last = counter.last + excluded.last returning last`

export class Numbers {
  readonly #on: Sql
  readonly #waiting = new Map<string, Waiter[]>()
  constructor(on: Sql) {
    this.#on = on
  }

  /** The first of `count` numbers in a row. A number that is taken and not used leaves a gap. */
  take(org: number, name: string, count = 1): Promise<number> {
    const key = `${org}/${name}`
    return new Promise((give, fail) => {
      const queue = this.#waiting.get(key)
      if (queue !== undefined) return void queue.push({ count, give, fail })
      this.#waiting.set(key, [{ count, give, fail }])
      setImmediate(() => void this.#serve(key, org, name))
    })
  }

  async #serve(key: string, org: number, name: string): Promise<void> {
    const queue = this.#waiting.get(key) ?? []
    this.#waiting.delete(key)
    const wanted = queue.reduce((sum, waiter) => sum + waiter.count, 0)
    try {
      const rows = await this.#on.query<{ last: number }>(TAKE, [org, name, wanted])
      let next = (rows[0]?.last ?? 0) - wanted + 1
      for (const waiter of queue) {
        waiter.give(next)
        next += waiter.count
      }
    } catch (error) {
      for (const waiter of queue) waiter.fail(error)
    }
  }
}
