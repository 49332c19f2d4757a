// A mail server that refuses, puts off, breaks or says nothing: no mail is lost, none comes twice, the product goes on, says so, and mends itself.
import assert from 'node:assert/strict'
import { createServer, type Server, type Socket } from 'node:net'
import { before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { deliverMail } from '#kit/mail/deliver.ts'
import { queueMail } from '#kit/mail/outbox.ts'
import type { HealthItem } from '#kit/routes/admin.ts'
import { atEnd } from '../setup/database.ts'
import { freePort } from '../setup/port.ts'
import { hastyMail, settingsOf, SMTP_PASSWORD, startSmtp, type Smtp } from '../setup/smtp.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

interface Shown {
  id: number
  state: string
  attempts: number
  lastError: string | null
}
const secret = Buffer.alloc(32, 7)
const publicUrl = 'https://pilot.harbour.test'
let server: TestServer
let smtp: Smtp
const { signal } = new AbortController()
before(async () => {
  server = await startTestServer()
  smtp = await startSmtp()
})
beforeEach(async () => {
  smtp.does = {}
  smtp.received.length = 0
  smtp.visits = 0
  await server.db.query('delete from mail')
  await use()
})

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await server.call(method, path, { token: server.people.administrator.token, body })
  assert.ok(answer.status < 300, answer.text)
  return answer.body
}
const use = (more: object = {}): Promise<unknown> =>
  ask('PUT', '/admin/mail', { settings: settingsOf(smtp, more), password: SMTP_PASSWORD })
async function write(count = 1): Promise<void> {
  const content = { paragraphs: ['Hello.', 'x'.repeat(100_000)], why: 'A test.' }
  const mail = { org: 1, person: server.people.agent.id, kind: 'notice', content, because: 'a test' } as const
  await server.db.transaction(async (tx) => {
    for (let n = 0; n < count; n++) await queueMail(tx, { secret, publicUrl }, { ...mail, subject: `News ${n}` })
  })
}
const deliver = (of = signal): Promise<number> => deliverMail({ db: server.db, secret, mail: hastyMail }, of)
/** As if all the waiting were over. */
async function later(): Promise<void> {
  await server.db.query("update mail set next_at = now(), claimed_at = now() - interval '6 minutes'")
  await server.db.query('update mail_server set next_at = now()')
}
async function shown(): Promise<Shown> {
  const { items } = (await ask('GET', '/admin/mails')) as { items: Shown[] }
  const [mail] = items
  assert.ok(mail !== undefined)
  return mail
}
async function health(): Promise<HealthItem> {
  const { items } = (await ask('GET', '/admin/health')) as { items: HealthItem[] }
  const line = items.find(({ name }) => name === 'Mail')
  assert.ok(line !== undefined)
  return line
}
/** It was not the letter's fault: it waits, the health page says so, and once the server is well it arrives, once. */
async function waitsAndArrives(because: RegExp, mend: () => void | Promise<unknown>): Promise<void> {
  const held = await shown()
  assert.equal(held.state, 'queued', held.lastError ?? '')
  assert.equal(held.attempts, 0, 'the try is not counted against it')
  assert.match(held.lastError ?? '', because)
  const line = await health()
  assert.equal(line.state, 'bad')
  assert.match(line.todo, because)
  assert.equal(await deliver(), 0, 'the server is left alone for a while')
  await mend()
  await later()
  await deliver()
  assert.equal(smtp.received.length, 1)
  assert.equal((await shown()).state, 'sent')
  assert.equal((await health()).state, 'good')
}

describe('a mail server that cannot be used', () => {
  it('refuses the connection', async () => {
    await smtp.close()
    await write()
    await deliver()
    await waitsAndArrives(/refuses the connection/, () => smtp.listen())
  })
  it('is busy (421)', async () => {
    smtp.does = { greeting: 421 }
    await write()
    await deliver()
    await waitsAndArrives(/is busy and says: 421/, () => void (smtp.does = {}))
  })
  it('says nothing when greeted', async () => {
    smtp.does = { greeting: 'hang' }
    await write()
    await deliver()
    await waitsAndArrives(/does not answer/, () => void (smtp.does = {}))
  })
  it('does not take the connection at all', async () => {
    const silent = await deaf()
    await use({ port: silent })
    await write()
    await deliver()
    await waitsAndArrives(/does not answer/, () => use())
  })
  it('does not know our password', async () => {
    await ask('PUT', '/admin/mail', { settings: settingsOf(smtp), password: 'not this one 9' })
    await write()
    await deliver()
    assert.ok(!(await shown()).lastError?.includes('not this one 9'), 'the server repeats it, we do not')
    await waitsAndArrives(/does not let harbour in/, () => use())
  })
  it('has a certificate that nobody trusts', async () => {
    await use({ authority: '' })
    await write()
    await deliver()
    await waitsAndArrives(/certificate of localhost is not trusted/, () => use())
    assert.equal(smtp.received.length, 1)
  })
  it('has a certificate for another name', async () => {
    await use({ host: '127.0.0.1' })
    await write()
    await deliver()
    await waitsAndArrives(/certificate of 127.0.0.1 is not trusted/, () => use())
  })
  it('offers no STARTTLS: nothing is said in the clear', async () => {
    const plain = await startSmtp({ disabledCommands: ['STARTTLS'] })
    await use({ port: plain.port })
    await write()
    await deliver()
    assert.equal(plain.received.length, 0)
    await waitsAndArrives(/offers no encryption/, () => use())
  })
  it('speaks no TLS from the start', async () => {
    await use({ tls: 'implicit' })
    await write()
    await deliver()
    await waitsAndArrives(/does not speak TLS from the start|cannot be used|does not answer/, () => use())
  })
  it('is looked at by one letter, not by every one that waits', async () => {
    await smtp.close()
    await write(40)
    const tried = await deliver()
    assert.ok(tried <= 4, `${tried} lanes found out`)
    const [row] = await server.db.query<{ failures: number }>('select failures from mail_server')
    assert.equal(row?.failures, 1)
    await smtp.listen()
    await later()
    await deliver()
    assert.equal(new Set(smtp.received.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1])).size, 40)
    assert.equal(smtp.received.length, 40)
  })
})

describe('a mail server that does not take a letter', () => {
  it('puts it off (451): it comes later, once, and others go on', async () => {
    smtp.does = { recipient: 451 }
    await write()
    await deliver()
    const put = await shown()
    assert.deepEqual([put.state, put.attempts], ['queued', 1])
    assert.match(put.lastError ?? '', /does not take it now and says: 451 Come back later/)
    smtp.does = {}
    assert.equal(await deliver(), 0, 'its time has not come')
    await write()
    await deliver()
    assert.equal(smtp.received.length, 1, 'the next one is not held up')
    await later()
    await deliver()
    assert.equal(smtp.received.length, 2)
  })
  it('puts it off for ever: after thirty tries it has failed, and says so', async () => {
    smtp.does = { data: 452 }
    await write()
    for (let n = 0; n < 31; n++) {
      await later()
      await deliver()
    }
    const failed = await shown()
    assert.equal(failed.state, 'failed')
    assert.equal((await health()).state, 'warn')
    assert.equal(smtp.received.length, 0)
  })
  it('refuses the recipient (550): it has failed at once, and can be sent again by hand', async () => {
    smtp.does = { recipient: 550 }
    await write()
    await deliver()
    const failed = await shown()
    assert.deepEqual([failed.state, failed.attempts], ['failed', 1])
    assert.match(failed.lastError ?? '', /refuses it for good and says: 550 No such harbour/)
    assert.match((await health()).value, /1 failed in seven days/)
    await later()
    assert.equal(await deliver(), 0)
    smtp.does = {}
    await ask('POST', `/admin/mails/${failed.id}/send`, {})
    await deliver()
    assert.equal(smtp.received.length, 1)
  })
  it('refuses the text (554)', async () => {
    smtp.does = { data: 554 }
    await write()
    await deliver()
    assert.deepEqual([(await shown()).state, smtp.received.length], ['failed', 0])
  })
  it('discarded, it never comes', async () => {
    smtp.does = { recipient: 451 }
    await write()
    await deliver()
    await ask('POST', `/admin/mails/${(await shown()).id}/discard`, {})
    smtp.does = {}
    await later()
    assert.equal(await deliver(), 0)
  })
})

describe('a connection that breaks', () => {
  const ids = (): (string | undefined)[] => smtp.received.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1])
  it('in the middle of the text: it is sent again', async () => {
    smtp.does = { data: 'end' }
    await write()
    await deliver()
    const put = await shown()
    assert.deepEqual([put.state, smtp.received.length], ['queued', 0])
    assert.match(put.lastError ?? '', /ended before it said whether it has the mail/)
    smtp.does = {}
    await later()
    await deliver()
    assert.equal(smtp.received.length, 1)
  })
  it('after the text, before the answer: it is sent again with the same Message-ID, by which the copy is known', async () => {
    smtp.does = { data: 'lost' }
    await write()
    await deliver()
    smtp.does = {}
    await later()
    await deliver()
    assert.equal(smtp.received.length, 2)
    assert.equal(new Set(ids()).size, 1)
    assert.equal((await shown()).state, 'sent')
  })
  it('or a server that never answers the text', async () => {
    smtp.does = { data: 'hang' }
    await write()
    await deliver()
    assert.match((await shown()).lastError ?? '', /ended before it said/)
  })
})

describe('several who send', () => {
  it('send each mail once', async () => {
    await write(60)
    await Promise.all([deliver(), deliver(), deliver()])
    assert.equal(smtp.received.length, 60)
    assert.equal(new Set(smtp.received.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1])).size, 60)
  })
  it('take over what a process that died had claimed, and not before', async () => {
    await write()
    await server.db.query("update mail set state = 'sending', attempts = 1, claimed_at = now()")
    assert.equal(await deliver(), 0, 'somebody may be at it')
    await later()
    await deliver()
    assert.equal(smtp.received.length, 1)
  })
  it('leave it to the others when they stop', async () => {
    smtp.does = { greeting: 'hang' }
    await write()
    const stopping = new AbortController()
    const ended = deliver(stopping.signal)
    while (smtp.visits === 0) await sleep(20)
    stopping.abort()
    await ended
    assert.equal((await shown()).state, 'queued')
  })
})

describe('the running product', () => {
  it('goes on while mail cannot be sent, tells the metrics, and sends by itself when the server is back', async () => {
    await server.close()
    server = await startTestServer({ isWorker: true })
    await use()
    await smtp.close()
    await write(3)
    await until(async () => (await health()).state === 'bad')
    assert.ok(/^pilothouse_mail_waiting 3$/m.test((await server.call('GET', '//metrics')).text))
    assert.equal((await server.call('GET', '//readyz')).status, 200)
    const made = await server.call('POST', '/incidents', {
      token: server.people.agent.token,
      body: { subject: 'Goes on' },
    })
    assert.equal(made.status, 201, made.text)
    await smtp.listen()
    await until(async () => /^pilothouse_mail_waiting 0$/m.test((await server.call('GET', '//metrics')).text))
    assert.equal((await health()).state, 'good')
    assert.equal(smtp.received.length, 3)
  })
})
/** Waits for the state, generously. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const began = performance.now(); performance.now() - began < 120_000; await sleep(250)) if (await isSo()) return
  assert.fail('It did not come to that within two minutes.')
}
/** A port that takes connections and never says a word. */
async function deaf(): Promise<number> {
  const port = await freePort()
  const sockets = new Set<Socket>()
  const listening: Server = createServer((socket) => void sockets.add(socket.on('error', () => {})))
  await new Promise<void>((done) => listening.listen(port, '127.0.0.1', done))
  atEnd(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((done) => void listening.close(() => done()))
  })
  return port
}
