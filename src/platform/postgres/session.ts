// Statements on one connection, one after the other, until the transaction they belong to has ended.
import type { PoolClient } from 'pg'
import type { CopyRows, Tx } from '#kit/database.ts'
import { copyRows } from './copy.ts'
import type { Statements } from './statements.ts'

/** Values as the driver wants them: undefined becomes null. */
export function parameters(values: readonly unknown[]): unknown[] {
  return values.map((value) => (value === undefined ? null : value))
}

export class Session implements Tx {
  readonly #client: PoolClient
  readonly #statements: Statements
  #last: Promise<unknown> = Promise.resolve()
  #hasEnded = false

  constructor(client: PoolClient, statements: Statements) {
    this.#client = client
    this.#statements = statements
  }

  async query<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    const name = this.#statements.nameOf(text)
    // The driver cannot know the columns; the caller names them in T.
    const result = await this.#inTurn(() => this.#client.query<T>({ name, text, values: parameters(values) }))
    return result.rows
  }

  copyFrom(table: string, columns: readonly string[], rows: CopyRows): Promise<number> {
    return this.#inTurn(() => copyRows(this.#client, table, columns, rows))
  }

  /** Waits for statements that were not awaited, then refuses new ones. */
  async end(): Promise<void> {
    this.#hasEnded = true
    await this.#last
  }

  /** Promise.all over one transaction is allowed: the statements queue here. */
  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    if (this.#hasEnded) return Promise.reject(new Error('This transaction has ended; await its statements inside it.'))
    const turn = this.#last.then(run)
    this.#last = turn.catch(() => {})
    return turn
  }
}
