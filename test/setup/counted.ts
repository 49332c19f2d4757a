// A database port that counts the statements of a request, so that a screen's queries can be held to a budget.
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { Database, Sql, Tx } from '#kit/database.ts'

export interface Counted {
  db: Database
  statements: {
    /** How many statements the requests of `work` sent; what the server does by itself meanwhile does not count. */
    during(work: () => Promise<unknown>): Promise<number>
    /** Their texts, for a failure's message. */
    last: readonly string[]
  }
}

/** The texts of the count that was going on when the request came in. */
const counting = new AsyncLocalStorage<string[] | null>()
let present: string[] | null = null
subscribe('http.server.request.start', () => counting.enterWith(present))

export function counted(db: Database): Counted {
  const noted = (on: Sql): Sql => ({
    query: (text, values) => {
      // Who asks is remembered for a moment, and news of the write goes out later: neither is the screen's own.
      if (!/pg_notify|from api_token/.test(text)) counting.getStore()?.push(text)
      return on.query(text, values)
    },
  })
  const statements = {
    last: [] as readonly string[],
    during: async (work: () => Promise<unknown>): Promise<number> => {
      const texts: string[] = []
      present = texts
      await work().finally(() => (present = null))
      statements.last = [...texts]
      return texts.length
    },
  }
  const transaction: Database['transaction'] = (fn) =>
    db.transaction((tx: Tx) =>
      fn({ ...noted(tx), copyFrom: (table, columns, rows) => tx.copyFrom(table, columns, rows) }),
    )
  return { db: { ...db, ...noted(db), reader: noted(db.reader), transaction }, statements }
}
