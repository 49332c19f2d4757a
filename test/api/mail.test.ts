// Outgoing mail: the server's settings, what is written into a mail, a new password by mail, what people are told of their door.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { mailHtml, mailText } from '#engines/mail-text.ts'
import { deliverMail } from '#kit/mail/deliver.ts'
import { queueMail, type NewMail } from '#kit/mail/outbox.ts'
import { grantWishes } from '#kit/mail/reset.ts'
import { usualMail, settingsOf, SMTP_PASSWORD, startSmtp, type Smtp } from '../setup/smtp.ts'
import { administratorPassword, startTestServer, type TestServer } from '../setup/server.ts'
import type { Answered } from '../setup/call.ts'
import { problem } from './problem.ts'
import { Visitor } from './visitor.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
const secret = Buffer.alloc(32, 7)
const publicUrl = 'https://pilot.harbour.test'
let server: TestServer
let smtp: Smtp
let admin: string
before(async () => {
  server = await startTestServer()
  admin = server.people.administrator.token
  smtp = await startSmtp()
})
const ask = async (method: string, path: string, body?: unknown): Promise<Answered & { body: Loose }> =>
  server.call(method, path, { token: admin, body })
const set = (more: object = {}, password: string | null = SMTP_PASSWORD): Promise<Answered & { body: Loose }> =>
  ask('PUT', '/admin/mail', { settings: settingsOf(smtp, more), ...(password === null ? {} : { password }) })
async function deliver(): Promise<void> {
  const { signal } = new AbortController()
  await grantWishes({ db: server.db, store: server.store, secret, publicUrl }, signal)
  await server.db.query('update mail_server set next_at = now()')
  await deliverMail({ db: server.db, secret, mail: usualMail }, signal)
}
async function write(more: Partial<NewMail> = {}): Promise<void> {
  const content = { paragraphs: ['Hello.'], why: 'A test.' }
  const mail = {
    org: 1,
    person: server.people.agent.id,
    kind: 'notice',
    subject: 'News',
    content,
    because: 'a test',
  } as const
  await server.db.transaction((tx) => queueMail(tx, { secret, publicUrl }, { ...mail, ...more }))
}
const newest = async (): Promise<Loose> => (await ask('GET', '/admin/mails')).body.items[0]

describe('without a mail server', () => {
  it('mails stand in the outbox and say who would have got what', async () => {
    await write()
    const { body } = await ask('GET', '/admin/mails?state=held')
    assert.equal(body.items.length, 1)
    const [held] = body.items
    assert.deepEqual([held.address, held.subject, held.state], ['agent@harbour.test', 'News', 'held'])
    assert.match(held.text, /Hello\./)
    problem(await ask('POST', `/admin/mails/${held.id}/send`, {}), 409, /no mail server/)
    problem(await ask('POST', '/admin/mails/all', { state: 'held', deed: 'send' }), 409)
    const { items } = (await ask('GET', '/admin/health')).body
    const line = items.find(({ name }: Loose) => name === 'Mail')
    assert.deepEqual([line.state, line.value], ['warn', 'not set up, 1 held'])
  })
  it('no new password is offered by mail', async () => {
    assert.deepEqual((await server.call('GET', '/password-reset')).body, { isOffered: false })
    problem(await server.call('POST', '/password-reset', { body: { email: 'ada@harbour.test' } }), 409)
  })
})

describe('the settings of mail', () => {
  it('refuse in words what would send passwords in the clear, or reach inside without being told', async () => {
    problem(await set({ tls: 'none', host: 'smtp.example.com' }), 422, /in the clear/)
    problem(await set({ isInside: false, host: '127.0.0.1' }), 422, /inside our own network/)
    problem(await set({ host: 'smtp.example.com/path' }), 422)
    problem(await set({ host: 'a\r\nb' }), 422)
    problem(await set({ senderAddress: 'a@b.test, c@d.test' }), 422)
    problem(await set({ senderAddress: 'a@b.test\r\nBcc: x@y.test' }), 422)
    problem(await set({ port: 0 }), 422)
    problem(await set({ user: '' }), 422, /user/)
  })
  it('never give the password back, and ask for it again when it would go elsewhere', async () => {
    const kept = await set()
    assert.equal(kept.status, 200, kept.text)
    assert.equal(kept.body.hasPassword, true)
    for (const path of ['/admin/mail', '/journal', '/admin/mails', '/settings'])
      assert.ok(!(await ask('GET', path)).text.includes(SMTP_PASSWORD), path)
    const rows = await server.db.query(
      "select changes::text as changes, (select encode(password, 'escape') from mail_server) as kept from journal",
    )
    assert.ok(!JSON.stringify(rows).includes(SMTP_PASSWORD))
    problem(await set({ host: '127.0.0.1' }, null), 422, /password again/)
    problem(await set({ tls: 'none', host: 'localhost' }, null), 422, /password again/)
    assert.equal((await set({ senderName: 'Desk' }, null)).status, 200)
    assert.equal((await ask('GET', '/admin/mail')).body.hasPassword, true)
  })
  it('are closed to everybody but administrators', async () => {
    for (const who of ['manager', 'agent', 'requester', 'auditor'] as const)
      for (const [method, path] of [['GET', '/admin/mail'], ['GET', '/admin/mails'], ['POST', '/admin/mail/test']] as const) // oxfmt-ignore
        problem(await server.call(method, path, { token: server.people[who].token, ...(method === 'GET' ? {} : { body: {} }) }), 403) // oxfmt-ignore
  })
  it('are tried by a test message, with the answer of the server', async () => {
    await set()
    const good = await ask('POST', '/admin/mail/test', {})
    assert.deepEqual(good.body, { to: 'ada@harbour.test', isSent: true, said: '250 2.0.0 Taken.' })
    assert.equal((await smtp.read()).to?.[0]?.address, 'ada@harbour.test')
    await set({}, 'wrong password 77')
    const bad = await ask('POST', '/admin/mail/test', {})
    assert.equal(bad.body.isSent, false)
    assert.match(bad.body.said, /does not let harbour in and says: 535 .* Check user and password/)
    assert.ok(!bad.text.includes('wrong password 77'), 'the server repeats the password; we do not')
    await set()
  })
})

describe('a mail', () => {
  it('has the same Message-ID as its row, says why it came, and asks for no answer', async () => {
    await write({ subject: 'INC-1 is due' })
    await deliver()
    const mail = await smtp.read()
    const [row] = await server.db.query<{ message_id: string; state: string }>('select message_id, state from mail order by id desc limit 1') // oxfmt-ignore
    assert.deepEqual([mail.messageId, row?.state], [row?.message_id, 'sent'])
    assert.match(mail.text ?? '', /A test\./)
    assert.equal(mail.headers.find(({ key }) => key === 'auto-submitted')?.value, 'auto-generated')
    assert.deepEqual([mail.from?.name, mail.from?.address], ['Harbour Works', 'desk@harbour.test'])
  })

  const names = [
    'Ann\r\nBcc: evil@evil.test\r\n\r\nbody',
    '"Ann" <evil@evil.test>, Bob',
    'Ünal Žižka',
    'علي حسن',
    '\u202Egnihtemos\u202C',
    '李雷 '.repeat(40).trim(),
    `${'x'.repeat(198)}`,
    'a, b; c: d@e (f) \\ "g"',
    '=?utf-8?q?=0D=0ABcc:_evil@evil.test?=',
  ]
  for (const name of names)
    it(`reaches ${JSON.stringify(name).slice(0, 50)} and nobody else`, async () => {
      await server.db.query('update person set name = $1 where org = 1 and id = $2', [name, server.people.agent.id])
      const before = smtp.received.length
      await write({ subject: `For ${name}`, content: { paragraphs: [name, '.\n..\n.\r\n'], why: name } })
      await deliver()
      assert.equal(smtp.received.length, before + 1)
      const [got, mail] = [smtp.received.at(-1), await smtp.read()]
      assert.deepEqual(got?.to, ['agent@harbour.test'])
      assert.deepEqual(
        mail.to?.map(({ address }) => address),
        ['agent@harbour.test'],
      )
      assert.equal(mail.cc ?? mail.bcc, undefined)
      const known = new Set(['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type', 'auto-submitted', 'x-auto-response-suppress']) // oxfmt-ignore
      assert.deepEqual(
        mail.headers.map(({ key }) => key).filter((key) => !known.has(key)),
        [],
        got?.raw,
      )
      assert.ok((got?.raw ?? '').split('\r\n').every((line) => line.length <= 998 && !/[\n\r]/.test(line)), 'lines of RFC 5322') // oxfmt-ignore
      assert.ok(/^[\0-\x7f]*$/.test(got?.raw ?? ''), 'seven bits')
      if (!/[\r\n\u202E]|^=\?/.test(name)) assert.equal(mail.to?.[0]?.name, name)
    })
  it('is not sent to what is no single address', async () => {
    for (const address of [
      'a@b.test,c@d.test',
      'a@b.test\nRCPT TO:<x@y.test>',
      '<a@b.test>',
      'a b@c.test',
      'a@b.test>',
      'nobody',
      'a@-b.test',
      '"a b"@c.test',
    ]) {
      // oxfmt-ignore
      await server.db.query('update person set email = $1 where org = 1 and id = $2', [address, server.people.agent.id])
      const before = smtp.received.length
      await write()
      await deliver()
      assert.equal(smtp.received.length, before, address)
      assert.match((await newest()).lastError, /is not an e-mail address/)
    }
    await server.db.query("update person set email = 'agent@harbour.test', name = 'Agent' where org = 1 and id = $1", [server.people.agent.id]) // oxfmt-ignore
  })
  it('shows what people wrote as text, never as markup or an address that runs', () => {
    const evil = '<img src=x onerror=alert(1)> & "\'</p><script>'
    const html = mailHtml({ paragraphs: [evil], action: { label: evil, link: 'javascript:alert(1)' }, why: evil })
    assert.doesNotMatch(html, /<img|<script|javascript:/)
    assert.match(html, /&lt;img src=x onerror=alert\(1\)&gt; &amp; &quot;&#39;/)
    assert.ok(mailText({ paragraphs: [evil], why: 'y' }).startsWith(evil))
    assert.doesNotThrow(() => encodeURIComponent(mailHtml({ paragraphs: ['\uD800 half'], why: '' })))
  })
})

describe('a new password by mail', () => {
  const wish = (email: string): Promise<Answered> => server.call('POST', '/password-reset', { body: { email } })
  const password = 'nine quiet lighthouses'
  const linkIn = (raw: string): string => /\/password#([\w-]+)/.exec(raw.replaceAll(/=\r\n/g, ''))?.[1] ?? ''

  it('is offered, answers the same for anybody, and mails only whoever has an account', async () => {
    assert.deepEqual((await server.call('GET', '/password-reset')).body, { isOffered: true })
    const before = smtp.received.length
    const answers = await Promise.all(['ada@harbour.test', 'nobody@harbour.test', 'agent@harbour.test', "x' or 1=1 --@y.test", 'ADA@nowhere.test'].map(wish)) // oxfmt-ignore
    for (const { status, text } of answers) assert.deepEqual([status, text], [202, '{"minutes":30}'])
    await deliver()
    assert.deepEqual(smtp.received.slice(before).map(({ to }) => to), [['ada@harbour.test']]) // oxfmt-ignore
    assert.deepEqual(await server.db.query('select 1 as one from password_wish'), [])
  })
  it('comes by a link that is good once, ends other sessions, and is nowhere but in the mail', async () => {
    const elsewhere = new Visitor(server)
    await elsewhere.signIn('ada@harbour.test', administratorPassword)
    assert.equal((await elsewhere.call('GET', '/me')).status, 200)
    const link = linkIn((await smtp.read()).text ?? '')
    assert.ok(link.length > 30)
    const kept = await server.db.query("select subject, content, because, last_error, answer, secret from mail where kind = 'reset'") // oxfmt-ignore
    assert.ok(!JSON.stringify(kept).includes(link))
    assert.ok(
      kept.every((row) => 'secret' in row && row.secret === null),
      'it goes when the mail is sent',
    )
    assert.ok(!(await ask('GET', '/admin/mails')).text.includes(link))
    assert.ok(!server.log.join('').includes(link))
    const use = (): Promise<Answered> => server.call('POST', '/password-link/use', { body: { link, password } })
    assert.equal((await use()).status, 204)
    problem(await use(), 409, /used already/)
    problem(await elsewhere.call('GET', '/me'), 401)
    problem(await new Visitor(server).signIn('ada@harbour.test', administratorPassword), 401)
    assert.equal((await new Visitor(server).signIn('ada@harbour.test', password)).status, 200)
    await deliver()
    const told = await smtp.read()
    assert.deepEqual([told.subject, told.to?.[0]?.address], ['Your password was set by a link', 'ada@harbour.test'])
  })
  it('goes to the name to sign in with: whoever may change the record of an administrator gets nothing', async () => {
    const { id } = server.people.administrator
    await server.db.query("delete from mail where kind = 'reset'")
    await server.db.query("update person set email = 'thief@evil.test' where org = 1 and id = $1", [id])
    const before = smtp.received.length
    await wish('thief@evil.test')
    await deliver()
    assert.equal(smtp.received.length, before, 'the address in the record is no account')
    await wish('ada@harbour.test')
    await deliver()
    assert.deepEqual(smtp.received.slice(before).map(({ to }) => to), [['ada@harbour.test']]) // oxfmt-ignore
    const link = linkIn((await smtp.read()).text ?? '')
    assert.equal((await server.call('POST', '/password-link/use', { body: { link, password } })).status, 204)
    assert.equal((await new Visitor(server).signIn('ada@harbour.test', password)).status, 200)
    await server.db.query("update person set email = 'ada@harbour.test' where org = 1 and id = $1", [id])
  })
  it('tells whoever signs in elsewhere where that is, and gives no link', async () => {
    await server.db.query("insert into identity_provider (org, id, slug, kind, name, is_on, settings) values (1, 77, 'harbour-id', 'oidc', 'Harbour ID', true, '{}')") // oxfmt-ignore
    await server.db.query("insert into identity (org, provider, subject, person) values (1, 77, 'agent', $1)", [server.people.agent.id]) // oxfmt-ignore
    await wish('agent@harbour.test')
    await deliver()
    const mail = await smtp.read(smtp.received.findLastIndex(({ to }) => to[0] === 'agent@harbour.test'))
    assert.match(mail.text ?? '', /sign in with Harbour ID/)
    assert.equal(linkIn(mail.text ?? ''), '')
  })
  it('is mailed three times an hour to one person, and wished for so often from one address', async () => {
    await server.db.query("delete from mail where kind = 'reset'")
    const before = smtp.received.length
    for (let n = 0; n < 5; n++) assert.equal((await wish('ada@harbour.test')).status, 202)
    await deliver()
    assert.equal(smtp.received.length - before, 3)
    let last = await wish('ada@harbour.test')
    for (let n = 0; n < 25 && last.status === 202; n++) last = await wish(`nobody${n}@harbour.test`)
    problem(last, 429)
  })
  it('does not go to somebody who has left, nor after its half hour', async () => {
    await server.db.query('delete from password_wish')
    await server.db.query("delete from mail where kind = 'reset'")
    await server.db.query('delete from sign_in_delay')
    await wish('ada@harbour.test')
    await grantWishes({ db: server.db, store: server.store, secret, publicUrl }, new AbortController().signal)
    await server.db.query("update mail set expires_at = now() - interval '1 second' where kind = 'reset'")
    const before = smtp.received.length
    await deliver()
    assert.equal(smtp.received.length, before)
    const late = await newest()
    assert.deepEqual([late.state, late.lastError], ['failed', 'Its link was over before it could be sent.'])
    problem(await ask('POST', `/admin/mails/${late.id}/send`, {}), 409, /ask for a new one/)
    await server.db.query("update person set status = 'left' where org = 1 and id = $1", [server.people.agent.id])
    await wish('agent@harbour.test')
    await deliver()
    assert.equal(smtp.received.length, before)
    await server.db.query("update person set status = 'active' where org = 1 and id = $1", [server.people.agent.id])
  })
})
