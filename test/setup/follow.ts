// A reaction that has seen everything that was written until now.
import assert from 'node:assert/strict'
import type { Reaction } from '#kit/reaction.ts'
import { react } from '#kit/reaction.ts'
import { run, sql } from '#kit/sql.ts'
import type { TestServer } from './server.ts'

const PATIENCE_MS = 60_000

export async function follow({ db }: Pick<TestServer, 'db'>, reaction: Reaction): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    if ((await react(db, reaction)) === 0) {
      const [behind] = await run(db, sql`select 1 as one from journal j, reaction_cursor c where c.name = ${reaction.name} and (j.xid, j.id) > (c.xid, c.id) limit 1`) // oxfmt-ignore
      if (behind === undefined) return
    }
    assert.ok(performance.now() < deadline, `the reaction ${reaction.name} does not catch up`)
  }
}
