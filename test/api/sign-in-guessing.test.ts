// Guessing at the door: slowed down by account and by address, the same for accounts that do not exist, and never for good.
import assert from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import { Gate } from '#kit/sign-in/gate.ts'
import type { Answered } from '../setup/call.ts'
import { administratorPassword, startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'
import { Visitor } from './visitor.ts'

const ada = 'ada@harbour.test'
let server: TestServer
before(async () => {
  server = await startTestServer()
})
beforeEach(() => server.db.query('delete from sign_in_delay'))
const enter = (email: string, password: string): Promise<Answered> => new Visitor(server).signIn(email, password)
const statuses = async (email: string, times: number): Promise<number[]> => {
  const made: number[] = []
  for (let at = 0; at < times; at++) made.push((await enter(email, 'wrong')).status)
  return made
}
const later = (seconds: number): Promise<unknown> =>
  server.db.query(
    'update sign_in_delay set until = until - make_interval(secs => $1), tried_at = tried_at - make_interval(secs => $1)',
    [seconds],
  )
/** Whatever has to wait now waits a minute: a slow machine does not let it lapse. */
const hold = (): Promise<unknown> =>
  server.db.query(
    "update sign_in_delay set until = now() + interval '1 minute' where until > tried_at + interval '1 second'",
  )
/** The longest delay of them all, in seconds. */
const longest = async (): Promise<number> =>
  (
    await server.db.query<{ wait: number }>(
      'select max(round(extract(epoch from until - tried_at)))::int as wait from sign_in_delay',
    )
  )[0]?.wait ?? 0
const medianOf = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

describe('guessing a password', () => {
  it('is slowed down after four errors, alike for an account that does not exist', async () => {
    const [known, unknown] = [await statuses(ada, 5), await statuses('nobody@harbour.test', 5)]
    assert.deepEqual(known, [401, 401, 401, 401, 401])
    await hold()
    assert.deepEqual(unknown, known)
    const [one, two] = [await enter(ada, 'wrong'), await enter('nobody@harbour.test', 'wrong')]
    const text = ({ body }: Answered): unknown => ({
      ...(body as object),
      request: null,
      retryAfterSeconds: null,
      detail: null,
    })
    assert.deepEqual(text(one), text(two))
    assert.match(one.headers.get('retry-after') ?? '', /^(5\d|60)$/)
  })
  it('says the same of a wrong password, an unknown account and somebody who has left', async () => {
    const { token } = server.people.administrator
    const made = (await server.call('POST', '/persons', { token, body: { name: 'Gone', email: 'gone@harbour.test' } }))
      .body as { id: number }
    const { link } = (await server.call('POST', `/persons/${made.id}/password-link`, { token })).body as {
      link: string
    }
    await server.call('POST', '/password-link/use', {
      body: { link: link.split('#')[1], password: 'quiet evening rain' },
    })
    await server.call('POST', `/persons/${made.id}/leave`, { token, body: {} })
    const answers = [
      await enter(ada, 'wrong'),
      await enter('nobody@harbour.test', 'wrong'),
      await enter('gone@harbour.test', 'quiet evening rain'),
    ]
    const said = answers.map(({ body, status }) => [status, (body as { detail: string }).detail])
    assert.deepEqual(said[1], said[0])
    assert.deepEqual(said[2], said[0])
  })
  it('gains nothing from a hundred tries at once', async () => {
    const tries = await Promise.all(Array.from({ length: 100 }, () => enter(ada, 'wrong')))
    const counts = Map.groupBy(tries, ({ status }) => status)
    assert.ok((counts.get(401)?.length ?? 0) <= 8, `${counts.get(401)?.length} passwords were looked at`)
    assert.equal((counts.get(401)?.length ?? 0) + (counts.get(429)?.length ?? 0), 100)
  })
  it('waits longer each time, and the right password is let in after the wait', async () => {
    await statuses(ada, 5)
    const waits: number[] = []
    for (let at = 0; at < 7; at++) {
      waits.push(await longest())
      await hold()
      problem(await enter(ada, administratorPassword), 429)
      await later(60)
      problem(await enter(ada, 'wrong'), 401)
    }
    assert.deepEqual(waits, [2, 4, 8, 16, 32, 64, 128])
    await later(256)
    assert.equal((await enter(ada, administratorPassword)).status, 200)
    const { token, id } = server.people.administrator
    const after = (await server.call('GET', `/persons/${id}/sign-in`, { token })).body as { delay: unknown }
    assert.equal(after.delay, null, 'then it begins anew')
  })
  it('keeps nobody out of a browser that was let in before, nor lets strangers in by its mark', async () => {
    const own = new Visitor(server)
    assert.equal((await own.signIn(ada, administratorPassword)).status, 200)
    await statuses(ada, 5)
    await hold()
    problem(await enter(ada, administratorPassword), 429)
    own.cookies.delete('pilothouse')
    assert.equal((await own.signIn(ada, administratorPassword)).status, 200)
    const forger = new Visitor(server)
    forger.cookies.set('pilothouse-browser', `${own.cookies.get('pilothouse-browser')?.slice(0, -1)}A`)
    problem(await forger.signIn(ada, administratorPassword), 429)
    const thief = new Visitor(server)
    const made: number[] = []
    for (let at = 0; at < 7; at++) {
      thief.cookies.set('pilothouse-browser', own.cookies.get('pilothouse-browser') ?? '')
      made.push((await thief.signIn(ada, 'wrong')).status)
      await hold()
    }
    assert.deepEqual(made, [401, 401, 401, 401, 401, 429, 429], 'a stolen mark has its own four errors, no more')
  })
  it('of many accounts from one address is slowed down too, and one good account does not open the way', async () => {
    const made: number[] = []
    for (let at = 0; at < 54; at++) {
      made.push((await enter(`guess${at}@harbour.test`, 'wrong')).status)
      await hold()
      if (at === 10) assert.equal((await enter(ada, administratorPassword)).status, 200)
    }
    assert.equal(made.filter((status) => status === 401).length, 51)
    assert.equal(made.at(-1), 429)
  })
  it('holds across restarts: it stands in the database, and names nobody there', async () => {
    await statuses(ada, 5)
    const rows = await server.db.query<{ all: string }>('select d::text as all from sign_in_delay d')
    assert.equal(rows.length, 2)
    assert.ok(rows.every(({ all }) => !all.includes('ada') && !all.includes('127.0.0.1')))
  })
  it('is forgiven by an administrator, which is written down', async () => {
    await statuses(ada, 5)
    await hold()
    const { token, id } = server.people.administrator
    const before = (await server.call('GET', `/persons/${id}/sign-in`, { token })).body as {
      delay: { failures: number } | null
    }
    assert.equal(before.delay?.failures, 5)
    assert.equal((await server.call('POST', `/persons/${id}/unlock-sign-in`, { token })).status, 204)
    assert.equal((await enter(ada, administratorPassword)).status, 200)
    problem(await server.call('POST', `/persons/${id}/unlock-sign-in`, { token: server.people.manager.token }), 403)
  })
  it('is written down for the person and for the log, without the password and without what was typed', async () => {
    const secret = `typed-${crypto.randomUUID()}`
    await enter(ada, secret)
    await enter(`${secret}@harbour.test`, secret)
    await new Promise((resolve) => setTimeout(resolve, 500)) // the entry is not waited for
    const own = new Visitor(server)
    await own.signIn(ada, administratorPassword)
    const { items } = (await own.call('GET', '/me/sign-ins')).body as { items: { action: string; facts: object }[] }
    assert.deepEqual(items.slice(0, 2).map(({ action }) => action), ['sign-in', 'sign-in-failed']) // oxfmt-ignore
    assert.partialDeepStrictEqual(items[1]?.facts, {
      address: '127.0.0.1',
      device: 'Firefox on Linux',
      factor: 'password',
    })
    const lines = server.log.filter((line) => line.includes('sign-in failed'))
    assert.ok(lines.length >= 2)
    assert.ok(server.log.every((line) => !line.includes(secret)))
  })
  it('takes the same time whether the account exists or not', async () => {
    const [known, unknown]: [number[], number[]] = [[], []]
    for (let round = 0; round < 24; round++) {
      await server.db.query('delete from sign_in_delay')
      const answers = [await enter(ada, 'wrong'), await enter(`nobody${round}@harbour.test`, 'wrong')]
      assert.deepEqual(
        answers.map(({ status }) => status),
        [401, 401],
      )
      known.push(answers[0]?.took ?? 0)
      unknown.push(answers[1]?.took ?? 0)
    }
    const [a, b] = [medianOf(known), medianOf(unknown)]
    console.log(`median ${a.toFixed(1)} ms known, ${b.toFixed(1)} ms unknown`)
    assert.ok(Math.max(a, b) / Math.min(a, b) < 1.6, `${a} ms and ${b} ms`)
  })
  it('in a flood is turned away with 503 and leaves the event loop free', async () => {
    const gate = new Gate(2, 3)
    let most = 0
    let now = 0
    const work = async (): Promise<void> => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setTimeout(resolve, 5))
      now--
    }
    const ends = await Promise.allSettled(Array.from({ length: 9 }, () => gate.run(work)))
    assert.equal(most, 2)
    assert.deepEqual(ends.map(({ status }) => status).filter((status) => status === 'rejected').length, 4)
    await assert.rejects(
      gate.run(() => Promise.reject(new Error('of its own'))),
      /of its own/,
    )
    await gate.run(work)
  })
})

describe('what happened at the door', () => {
  it('is for the person and administrators, not for whoever reads the person', async () => {
    const { people } = server
    const own = new Visitor(server)
    await own.signIn(ada, administratorPassword)
    for (const who of ['agent', 'manager', 'requester', 'auditor'] as const) {
      const { token } = people[who]
      problem(await server.call('GET', `/persons/${people.administrator.id}/sign-in`, { token }), 403)
      for (const path of ['history', 'timeline']) {
        const { text } = await server.call('GET', `/persons/${people.administrator.id}/${path}?limit=500`, { token })
        assert.doesNotMatch(text, /sign-in|token-created|password|127\.0\.0\.1/)
      }
    }
    problem(await server.call('GET', `/persons/${people.auditor.id}/sign-in`, { token: people.outsider.token }), 404)
  })
  it('survives garbage in every field of every step', async () => {
    const garbage = [
      null,
      0,
      -1,
      [],
      {},
      '',
      ' ',
      '\u0000',
      "' or 1=1 --",
      'A'.repeat(100_000),
      { $ne: null },
      ['a'],
      '💣'.repeat(50),
      true,
    ]
    const fields: Record<string, string[]> = {
      '/session': ['email', 'password'],
      '/session/second': ['step', 'code'],
      '/session/passkey/options': ['step'],
      '/session/passkey': ['step', 'second', 'response'],
      '/password-link/look': ['link'],
      '/password-link/use': ['link', 'password'],
      '/setup': ['token', 'name', 'email', 'password', 'organisation', 'timeZone'],
    }
    const own = new Visitor(server)
    await own.signIn(ada, administratorPassword)
    const mine: Record<string, string[]> = {
      '/me/password': ['present', 'password'],
      '/me/totp/confirm': ['step', 'code'],
      '/me/passkeys': ['step', 'name', 'response'],
      '/me/proof': ['password', 'code', 'step', 'response'],
      '/tokens': ['name', 'days', 'readOnly', 'records'],
    }
    const faults: string[] = []
    const tried = async (who: Visitor, path: string, names: string[]): Promise<void> => {
      for (const name of names)
        for (const value of garbage) {
          const body = { ...Object.fromEntries(names.map((one) => [one, 'x'])), [name]: value }
          const { status, text } = await who.call('POST', path, body)
          await server.db.query('delete from sign_in_delay')
          if (status === 429 || status >= 500 || status < 200)
            faults.push(`${path} ${name}=${JSON.stringify(value)?.slice(0, 40)}: ${status} ${text.slice(0, 200)}`)
        }
    }
    for (const [path, names] of Object.entries(fields)) await tried(new Visitor(server), path, names)
    for (const [path, names] of Object.entries(mine)) await tried(own, path, names)
    assert.deepEqual(faults, [])
  })
})
