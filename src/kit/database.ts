// The port to the database: what the kit may ask of it, in types only. `#platform/database.ts` implements it.

/** Runs one SQL statement. Values are `$1`, `$2`, …; a row is an object keyed by column name. */
export interface Sql {
  /**
   * Rows as plain JSON values: timestamptz → `2026-01-01T00:00:00.000Z`, date → `2026-01-01`, int8 → number,
   * numeric → string, jsonb → parsed, bytea → Buffer. No rows → `[]`. As a value, an array is a PostgreSQL array and
   * an object is JSON; a list for a jsonb column goes in as `JSON.stringify(list)`.
   * @throws {DatabaseError} with `code` (SQLSTATE), `constraint` and `detail` of the server.
   */
  query<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>
}

/** Rows for COPY; each holds its values in the order of the columns. */
export type CopyRows = AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>

/** COPY … FROM STDIN: the fast way in for many rows. */
export interface Copier {
  /**
   * A value is null, string, number, boolean, Buffer, Date, array (as a PostgreSQL array; for a jsonb column pass
   * `JSON.stringify(list)`) or a plain object (as JSON). `table` may be `schema.table`. All or nothing.
   * @returns the number of rows written.
   */
  copyFrom(table: string, columns: readonly string[], rows: CopyRows): Promise<number>
}

/** A statement runner inside one transaction; unusable after the transaction has ended. */
export interface Tx extends Sql, Copier {}

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

export interface Database extends Sql, Copier {
  /**
   * BEGIN, `fn`, COMMIT; ROLLBACK when `fn` throws. A serialization failure or deadlock runs `fn` again in a fresh
   * transaction, at most three times in all: `fn` must have no effect outside `tx`.
   */
  transaction<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /** For reports and exports: same server by default, a statement may take 30 s at most, and may not write. */
  reader: Sql
  /**
   * Calls back with each NOTIFY payload. Survives lost connections; what was sent meanwhile is lost, so `onReconnect`
   * is the moment to read again.
   */
  listen(channel: string, onPayload: (payload: string) => void, onReconnect?: () => void): Promise<StopListening>
  close(): Promise<void>
}
