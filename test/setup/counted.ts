// A database port that counts statements, so that a screen's queries can be held to a budget.
import type { Database, Sql, Tx } from '#kit/database.ts'

export interface Counted {
  db: Database
  statements: {
    /** How many statements `work` sent; nothing else may run meanwhile. */
    during(work: () => Promise<unknown>): Promise<number>
    /** Their texts, for a failure's message. */
    last: readonly string[]
  }
}

export function counted(db: Database): Counted {
  let texts: string[] = []
  const noted = (on: Sql): Sql => ({
    query: (text, values) => {
      // Who asks and which fields were added is remembered, and news of earlier writes goes out when its time has come: none is the screen's own.
      if (!/pg_notify|from api_token|from custom_field where|^select id from organisation$/.test(text)) texts.push(text)
      return on.query(text, values)
    },
  })
  const statements = {
    last: texts,
    during: async (work: () => Promise<unknown>): Promise<number> => {
      texts = []
      await work()
      statements.last = texts
      return texts.length
    },
  }
  const transaction: Database['transaction'] = (fn) =>
    db.transaction((tx: Tx) =>
      fn({ ...noted(tx), copyFrom: (table, columns, rows) => tx.copyFrom(table, columns, rows) }),
    )
  return { db: { ...db, ...noted(db), reader: noted(db.reader), transaction }, statements }
}
