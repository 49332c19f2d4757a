// Whatever changes how somebody signs in ends their other sessions at once; a password stays good for as long as its person likes.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { codeAt, stepOf } from '#engines/totp.ts'
import { openSession } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import type { Answered } from '../setup/call.ts'
import { administratorPassword, startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'
import { Visitor } from './visitor.ts'

const NEXT = 'slow ferries at low tide'
let server: TestServer
let here: Visitor
let password = administratorPassword
before(async () => {
  server = await startTestServer()
  here = new Visitor(server)
  assert.equal((await here.signIn('ada@harbour.test', password)).status, 200)
})
const ada = (): { org: number; person: number } => ({ org: 1, person: server.people.administrator.id })
/** A session of hers on another device. */
async function elsewhere(): Promise<() => Promise<Answered>> {
  const { key } = await openSession(server.db, ada())
  const see = (): Promise<Answered> => server.call('GET', '/me', { headers: { cookie: `pilothouse=${key}` } })
  assert.equal((await see()).status, 200, 'is there before')
  return see
}
/** Sets up an app. @returns its secret */
async function setUpApp(): Promise<Buffer> {
  const begun = (await here.call('POST', '/me/totp')).body as { step: string; secret: string }
  const secret = fromBase32(begun.secret)
  const done = await here.call('POST', '/me/totp/confirm', { step: begun.step, code: codeAt(secret, stepOf(Date.now())) }) // oxfmt-ignore
  assert.equal(done.status, 200, done.text)
  return secret
}
function fromBase32(text: string): Buffer {
  const bits = Array.from(text.replace(/\s/g, ''), (sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('') // oxfmt-ignore
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
/** A passkey as a browser would have left it. @returns its id in addresses */
async function keepPasskey(name: string): Promise<string> {
  const rows = await run<{ id: string }>(server.db, sql`insert into passkey (key, org, person, name, public_key, counter, is_synced) values (${Buffer.from(name)}, 1, ${ada().person}, ${name}, ${Buffer.from('x')}, 0, false) returning id`) // oxfmt-ignore
  return rows[0]?.id ?? assert.fail()
}

describe('[ASVS 7.4.3] every other session ends, and the one in hand stays, when', () => {
  const deeds: readonly [string, () => Promise<Answered>][] = [
    ['the password is changed', () => here.call('POST', '/me/password', { present: password, password: NEXT })],
    ['an app is set up', async () => (await setUpApp(), here.call('GET', '/me'))],
    ['recovery codes are made anew', () => here.call('POST', '/me/recovery-codes')],
    ['a passkey is removed', async () => here.call('DELETE', `/me/passkeys/${await keepPasskey('phone')}`)],
    ['the app is removed', () => here.call('DELETE', '/me/totp')],
  ]
  for (const [name, deed] of deeds)
    it(name, async () => {
      const see = await elsewhere()
      const done = await deed()
      assert.ok(done.status < 300, done.text)
      problem(await see(), 401)
      assert.equal((await here.call('GET', '/me')).status, 200)
      if (name.includes('password')) password = NEXT
      const told = await run<{ changes: { ended?: unknown } }>(server.db, sql`select changes from journal where org = 1 and record = 'signIn' order by id desc limit 1`) // oxfmt-ignore
      assert.match(JSON.stringify(told[0]?.changes), /"ended":\[null,1\]/, 'is written down with how many ended')
    })
  it('an administrator takes the second factors of somebody who lost them: all of theirs end', async () => {
    const { id, token } = server.people.agent
    const { key } = await openSession(server.db, { org: 1, person: id })
    const see = (): Promise<Answered> => server.call('GET', '/me', { headers: { cookie: `pilothouse=${key}` } })
    assert.equal((await see()).status, 200)
    assert.equal((await here.call('DELETE', `/persons/${id}/second-factors`)).status, 204)
    problem(await see(), 401)
    assert.equal((await server.call('GET', '/me', { token })).status, 200, 'a token is no session')
  })
})

describe('a password', () => {
  it('[ASVS 6.2.10] that was set years ago still lets in, and nobody is asked for another', async () => {
    await server.db.query('delete from sign_in_delay')
    await run(server.db, sql`update credential set password_at = now() - interval '9 years' where org = 1 and person = ${ada().person}`) // oxfmt-ignore
    const old = new Visitor(server)
    const answer = await old.signIn('ada@harbour.test', password)
    assert.equal(answer.status, 200, answer.text)
    assert.equal((await old.call('GET', '/incidents')).status, 200)
  })
})
