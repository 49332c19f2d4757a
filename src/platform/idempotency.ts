/** Idempotency-Key: the same POST sent twice is done once; the second gets the first one's answer. */
import { createHash, randomUUID } from 'node:crypto'
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Answer } from '#kit/contract.ts'
import type { Database } from '#kit/database.ts'
import { badRequest, conflict, Refusal, unfit } from '#kit/problem.ts'
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
  /** Of the first; null for one of an earlier version. */
  readonly request: string | null
  /** Whether a process answers it, as far as this one can know. */
  readonly is_running: boolean
}

const SECRET: Pick<Answer, 'body' | 'headers'> = { headers: { 'Shown-Once': 'true' } }
/** A first request of another process that has given no answer for so long has lost its process. */
const LOST_SECONDS = 15

export class Idempotency {
  readonly #db: Database
  readonly #process = randomUUID()
  readonly #running = new Set<string>()
  constructor(db: Database) {
    this.#db = db
  }

  /** @throws conflict while the first is still running; unfit when the key was used for something else */
  async once(of: Once, work: () => Promise<Answer>): Promise<Answer> {
    if (of.key.length > 200 || !/^[\x21-\x7e]+$/.test(of.key))
      throw badRequest(say`The Idempotency-Key has at most 200 printable characters.`)
    const fingerprint = createHash('sha256')
      .update(`${of.actor.person}\n${of.url}\n${JSON.stringify(of.body ?? null)}`)
      .digest('hex')
    const name = `${of.actor.org}/${of.key}`
    if (this.#running.has(name)) return this.#replay(of, fingerprint)
    this.#running.add(name) // before it is taken: of two at once, one is first
    try {
      if (await this.#take(of, fingerprint)) return await this.#first(of, work)
    } finally {
      this.#running.delete(name)
    }
    return this.#replay(of, fingerprint)
  }

  /** Whether nobody has done this, or somebody died over it before anything was written. */
  async #take({ actor, key }: Once, fingerprint: string): Promise<boolean> {
    const taken = await run(
      this.#db,
      sql`insert into idempotency (org, key, person, fingerprint, status, request, process) values (${actor.org}, ${key}, ${actor.person}, ${fingerprint}, 0, ${actor.request}, ${this.#process})
        on conflict (org, key) do update set person = excluded.person, fingerprint = excluded.fingerprint, status = 0, body = null, headers = '{}', at = now(), request = excluded.request, process = excluded.process
        where idempotency.at < now() - interval '1 day' or (idempotency.status = 0 and idempotency.fingerprint = excluded.fingerprint
          and (idempotency.process = ${this.#process} or idempotency.at < now() - make_interval(secs => ${LOST_SECONDS}))
          and not exists (select 1 from journal j where j.org = idempotency.org and j.request = idempotency.request)) returning 1`,
    )
    return taken.length > 0
  }
  async #first(of: Once, work: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await work()
      const kept = of.answersSecret ? SECRET : answer
      // The work is done and stays done: without its answer kept, the journal tells a repeated request.
      await run(
        this.#db,
        sql`update idempotency set status = ${answer.status ?? 200}, body = ${JSON.stringify(kept.body ?? null)}::jsonb, headers = ${JSON.stringify(kept.headers ?? {})}::jsonb where org = ${of.actor.org} and key = ${of.key}`,
      ).catch(() => {})
      return answer
    } catch (error) {
      // After a fault nobody knows whether the database kept it: the key stays, and the journal decides.
      if (error instanceof Refusal)
        await run(this.#db, sql`delete from idempotency where org = ${of.actor.org} and key = ${of.key}`)
      throw error
    }
  }

  async #replay(of: Once, fingerprint: string): Promise<Answer> {
    const name = `${of.actor.org}/${of.key}`
    const wasHere = this.#running.has(name) // it may end while its row, read without an answer, is on the way
    const rows = await run<Kept>(
      this.#db,
      sql`select fingerprint, status, body, headers, request, (process is distinct from ${this.#process} and at >= now() - make_interval(secs => ${LOST_SECONDS})) as is_running from idempotency where org = ${of.actor.org} and key = ${of.key}`,
    )
    const kept = rows[0]
    const isHere = wasHere || this.#running.has(name)
    if (kept !== undefined && kept.fingerprint !== fingerprint)
      throw unfit([{ pointer: '', detail: say`This Idempotency-Key was used for another request. Use a new one.` }])
    if (kept === undefined || (kept.status === 0 && (isHere || kept.is_running)))
      throw conflict(say`The first request with this Idempotency-Key is still running. Ask again in a moment.`)
    if (kept.status === 0) return this.#fromJournal(of, kept.request ?? '')
    if (kept.headers['Shown-Once'] !== undefined)
      throw conflict(
        say`This was done already. Its answer held a secret that is shown once; if it was lost, revoke it and make another.`,
      )
    return {
      status: kept.status,
      body: kept.body ?? undefined,
      headers: { ...kept.headers, 'Idempotent-Replayed': 'true' },
    }
  }
  /** What was written before the answer was lost: which record, by which request. */
  async #fromJournal(of: Once, request: string): Promise<Answer> {
    const rows = await run<{ record: string; id: number }>(
      this.#db,
      sql`select record, record_id as id from journal where org = ${of.actor.org} and request = ${request} order by xid, id limit 1`,
    )
    const first = rows[0]
    if (first === undefined || of.answersSecret)
      throw conflict(say`The first request with this Idempotency-Key ended without an answer. Look at what it did.`)
    return {
      status: 200,
      body: { ...first, request },
      headers: { 'Idempotent-Replayed': 'true', 'Answer-Lost': 'true' },
    }
  }
}
