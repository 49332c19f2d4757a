// Secrets that are known to the test go through the whole product; afterwards they are looked for everywhere.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { base32, codeAt, stepOf } from '#engines/totp.ts'
import { raw, run } from '#kit/sql.ts'
import { startTestServer, administratorPassword, type TestServer } from '../setup/server.ts'
import { Visitor } from '../api/visitor.ts'

let server: TestServer
let visitor: Visitor
/** What must be nowhere, by name. */
const canaries = new Map<string, string>()
/** Secrets that the one answer which made them shows once. */
const shown: string[] = []
before(async () => {
  server = await startTestServer()
  visitor = new Visitor(server)
  await plant()
})

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
