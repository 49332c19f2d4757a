// Signing in under attack: passwords, second steps, delays, sessions, links. Each try goes through the real server.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { codeAt, stepOf } from '#engines/totp.ts'
import { openSession } from '#kit/sign-in.ts'
import type { Answered } from '../setup/call.ts'
import { administratorPassword, startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'
import { Visitor } from './visitor.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
})
/** A person with a password of their own. */
async function person(
  name: string,
  password = 'long walks by the sea',
): Promise<{ id: number; email: string; password: string }> {
  const { token } = server.people.administrator
  const email = `${name}@harbour.test`
  const made = await server.call('POST', '/persons', { token, body: { name: `Mx ${name.slice(0, 3)}`, email } })
  const { id } = made.body as { id: number }
  const { link } = (await server.call('POST', `/persons/${id}/password-link`, { token })).body as { link: string }
  const used = await server.call('POST', '/password-link/use', { body: { link: link.split('#')[1], password } })
  assert.equal(used.status, 204, used.text)
  return { id, email, password }
}
const visitor = (): Visitor => new Visitor(server)
const clear = async (): Promise<unknown> => server.db.query('delete from sign_in_delay')
const base32 = (text: string): Buffer => {
  const bits = Array.from(text, (sign) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'),
  ).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
/** Sets up an app; the code that confirmed it is used up, so the next is taken from the step after. */
async function withApp(who: Visitor): Promise<{ secret: Buffer; codes: string[]; used: number }> {
  const begun = (await who.call('POST', '/me/totp')).body as { step: string; secret: string; uri: string; qr: string }
  assert.match(begun.qr, /^<svg /)
  const secret = base32(begun.secret)
  const used = stepOf(Date.now())
  const done = await who.call('POST', '/me/totp/confirm', { step: begun.step, code: codeAt(secret, used) })
  assert.equal(done.status, 200, done.text)
  return { secret, codes: (done.body as { recoveryCodes: string[] }).recoveryCodes, used }
}
const stepKey = (answer: Answered): string => (answer.body as { step: string }).step

describe('a password', () => {
  it('lets in, with a cookie that scripts do not reach and a key that is new each time', async () => {
    const ada = visitor()
    const first = await ada.signIn('ada@harbour.test', administratorPassword)
    assert.equal(first.status, 200, first.text)
    const [session, browser] = first.headers.getSetCookie()
    assert.match(session ?? '', /^pilothouse=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/)
    assert.match(browser ?? '', /^pilothouse-browser=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=15552000$/)
    const old = ada.cookies.get('pilothouse')
    await ada.signIn('ada@harbour.test', administratorPassword)
    assert.notEqual(ada.cookies.get('pilothouse'), old)
    problem(await server.call('GET', '/me', { headers: { cookie: `pilothouse=${old}` } }), 401)
  })
  it('planted before the sign-in stays worthless (session fixation)', async () => {
    const planted = 'A'.repeat(43)
    const victim = visitor()
    victim.cookies.set('pilothouse', planted)
    await victim.signIn('ada@harbour.test', administratorPassword)
    assert.notEqual(victim.cookies.get('pilothouse'), planted)
    problem(await server.call('GET', '/me', { headers: { cookie: `pilothouse=${planted}` } }), 401)
  })
  it('is changed only by who knows the present one, and every other session ends at once', async () => {
    const nora = await person('nora')
    const [here, there] = [visitor(), visitor()]
    for (const one of [here, there]) assert.equal((await one.signIn(nora.email, nora.password)).status, 200)
    assert.equal((await there.call('GET', '/me')).status, 200)
    problem(await here.call('POST', '/me/password', { present: 'wrong', password: 'a whole new sentence' }), 401)
    const refused = problem(
      await here.call('POST', '/me/password', { present: nora.password, password: 'nora@harbour!!' }),
      422,
    )
    assert.match(String(refused['detail']), /Leave "/)
    problem(
      await here.call('POST', '/me/password', { present: nora.password, password: 'Password2026!' }),
      422,
      /everybody tries/,
    )
    assert.equal(
      (await here.call('POST', '/me/password', { present: nora.password, password: 'a whole new sentence' })).status,
      204,
    )
    problem(await there.call('GET', '/me'), 401)
    assert.equal((await here.call('GET', '/me')).status, 200)
    problem(await visitor().signIn(nora.email, nora.password), 401)
    assert.equal((await visitor().signIn(nora.email, 'a whole new sentence')).status, 200)
  })
  it('may be 64 characters and more, of any kind, and is compared in full', async () => {
    const long = `${'ä🐧 long '.repeat(9)}end`
    const ole = await person('ole', long)
    assert.equal((await visitor().signIn(ole.email, long)).status, 200)
    problem(await visitor().signIn(ole.email, long.slice(0, -1)), 401)
    problem(await visitor().signIn(ole.email, ` ${long}`), 401)
  })
  it('is not reached by a token', async () => {
    const { token } = server.people.administrator
    for (const [method, path, body] of [
      ['POST', '/me/password', { present: administratorPassword, password: 'a whole new sentence' }],
      ['POST', '/me/totp', undefined],
      ['GET', '/me/sessions', undefined],
      ['DELETE', '/me/sessions', undefined],
      ['POST', '/me/passkeys/options', undefined],
      ['POST', '/me/recovery-codes', undefined],
      ['POST', '/me/proof', { password: administratorPassword }],
      ['GET', '/me/security', undefined],
    ] as const)
      problem(await server.call(method, path, { token, ...(body === undefined ? {} : { body }) }), 403, /token/)
  })
})

describe('a link for a new password', () => {
  it('is good once, tells who it is for, ends sessions, and does not let in by itself', async () => {
    const pia = await person('pia')
    const inside = visitor()
    await inside.signIn(pia.email, pia.password)
    const { token } = server.people.administrator
    const made = await server.call('POST', `/persons/${pia.id}/password-link`, { token })
    assert.equal(made.status, 201)
    const link = (made.body as { link: string }).link.split('#')[1] ?? ''
    const look = await server.call('POST', '/password-link/look', { body: { link } })
    assert.partialDeepStrictEqual(look.body, { email: pia.email, passwordLength: 12 })
    problem(await server.call('POST', '/password-link/use', { body: { link, password: 'short' } }), 422, /at least 12/)
    const both = await Promise.all(['first of the two', 'second of the two'].map((password) => server.call('POST', '/password-link/use', { body: { link, password } }))) // oxfmt-ignore
    assert.deepEqual(
      both.map(({ status }) => status).sort((a, b) => a - b),
      [204, 409],
    )
    assert.ok(both.every(({ headers }) => headers.get('set-cookie') === null))
    problem(await server.call('POST', '/password-link/look', { body: { link } }), 409)
    problem(await inside.call('GET', '/me'), 401)
  })
  it('is over after a day, when another is made, and for who has left', async () => {
    const { token } = server.people.administrator
    const rob = await person('rob')
    const make = async (): Promise<string> => ((await server.call('POST', `/persons/${rob.id}/password-link`, { token })).body as { link: string }).link.split('#')[1] ?? '' // oxfmt-ignore
    const use = (link: string): Promise<Answered> =>
      server.call('POST', '/password-link/use', { body: { link, password: 'quiet evening rain' } })
    const first = await make()
    const second = await make()
    problem(await use(first), 409)
    await server.db.query(
      "update sign_in_step set expires_at = now() - interval '1 second' where kind = 'password-link'",
    )
    problem(await use(second), 409)
    const third = await make()
    assert.equal((await server.call('POST', `/persons/${rob.id}/leave`, { token, body: {} })).status, 200)
    problem(await use(third), 409)
    problem(await server.call('POST', `/persons/${rob.id}/password-link`, { token }), 409, /has left/)
  })
  it('takes the e-mail along that the person has now', async () => {
    const { token } = server.people.administrator
    const sue = await person('sue')
    const change = { token, body: { email: 'susan@harbour.test' }, headers: { 'if-match': '"1"' } }
    assert.equal((await server.call('PATCH', `/persons/${sue.id}`, change)).status, 200)
    assert.equal((await visitor().signIn(sue.email, sue.password)).status, 200, 'until then, the name stays')
    const made = (await server.call('POST', `/persons/${sue.id}/password-link`, { token })).body as { link: string }
    const body = { link: made.link.split('#')[1], password: 'quiet evening rain' }
    assert.equal((await server.call('POST', '/password-link/use', { body })).status, 204)
    problem(await visitor().signIn(sue.email, 'quiet evening rain'), 401)
    assert.equal((await visitor().signIn('SUSAN@harbour.test', 'quiet evening rain')).status, 200)
  })
  it('is for administrators to make, and garbage is none', async () => {
    for (const who of ['manager', 'agent', 'requester'] as const)
      problem(
        await server.call('POST', `/persons/${server.people.agent.id}/password-link`, {
          token: server.people[who].token,
        }),
        403,
      )
    problem(
      await server.call('POST', `/persons/${server.people.agent.id}/password-link`, {
        token: server.people.outsider.token,
      }),
      404,
    )
    for (const link of ['', 'x', 'A'.repeat(43), "' or 1=1 --"]) problem(await server.call('POST', '/password-link/use', { body: { link, password: 'quiet evening rain' } }), 409) // oxfmt-ignore
  })
})

describe('an authenticator app', () => {
  it('asks for a code after the password; each code is good once, also for two at once', async () => {
    const tom = await person('tom')
    const here = visitor()
    await here.signIn(tom.email, tom.password)
    const { secret, used } = await withApp(here)
    const steps = await Promise.all([1, 2, 3].map(async () => {
      const one = visitor()
      const answer = await one.signIn(tom.email, tom.password)
      assert.equal(answer.headers.get('set-cookie'), null)
      assert.deepEqual((answer.body as { ways: string[] }).ways, ['code', 'recovery'])
      return [one, stepKey(answer)] as const
    })) // oxfmt-ignore
    const [replayed] = steps
    problem(
      await (replayed?.[0] ?? visitor()).call('POST', '/session/second', {
        step: replayed?.[1],
        code: codeAt(secret, used),
      }),
      401,
    )
    await clear()
    const code = codeAt(secret, used + 1)
    const race = await Promise.all(steps.map(([one, step]) => one.call('POST', '/session/second', { step, code })))
    assert.deepEqual(
      race.map(({ status }) => status).sort((a, b) => a - b),
      [200, 401, 401],
    )
    await clear()
  })
  it('forgives clocks that differ by one step, no more', async () => {
    const ulf = await person('ulf')
    const here = visitor()
    await here.signIn(ulf.email, ulf.password)
    const { secret } = await withApp(here)
    const enter = async (shift: number): Promise<number> => {
      await clear()
      await server.db.query('update totp set last_step = 0 where person = $1', [ulf.id])
      const key = stepKey(await visitor().signIn(ulf.email, ulf.password))
      const step = stepOf(Date.now())
      const answer = await server.call('POST', '/session/second', {
        body: { step: key, code: codeAt(secret, step + shift) },
      })
      return stepOf(Date.now()) === step ? answer.status : enter(shift) // the half minute was over meanwhile
    }
    const tried: number[] = []
    for (const shift of [-2, -1, 0, 1, 2]) tried.push(await enter(shift))
    assert.deepEqual(tried, [401, 200, 200, 200, 401])
  })
  it('is guessed five times at most for one password, then it begins again', async () => {
    const vera = await person('vera')
    const here = visitor()
    await here.signIn(vera.email, vera.password)
    const { secret } = await withApp(here)
    const step = stepKey(await visitor().signIn(vera.email, vera.password))
    for (let guess = 0; guess < 5; guess++) {
      await clear()
      problem(await server.call('POST', '/session/second', { body: { step, code: '000000' } }), 401, /not right/)
    }
    problem(
      await server.call('POST', '/session/second', { body: { step, code: codeAt(secret, stepOf(Date.now())) } }),
      401,
      /beginning/,
    )
  })
  it('has ten recovery codes that are good once each, typed as one likes; new ones end the old', async () => {
    const wim = await person('wim')
    const here = visitor()
    await here.signIn(wim.email, wim.password)
    const { codes } = await withApp(here)
    assert.equal(new Set(codes).size, 10)
    const enter = async (code: string): Promise<number> => {
      await clear()
      const step = stepKey(await visitor().signIn(wim.email, wim.password))
      return (await server.call('POST', '/session/second', { body: { step, code } })).status
    }
    const [first = '', second = ''] = codes
    assert.equal(await enter(first), 200)
    assert.equal(await enter(first), 401)
    await clear()
    const [one, two] = await Promise.all(
      [1, 2].map(async () => stepKey(await visitor().signIn(wim.email, wim.password))),
    )
    await clear()
    const race = await Promise.all([one, two].map((step) => server.call('POST', '/session/second', { body: { step, code: second.toUpperCase().replace('-', ' ') } }))) // oxfmt-ignore
    assert.deepEqual(
      race.map(({ status }) => status).sort((a, b) => a - b),
      [200, 401],
    )
    const security = (await here.call('GET', '/me/security')).body as { recoveryCodes: number }
    assert.equal(security.recoveryCodes, 8)
    const fresh = ((await here.call('POST', '/me/recovery-codes')).body as { recoveryCodes: string[] }).recoveryCodes
    assert.equal(await enter(codes[2] ?? ''), 401)
    assert.equal(await enter(fresh[0] ?? ''), 200)
  })
  it('keeps its secret encrypted, each for its person', async () => {
    const xena = await person('xena')
    const here = visitor()
    await here.signIn(xena.email, xena.password)
    const { secret } = await withApp(here)
    const [row] = await server.db.query<{ secret: Buffer }>('select secret from totp where person = $1', [xena.id])
    assert.ok(row !== undefined && !row.secret.includes(secret))
    const step = stepKey(await visitor().signIn(xena.email, xena.password))
    await server.db.query(
      'update totp set secret = (select secret from totp t where t.person <> $1 limit 1) where person = $1',
      [xena.id],
    )
    assert.equal(
      (await server.call('POST', '/session/second', { body: { step, code: codeAt(secret, stepOf(Date.now())) } }))
        .status,
      500,
    )
  })
  it('is set up, removed and renewed only with a fresh proof, and ends other sessions', async () => {
    const yara = await person('yara')
    const [here, there] = [visitor(), visitor()]
    for (const one of [here, there]) await one.signIn(yara.email, yara.password)
    await server.db.query("update session set proved_at = now() - interval '16 minutes' where person = $1", [yara.id])
    await new Promise((resolve) => setTimeout(resolve, 2100)) // identities are remembered for two seconds
    for (const [method, path] of [
      ['POST', '/me/totp'],
      ['POST', '/me/passkeys/options'],
      ['POST', '/me/recovery-codes'],
      ['DELETE', '/me/totp'],
    ] as const)
      // oxfmt-ignore
      problem(await here.call(method, path), 403, /Confirm that it is you/)
    problem(await here.call('POST', '/me/proof', { password: 'wrong' }), 401)
    problem(await here.call('POST', '/me/proof', {}), 401)
    assert.equal((await here.call('POST', '/me/proof', { password: yara.password })).status, 204)
    const { secret, used } = await withApp(here)
    problem(await there.call('GET', '/me'), 401)
    await clear()
    problem(await here.call('POST', '/me/proof', { password: yara.password }), 401, /code/)
    assert.equal(
      (await here.call('POST', '/me/proof', { password: yara.password, code: codeAt(secret, used + 1) })).status,
      204,
    )
    assert.equal((await here.call('DELETE', '/me/totp')).status, 204)
    assert.match((await visitor().signIn(yara.email, yara.password)).text, /person/)
  })
})

describe('sessions', () => {
  it('are listed with device and address, and ended one by one or all together', async () => {
    const zoe = await person('zoe')
    const [here, phone, other] = [visitor(), visitor(), visitor()]
    phone.agent =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1'
    for (const one of [here, phone, other]) await one.signIn(zoe.email, zoe.password)
    type Shown = { id: string; device: string; address: string; isThis: boolean }
    const list = async (): Promise<Shown[]> =>
      ((await here.call('GET', '/me/sessions')).body as { items: Shown[] }).items
    const items = await list()
    assert.equal(items.length, 3)
    assert.equal(items.filter(({ isThis }) => isThis).length, 1)
    assert.ok(items.every(({ address }) => address === '127.0.0.1'))
    const iphone = items.find(({ device }) => device === 'Safari on iPhone') ?? assert.fail('no iPhone')
    assert.equal((await phone.call('GET', '/me')).status, 200)
    assert.equal((await here.call('DELETE', `/me/sessions/${iphone.id}`)).status, 204)
    problem(await phone.call('GET', '/me'), 401)
    problem(await here.call('DELETE', `/me/sessions/${iphone.id}`), 404)
    problem(await here.call('DELETE', '/me/sessions/garbage'), 404)
    const foreign = visitor()
    await foreign.signIn('ada@harbour.test', administratorPassword)
    const [mine] = await list()
    problem(await foreign.call('DELETE', `/me/sessions/${mine?.id}`), 404)
    assert.deepEqual((await here.call('DELETE', '/me/sessions')).body, { ended: 1 })
    problem(await other.call('GET', '/me'), 401)
    const look = await foreign.call('GET', `/persons/${zoe.id}/sign-in`)
    assert.equal((look.body as { sessions: unknown[] }).sessions.length, 1)
    assert.deepEqual((await foreign.call('DELETE', `/persons/${zoe.id}/sessions`)).body, { ended: 1 })
    problem(await here.call('GET', '/me'), 401)
  })
  it('end when they are left alone, and at their time in any case', async () => {
    const who = { org: 1, person: server.people.agent.id }
    const idle = await openSession(server.db, who)
    const old = await openSession(server.db, who)
    const see = (key: string): Promise<Answered> =>
      server.call('GET', '/me', { headers: { cookie: `pilothouse=${key}` } })
    await server.db.query("update session set seen_at = now() - interval '479 minutes'")
    assert.equal((await see(idle.key)).status, 200, 'being used keeps it')
    await server.db.query("update session set seen_at = now() - interval '481 minutes'")
    await new Promise((resolve) => setTimeout(resolve, 2100))
    problem(await see(idle.key), 401)
    await server.db.query("update session set seen_at = now(), expires_at = now() - interval '1 second'")
    problem(await see(old.key), 401)
  })
  it('of who leaves end at once, with tokens and the stream of live changes, and do not come back with them', async () => {
    const abe = await person('abe')
    const { token } = server.people.administrator
    const here = visitor()
    await here.signIn(abe.email, abe.password)
    const api = ((await here.call('POST', '/tokens', { name: 'mine' })).body as { token: string }).token
    const live = await fetch(`${server.url}/api/v1/events`, { headers: { cookie: here.cookie } })
    assert.equal((await here.call('GET', '/me')).status, 200)
    assert.equal((await server.call('GET', '/me', { token: api })).status, 200)
    assert.equal((await server.call('POST', `/persons/${abe.id}/leave`, { token, body: {} })).status, 200)
    problem(await here.call('GET', '/me'), 401)
    problem(await server.call('GET', '/me', { token: api }), 401)
    await live.text() // the stream of live changes has ended by itself
    problem(await visitor().signIn(abe.email, abe.password), 401)
    await server.call('POST', `/persons/${abe.id}/return`, { token, body: {} })
    problem(await here.call('GET', '/me'), 401)
    problem(await server.call('GET', '/me', { token: api }), 401)
    assert.equal((await visitor().signIn(abe.email, abe.password)).status, 200)
  })
})
