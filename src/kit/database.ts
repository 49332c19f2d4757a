// The port to the database: what the kit may ask of it, in types only. `#platform/database.ts` implements it.

/** Runs one SQL statement. Values are `$1`, `$2`, …; a row is an object keyed by column name. */
export interface Sql {
  /**
   * Rows as plain JSON values: timestamptz → `2026-01-01T00:00:00.000Z`, date → `2026-01-01`, int8 → number,
   * numeric → string, jsonb → parsed, bytea → Buffer. No rows → `[]`.
   * @throws {DatabaseError} with `code` (SQLSTATE), `constraint` and `detail` of the server.
   */
  query<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>
}

/** A statement runner inside one transaction; unusable after the transaction has ended. */
export interface Tx extends Sql {}

/** What the server says about a refused statement; `code` is the SQLSTATE (`23505` = unique violation). */
export interface DatabaseError extends Error {
  code: string
  constraint?: string
  detail?: string
  table?: string
  column?: string
}

/** Ends a subscription made with `listen`. */
export type StopListening = () => Promise<void>

export interface Database extends Sql {
  /**
   * BEGIN, `fn`, COMMIT; ROLLBACK when `fn` throws. A serialization failure or deadlock runs `fn` again in a fresh
   * transaction, at most three times in all: `fn` must have no effect outside `tx`.
   */
  transaction<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /** For reports and exports: same server by default, a statement may take 30 s at most, and may not write. */
  reader: Sql
  /**
   * COPY … FROM STDIN. Each row holds its values in the order of `columns`: null, string, number, boolean, Buffer,
   * Date, array (as a PostgreSQL array) or a plain object (as JSON). `table` may be `schema.table`. All or nothing.
   * @returns the number of rows written.
   */
  copyFrom(
    table: string,
    columns: readonly string[],
    rows: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>,
  ): Promise<number>
  /** Calls back with each NOTIFY payload. Survives lost connections; what was sent meanwhile is lost: re-read then. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<StopListening>
  close(): Promise<void>
}
