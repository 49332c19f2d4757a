/** Idempotency-Key: the same POST sent twice is done once; the second gets the first one's answer. */
import { createHash } from 'node:crypto'
import type { Actor } from '#kit/actor.ts'
import type { Answer } from '#kit/contract.ts'
import type { Database } from '#kit/database.ts'
import { badRequest, conflict, unfit } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'

export interface Once {
  readonly actor: Actor
  readonly key: string
  readonly url: string
  readonly body: unknown
  /** The answer is shown once; a repeated request is told so. */
  readonly answersSecret: boolean
}
interface Kept {
  readonly fingerprint: string
  readonly status: number
  readonly body: unknown
  readonly headers: Record<string, string>
}

const SECRET: Pick<Answer, 'body' | 'headers'> = { headers: { 'Shown-Once': 'true' } }

export class Idempotency {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** @throws conflict while the first is still running; unfit when the key was used for something else */
  async once(of: Once, work: () => Promise<Answer>): Promise<Answer> {
    if (of.key.length > 200 || !/^[\x21-\x7e]+$/.test(of.key))
      throw badRequest('The Idempotency-Key has at most 200 printable characters.')
    const fingerprint = createHash('sha256')
      .update(`${of.actor.person}\n${of.url}\n${JSON.stringify(of.body ?? null)}`)
      .digest('hex')
    const taken = await run(
      this.#db,
      sql`insert into idempotency (org, key, person, fingerprint, status) values (${of.actor.org}, ${of.key}, ${of.actor.person}, ${fingerprint}, 0)
        on conflict (org, key) do update set person = excluded.person, fingerprint = excluded.fingerprint, status = 0, body = null, headers = '{}', at = now()
        where idempotency.at < now() - interval '1 day' or (idempotency.status = 0 and idempotency.at < now() - interval '5 minutes') returning 1`,
    )
    if (taken.length === 0) return this.#replay(of, fingerprint)
    try {
      const answer = await work()
      const kept = of.answersSecret ? SECRET : answer
      await run(
        this.#db,
        sql`update idempotency set status = ${answer.status ?? 200}, body = ${JSON.stringify(kept.body ?? null)}::jsonb, headers = ${JSON.stringify(kept.headers ?? {})}::jsonb where org = ${of.actor.org} and key = ${of.key}`,
      )
      return answer
    } catch (error) {
      await run(this.#db, sql`delete from idempotency where org = ${of.actor.org} and key = ${of.key}`)
      throw error
    }
  }

  async #replay(of: Once, fingerprint: string): Promise<Answer> {
    const rows = await run<Kept>(
      this.#db,
      sql`select fingerprint, status, body, headers from idempotency where org = ${of.actor.org} and key = ${of.key}`,
    )
    const kept = rows[0]
    if (kept === undefined || kept.status === 0)
      throw conflict('The first request with this Idempotency-Key is still running. Ask again in a moment.')
    if (kept.fingerprint !== fingerprint)
      throw unfit([{ pointer: '', detail: 'This Idempotency-Key was used for another request. Use a new one.' }])
    if (kept.headers['Shown-Once'] !== undefined)
      throw conflict(
        'This was done already. Its answer held a secret that is shown once; if it was lost, revoke it and make another.',
      )
    return {
      status: kept.status,
      body: kept.body ?? undefined,
      headers: { ...kept.headers, 'Idempotent-Replayed': 'true' },
    }
  }
}
