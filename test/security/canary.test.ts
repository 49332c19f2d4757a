// Secrets that are known to the test go through the whole product; afterwards they are looked for everywhere.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { base32, codeAt, stepOf } from '#engines/totp.ts'
import { system } from '#kit/actor.ts'
import { raw, run } from '#kit/sql.ts'
import { startTestServer, administratorPassword, type TestServer } from '../setup/server.ts'
import { Drafts } from '../setup/drafts.ts'
import { unzipped } from '../setup/unzip.ts'
import { settingsOf, SMTP_PASSWORD, startSmtp, type Smtp } from '../setup/smtp.ts'
import { startReceiver, type Receiver } from '../setup/receiver.ts'
import { Visitor } from '../api/visitor.ts'

let server: TestServer
let visitor: Visitor
let smtp: Smtp
let receiver: Receiver
/** What must be nowhere, by name. */
const canaries = new Map<string, string>()
/** Secrets that the one answer which made them shows once. */
const shown: string[] = []
before(async () => {
  process.env['PILOTHOUSE_ALLOW_PRIVATE_WEBHOOKS'] = 'true' // the receiver is on this machine
  server = await startTestServer({ isWorker: true })
  smtp = await startSmtp()
  receiver = await startReceiver()
  visitor = new Visitor(server)
  await oneOfEach()
  await plant()
})
/** Something of every kind, so that there is something to be asked for. */
async function oneOfEach(): Promise<void> {
  const drafts = new Drafts(server.store)
  const actor = system(1, 'canary', 'setup')
  for (const record of server.store.catalogue.records)
    await server.store.create(actor, record, await drafts.valid(record), { trusted: true }).catch(() => {}) // a few are made by the product alone
}

async function plant(): Promise<void> {
  const next = 'canary of seven grey lighthouses'
  canaries.set('a password', next)
  canaries.set('the password before', administratorPassword)
  canaries.set('a password that was wrong', 'canary-typed-by-mistake-91')
  await visitor.signIn('ada@harbour.test', 'canary-typed-by-mistake-91')
  await signIn(administratorPassword)
  ok(await visitor.call('POST', '/me/password', { present: administratorPassword, password: next }))
  await signIn(next)
  await plantSecondFactor()
  const token = ok(await visitor.call('POST', '/tokens', { name: 'canary', days: 9 }))
  keep('an API token', String(token['token']))
  canaries.set('another API token', server.people.agent.token)
  keep('a session', visitor.cookies.get('pilothouse') ?? '')
  await plantProviders()
  await plantOutgoing()
  // Secrets in the wrong places: an address, a filter, a broken body, a strange header.
  await server.call('GET', `/incidents?access_token=canary-in-an-address-17`, { token: server.people.agent.token })
  await server.call('POST', '/session', {
    body: '{"email":"x@y.test","password":"canary-in-a-broken-body-18',
    headers: { 'content-type': 'application/json' },
  })
  await server.call('GET', '/incidents', { token: 'canary-as-a-wrong-token-19' })
  await server.call('GET', '/incidents', {
    headers: { cookie: 'pilothouse=canary-as-a-wrong-session-20', authorization: 'Basic Y2FuYXJ5LWFzLWJhc2ljLTIx' },
  })
  await server.call('POST', '/setup', {
    body: {
      token: 'canary-as-a-setup-key-22',
      name: 'x',
      email: 'x@y.test',
      password: 'canary in a set-up 23',
      organisation: 'x',
      timeZone: 'UTC',
    },
  })
  for (const [name, value] of [
    ['a key in an address', 'canary-in-an-address-17'],
    ['a broken body', 'canary-in-a-broken-body-18'],
    ['a wrong token', 'canary-as-a-wrong-token-19'],
    ['a wrong session', 'canary-as-a-wrong-session-20'],
    ['basic credentials', 'Y2FuYXJ5LWFzLWJhc2ljLTIx'],
    ['a wrong set-up key', 'canary-as-a-setup-key-22'],
    ['a password of a set-up', 'canary in a set-up 23'],
  ] as const)
    canaries.set(name, value)
  // A fault of the database, with secrets among what was sent.
  await server.db.query('alter table saved_view rename to saved_view_gone')
  const { plural } = server.store.catalogue.get('savedView')
  const broken = await visitor.call('GET', `/${plural}?filter=name:canary-in-an-address-17`)
  assert.equal(broken.status, 500, broken.text)
  await server.db.query('alter table saved_view_gone rename to saved_view')
}
async function signIn(password: string): Promise<void> {
  visitor.cookies.clear()
  ok(await visitor.signIn('ada@harbour.test', password))
}
async function plantSecondFactor(): Promise<void> {
  const begun = ok(await visitor.call('POST', '/me/totp'))
  const text = String(begun['secret']).replace(/\s/g, '')
  const done = ok(
    await visitor.call('POST', '/me/totp/confirm', {
      step: begun['step'],
      code: codeAt(fromBase32(text), stepOf(Date.now())),
    }),
  )
  keep('a TOTP secret', text)
  keep('a TOTP secret as bytes', fromBase32(text).toString('hex'))
  for (const code of (done['recoveryCodes'] as string[]).slice(0, 3))
    keep(`the recovery code ${code.slice(0, 2)}…`, code)
}
async function plantProviders(): Promise<void> {
  const secrets = { oidc: 'canary-client-secret-31', ldap: 'canary-bind-password-32' }
  ok(
    await visitor.call('POST', '/admin/sign-in-providers', {
      kind: 'oidc',
      name: 'Canary ID',
      settings: { issuer: 'https://id.harbour.test', clientId: 'pilothouse' },
      secrets: { clientSecret: secrets.oidc },
    }),
  )
  const ldap = ok(
    await visitor.call('POST', '/admin/sign-in-providers', {
      kind: 'ldap',
      name: 'Canary directory',
      settings: { url: 'ldaps://127.0.0.1:1', innerHosts: ['127.0.0.1'], bindDn: 'cn=reader', base: 'dc=x' },
      secrets: { bindPassword: secrets.ldap },
    }),
  )
  await visitor.call('POST', `/admin/sign-in-providers/${String(ldap['id'])}/test`)
  canaries.set('the secret of a provider', secrets.oidc)
  canaries.set('the password of a directory', secrets.ldap)
}
/** Secrets with which the product shows itself to others, and addresses that are secrets: each is used. */
async function plantOutgoing(): Promise<void> {
  canaries.set('the password of the mail server', SMTP_PASSWORD)
  ok(await visitor.call('PUT', '/admin/mail', { settings: settingsOf(smtp), password: SMTP_PASSWORD }))
  const sent = ok(await visitor.call('POST', '/admin/mail/test', {}))
  assert.equal(sent['isSent'], true, JSON.stringify(sent))
  const hook = ok(
    await visitor.call('POST', '/admin/webhooks', { name: 'Canary', url: receiver.address, events: ['created'] }),
  )
  const secret = String(hook['secret'])
  keep('the secret of a webhook', secret)
  keep('the bytes of the secret of a webhook', secret.replace('whsec_', '').replace(/=+$/, ''))
  ok(await visitor.call('POST', `/admin/webhooks/${String(hook['id'])}/test`, {}))
  const feed = ok(await visitor.call('POST', '/calendar-feeds', { name: 'Canary', parts: [{ record: 'task' }] }))
  const address = new URL(String(feed['address']))
  keep('the key of a calendar feed', address.pathname.split('/').at(-1)?.replace('.ics', '') ?? '')
  assert.equal((await fetch(server.url + address.pathname)).status, 200)
}
function ok(answer: { status: number; text: string; body: unknown }): Record<string, unknown> {
  assert.ok(answer.status < 300, answer.text)
  return (answer.body ?? {}) as Record<string, unknown>
}
function keep(name: string, secret: string): void {
  assert.ok(secret.length > 5, `${name}: ${secret}`)
  canaries.set(name, secret)
  shown.push(secret)
}
function fromBase32(text: string): Buffer {
  const bits = Array.from(text)
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
/** The names of the secrets in this text, in every form that a secret takes on its way. */
function found(text: string): string[] {
  return [...canaries].flatMap(([name, secret]) =>
    [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('hex'),
    ].some((form) => text.includes(form))
      ? [name]
      : [],
  )
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(100)) if (await isSo()) return
  assert.fail(`It never came to this: ${what}`)
}
/** This path about the first things there are: of the kind of record that it names, else the first of whatever it is. */
async function filledIn(path: string): Promise<string[]> {
  const kinds = server.store.catalogue.records
  const ofKind = path.includes('{record}') ? kinds.map(({ name, plural }) => ({ path: path.replace('{record}', name), plural })) : [{ path, plural: path.split('/')[1] ?? '' }] // oxfmt-ignore
  const ids = await Promise.all(ofKind.map(({ plural }) => firstOf(plural)))
  return ofKind.map(({ path: one }, at) => one.replace('{id}', ids[at] ?? '1').replace(/\{\w+\}/g, '1'))
}
const known = new Map<string, string>()
async function firstOf(plural: string): Promise<string> {
  const had = known.get(plural)
  if (had !== undefined) return had
  const lists = await Promise.all([
    server.call('GET', `/${plural}?limit=2`, { token: server.people.manager.token }),
    visitor.call('GET', `/${plural}?limit=2`),
  ])
  const items = lists.flatMap(({ body }) => ((body ?? {}) as { items?: { id?: number | string }[] }).items ?? [])
  const id = String(items[0]?.id ?? 1)
  known.set(plural, id)
  return id
}

describe('[ASVS 16.2.5] [ASVS 14.2.1] a secret that the test knows', () => {
  it('is found by this test where it is: the search works', () => {
    assert.deepEqual(found(`x ${Buffer.from('canary-client-secret-31').toString('base64')}`), [
      'the secret of a provider',
    ])
    assert.equal(base32(fromBase32('JBSWY3DPEHPK3PXP')), 'JBSWY3DPEHPK3PXP')
    assert.ok(canaries.size >= 15)
  })
  it('is not in the log', () => {
    for (const said of ['sign-in failed', 'an API token was used', '"fault '])
      assert.ok(
        server.log.some((line) => line.includes(said)),
        `the log holds no ${said}:\n${server.log.join('').slice(0, 600)}`,
      )
    assert.deepEqual(found(server.log.join('')), [])
  })
  it('[ASVS 16.3.4] a fault is a line with its request, and nothing of what was sent', () => {
    const line = server.log.find((one) => one.includes('"fault ')) ?? assert.fail('no fault in the log')
    const told = JSON.parse(line) as Record<string, unknown>
    assert.match(String(told['request']), /^[\da-f-]{36}(?:\.(?:session|token)-\w+)?$/)
    assert.match(line, /saved_view/, 'what failed')
    assert.deepEqual(found(line), [])
  })
  it('[ASVS 13.3.1] [ASVS 11.4.2] is in no table: neither in clear nor so that it can be read back', async () => {
    const tables = await server.db.query(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    )
    assert.ok(tables.length > 40)
    let bytes = 0
    for (const { name } of tables as { name: string }[]) {
      const rows = await run<{ row: string }>(server.db, raw(`select t::text as row from ${name} t`))
      const text = rows.map(({ row }) => row).join('\n')
      bytes += text.length
      assert.deepEqual(found(text), [], `in the table ${name}: what a backup would hold`)
    }
    assert.ok(bytes > 10_000)
  })
  it('is in no answer of the API, in no export, in no history', { timeout: 120_000 }, async () => {
    const list = server.running.routes.filter(
      ({ method, path }) => method === 'GET' && !path.includes('{') && path !== '/events',
    )
    let read = 0
    const look = async (path: string): Promise<void> => {
      const answer = await visitor.call('GET', path)
      read++
      assert.deepEqual(found(answer.text), [], path)
    }
    for (const { path } of list) await look(path)
    for (const record of server.store.catalogue.records)
      for (const format of ['csv', 'jsonl']) await look(`/${record.plural}/export?format=${format}`)
    for (const path of [
      '/persons/1/history?limit=200',
      '/persons/1/timeline?limit=200',
      '/admin/sign-in-providers/1',
      '/admin/sign-in-providers/2',
      '/me/sign-ins',
    ])
      await look(path)
    for (const path of ['//metrics', '//api/docs', '//healthz', '//readyz', '//nothing']) await look(path)
    assert.ok(read > 120, `${read} answers`)
  })
  it('is in no answer about one thing, whatever it is', { timeout: 180_000 }, async () => {
    const read: string[] = []
    for (const { method, path } of server.running.routes) {
      if (method !== 'GET' || !path.includes('{')) continue
      for (const filled of await filledIn(path)) {
        // Whoever administers does not read everything; the manager reads what is of the work.
        for (const answer of [
          await visitor.call('GET', filled),
          await server.call('GET', filled, { token: server.people.manager.token }),
        ]) {
          assert.deepEqual(found(answer.text), [], filled)
          if (answer.status === 200) read.push(path)
        }
      }
    }
    for (const path of ['/persons/{id}', '/admin/sign-in-providers/{id}', '/admin/webhooks/{id}/deliveries'])
      assert.ok(read.includes(path), `${path} was not read`)
    assert.ok(new Set(read).size > 40, `${new Set(read).size} addresses answered:\n${[...new Set(read)].join('\n')}`)
  })
  it('is in no package about a person', async () => {
    const { id } = server.people.agent
    ok(await visitor.call('POST', `/persons/${id}/access-package`, {}))
    const list = async (): Promise<{ id: number; state: string }[]> =>
      ok(await visitor.call('GET', '/admin/access-packages'))['items'] as { id: number; state: string }[]
    await until('the package is made', async () => (await list())[0]?.state === 'made')
    const token = server.people.administrator.token
    const made = await fetch(`${server.url}/api/v1/admin/access-packages/${(await list())[0]?.id}/content`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const text = unzipped(Buffer.from(await made.arrayBuffer()))
    assert.ok(text.includes(`P-${id}`))
    assert.deepEqual(found(text), [])
  })
  it('is in nothing that was sent: neither mail nor webhook', async () => {
    await until('the webhook has called', async () => receiver.received.length > 0)
    assert.ok(smtp.received.length > 0)
    assert.deepEqual(found(smtp.received.map(({ raw }) => raw).join('\n')), [])
    assert.ok(receiver.received[0]?.includes('webhook-signature'), receiver.received.join('\n'))
    assert.deepEqual(found(receiver.received.join('\n')), [])
  })
  it('is in no refusal, whatever was wrong with the request that carried it', async () => {
    const secret = 'canary-client-secret-31'
    for (const [method, path, body] of [
      ['POST', '/session', { email: secret, password: secret }],
      ['POST', '/session', { password: { secret } }],
      ['POST', '/tokens', { name: 5, days: secret }],
      ['POST', '/me/password', { present: secret, password: secret }],
      ['POST', '/me/totp/confirm', { step: secret, code: secret.slice(0, 20) }],
      ['POST', '/password-link/use', { link: secret, password: secret }],
      [
        'POST',
        '/admin/sign-in-providers',
        { kind: 'oidc', name: 'x', settings: {}, secrets: { clientSecret: secret } },
      ],
    ] as const) {
      const answer = await visitor.call(method, path, body)
      assert.ok(answer.status >= 400, path)
      assert.deepEqual(found(answer.text), [], `${method} ${path}`)
    }
  })
  it('is in no statement that an administrator of the database can watch', async () => {
    const rows = await server.db.query<{ query: string | null }>('select query from pg_stat_activity')
    assert.deepEqual(found(rows.map(({ query }) => query ?? '').join('\n')), [])
    assert.deepEqual(found(server.log.join('')), [], 'nor in the log after all this')
  })
  it('[ASVS 14.2.1] is in no address that the server makes or takes: routes take none in their query', () => {
    const secretive = server.running.routes.flatMap(({ path, query }) =>
      Object.keys(query ?? {})
        .filter((name) => /password|token|secret|code$|session/i.test(name))
        .map((name) => `${path}?${name}`),
    )
    // The code that a provider hands over is for one use, bound to the browser that began, and soon worthless.
    assert.deepEqual(
      secretive.filter((one) => one !== '/sign-in/oidc/{provider}/callback?code'),
      [],
    )
  })
})
