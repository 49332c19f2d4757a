// What follows from what is written, counted: inboxes, mails, webhooks. Each reaction takes effect once, however often its process dies.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#kit/database.ts'
import { caller } from './call.ts'
import { atEnd } from './database.ts'
import type { Product } from './product.ts'
import { settingsOf, SMTP_PASSWORD, startSmtp, type Smtp } from './smtp.ts'

const BOB = 'bob@harbour.test'
const PATIENCE_MS = 120_000
/** Let the product send to this machine. */
export const REACHING = { PILOTHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'true' }

export class Effects {
  /** Whom incidents are given to. */
  bob = 0
  /** Identities of messages as they came to the webhook, with repetitions. */
  readonly #hooked: string[] = []
  readonly #smtp: Smtp
  private constructor(smtp: Smtp) {
    this.#smtp = smtp
  }
  /** Somebody who is told by inbox and mail when an incident becomes theirs, and a webhook that hears of each new one. */
  static async over(product: Product, token: string): Promise<Effects> {
    const effects = new Effects(await startSmtp())
    const url = await effects.#listen()
    const ask = async (method: string, address: string, body?: unknown): Promise<unknown> => {
      const answer = await caller(product.url)(method, address, { token, body })
      assert.ok(answer.status < 300, `${address}: ${answer.text}`)
      return answer.body
    }
    await ask('PUT', '/admin/mail', { settings: settingsOf(effects.#smtp), password: SMTP_PASSWORD })
    await ask('POST', '/admin/webhooks', { name: 'Receiver', url, events: ['created'], records: ['incident'] })
    const { items } = (await ask('GET', '/persons?limit=50')) as { items: { id: number; email: string }[] }
    effects.bob = items.find(({ email }) => email === BOB)?.id ?? 0
    assert.ok(effects.bob > 0)
    return effects
  }
  /** Call before the server starts. */
  static addPeople(product: Product): void {
    const added = product.command(['user', 'add', '--email', BOB, '--name', 'Bob', '--role', 'agent', '--password-stdin'], 'seven sailors mend eleven nets\n') // oxfmt-ignore
    assert.equal(added.code, 0, added.text)
  }
  /** Until everything is on its way; what a killed process was just sending waits for minutes and is looked at by its row. */
  async drained(db: Database): Promise<void> {
    const left = `select (select count(*)::int from notice_mail) + (select count(*)::int from reaction_cursor c where exists (select 1 from journal j where (j.xid, j.id) > (c.xid, c.id) and j.xid < journal_horizon()))
      + (select count(*)::int from mail where state = 'queued') as n`
    for (const until = Date.now() + PATIENCE_MS; ; await sleep(500)) {
      const [row] = await db.query<{ n: number }>(left)
      if (row?.n === 0) return
      assert.ok(Date.now() < until, `${row?.n} notices, reactions and mails still wait`)
    }
  }
  /** @param made all incidents @param given those that were Bob's from the beginning */
  async check(db: Database, { made, given }: { made: readonly number[]; given: readonly number[] }): Promise<string> {
    const inbox = await db.query<{ id: number; times: number }>(
      `select record_id::int as id, sum((select count(*) from jsonb_array_elements(happened) h where h->>'event' = 'assigned'))::int as times from inbox where person = $1 and record = 'incident' group by 1`,
      [this.bob],
    )
    assertOnce('in the inbox', inbox.flatMap(({ id, times }) => Array.from({ length: times }, () => id)), given) // oxfmt-ignore
    const hooks = await db.query<{ id: number; message: string; state: string }>(`select (body::jsonb->'data'->>'id')::int as id, message_id::text as message, state from webhook_delivery`) // oxfmt-ignore
    assertOnce('told to the webhook', hooks.map(({ id }) => id), made) // oxfmt-ignore
    const came = new Set(this.#hooked)
    assert.deepEqual(hooks.filter(({ state, message }) => state === 'delivered' && !came.has(message)), [], 'delivered, and it never came') // oxfmt-ignore
    const mailed = await this.#mailed(db, given)
    return `${given.length} notices in one inbox and ${mailed} mails, ${hooks.length} webhook messages: each once; ${this.#hooked.length - came.size} messages came again under their own number`
  }
  async #mailed(db: Database, given: readonly number[]): Promise<number> {
    const mails = await db.query<{ state: string; message: string; text: string }>(
      `select state, message_id as message, subject || E'\\n' || (select string_agg(p, E'\\n') from jsonb_array_elements_text(content->'paragraphs') p) as text from mail where person = $1 and kind = 'notice'`,
      [this.bob],
    )
    // A record stands at the beginning of a paragraph; of very many a mail tells the first fifty, and how many more there are.
    const told = mails.flatMap(({ text }) => [...text.matchAll(/^INC-(\d+) fault/gm)].map((found) => Number(found[1])))
    const more = mails.reduce((sum, { text }) => sum + Number(/^And (\d+) more/m.exec(text)?.[1] ?? 0), 0)
    assert.equal(new Set(told).size, told.length, 'written twice')
    assert.equal(told.length + more, given.length, 'not each in a mail')
    const came = this.#smtp.received.map(({ raw }) => /^Message-ID: (\S+)/im.exec(raw)?.[1] ?? '')
    assert.deepEqual(mails.filter(({ state, message }) => state === 'sent' && !came.includes(message)), [], 'sent, and it never came') // oxfmt-ignore
    return mails.length
  }
  async #listen(): Promise<string> {
    const server = createServer((request, response) => {
      this.#hooked.push(String(request.headers['webhook-id']).replace(/^msg_/, ''))
      request.resume().on('end', () => response.writeHead(204).end())
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    atEnd(async () => {
      server.closeAllConnections()
      server.close()
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  }
}

function assertOnce(what: string, found: readonly number[], wanted: readonly number[]): void {
  const seen = new Map<number, number>()
  for (const id of found) seen.set(id, (seen.get(id) ?? 0) + 1)
  assert.deepEqual([...seen].filter(([, times]) => times > 1), [], `more than once ${what}`) // oxfmt-ignore
  assert.deepEqual(wanted.filter((id) => !seen.has(id)), [], `never ${what}`) // oxfmt-ignore
}
