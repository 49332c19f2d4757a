// Addresses that people give us to fetch: nothing inside the own network is reached through us, by any spelling or trick.
import assert from 'node:assert/strict'
import type { LookupAddress } from 'node:dns'
import { globSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { after, before, describe, it } from 'node:test'
import path from 'node:path'
import { isPublicAddress, publicFetch, type Resolve } from '#platform/public-fetch.ts'
import { addressJudge, publicPost } from '#platform/public-post.ts'

const limits = { mostBytes: 10_000, timeoutMs: 1500 }
let inner: Server
let port = 0
/** What reached the server inside. */
const visits: string[] = []
before(async () => {
  inner = createServer((request, response) => {
    visits.push(request.url ?? '')
    if (request.url?.startsWith('/to?') === true)
      return void response.writeHead(302, { location: decodeURIComponent(request.url.slice(4)) }).end()
    if (request.url === '/endless') return void response.write('x'.repeat(20_000))
    if (request.url === '/drip') return void setInterval(() => response.write('x'), 100).unref()
    response.end('secret of the inside')
  })
  await new Promise<void>((done) => inner.listen(0, '127.0.0.1', done))
  const address = inner.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
after(() => {
  inner.closeAllConnections()
  inner.close()
})

/** Names answered by the test, each time the next answer, the last one for ever. */
function resolver(answers: Record<string, string[][]>): { resolve: Resolve; asked: string[] } {
  const asked: string[] = []
  const resolve: Resolve = (hostname, _, done) => {
    asked.push(hostname)
    const turns = answers[hostname] ?? []
    const turn = turns[Math.min(asked.filter((one) => one === hostname).length, turns.length) - 1] ?? []
    const found: LookupAddress[] = turn.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    done(found.length === 0 ? Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }) : null, found)
  }
  return { resolve, asked }
}

describe('[ASVS 1.3.6] [ASVS 13.2.4] [ASVS 13.2.5] an address inside the own network', () => {
  it('is refused in every way of writing it', async () => {
    const hosts = [
      '127.0.0.1',
      '127.1',
      '127.255.255.254',
      '2130706433',
      '0x7f000001',
      '0x7f.1',
      '0177.0.0.1',
      '017700000001',
      '0',
      '0.0.0.0',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '192.0.0.8',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::ffff:169.254.169.254]',
      '[0:0:0:0:0:ffff:10.0.0.1]',
      '[::127.0.0.1]',
      '[::ffff:0:127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[64:ff9b:1::7f00:1]',
      '[2002:7f00:1::]',
      '[2001:0:7f00:1::]',
      '[fe80::1]',
      '[fd00::1]',
      '[fec0::1]',
      '[ff02::1]',
      '[2001:db8::1]',
      '[3fff::1]',
      '[5f00::1]',
      '１２７.0.0.1',
      '127。0。0。1',
      '①②⑦.0.0.1',
    ]
    for (const host of hosts)
      await assert.rejects(
        publicFetch(false)(`http://${host}:80/`, limits),
        /inside the own network|not a web address/,
        host,
      )
    assert.deepEqual(visits, [])
  })
  it('is told from a public one by its number alone', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8', '2a00:1450:4001::1'])
      assert.ok(isPublicAddress(address), address)
    for (const address of ['', 'localhost', '127.0.0.1%eth0', 'fe80::1%eth0', '::ffff:a00:1', '999.1.1.1'])
      assert.ok(!isPublicAddress(address), address)
  })
  it('is refused when a name stands for it, alone or among public ones', async () => {
    for (const found of [
      ['127.0.0.1'],
      ['::1'],
      ['93.184.215.14', '127.0.0.1'],
      ['10.0.0.1', '93.184.215.14'],
      ['::ffff:127.0.0.1'],
    ]) {
      const { resolve } = resolver({ 'evil.test': [found] })
      await assert.rejects(
        publicFetch(false, resolve)(`http://evil.test:8080/`, limits),
        /inside the own network/,
        found.join(),
      )
    }
    await assert.rejects(publicFetch(false)(`http://localhost:8080/`, limits), /inside the own network/)
    assert.deepEqual(visits, [])
  })
  it('is not reached by a name that changes its mind: it is looked up once, and that address is used', async () => {
    // Whatever stands at the first address (nothing, or a proxy that refuses), a second look-up would lead inside.
    const { resolve, asked } = resolver({ 'rebind.test': [['192.88.98.1'], ['127.0.0.1']] })
    await assert.rejects(
      publicFetch(false, resolve)(`http://rebind.test:8080/`, limits),
      /did not answer in time|cannot be reached|answered with/,
    )
    assert.deepEqual(asked, ['rebind.test'])
    assert.deepEqual(visits, [])
  })
  it('is refused as it is given to be told something, and names the setting of its own', async () => {
    const { resolve } = resolver({
      'hook.internal': [['127.0.0.1']],
      'both.test': [['93.184.215.14', '10.0.0.1']],
      'hook.test': [['93.184.215.14']],
    })
    const judge = addressJudge(false, { resolve })
    for (const address of ['http://127.0.0.1:8080/', 'http://[::1]:8080/', 'https://hook.internal/', 'https://both.test/']) // oxfmt-ignore
      assert.match((await judge(address)) ?? '', /inside the own network.*PILOTHOUSE_ALLOW_PRIVATE_WEBHOOKS=true/, address) // oxfmt-ignore
    assert.match((await judge('https://hook.test:6379/')) ?? '', /belongs to another service/)
    assert.equal(await judge('https://hook.test/'), null)
    assert.equal(await judge('https://nobody-knows-it.test/'), null, 'it may be known when it is called')
    assert.equal(await addressJudge(true, { resolve })('https://hook.internal/'), null)
    // A name that nobody answers for holds nobody up.
    assert.equal(await addressJudge(false, { resolve: () => {}, lookMs: 10 })('https://silent.test/'), null)
    const posted = { headers: {}, body: '' }
    const push = await publicPost(false, { setting: null })('http://127.0.0.1:8080/', posted, AbortSignal.timeout(1000))
    assert.deepEqual(push, { kind: 'trouble', because: '127.0.0.1 is an address inside the own network, and is not called. Give a public address.' }) // oxfmt-ignore
    assert.deepEqual(visits, [])
  })
  it('is read when the installation allows it, and only then', async () => {
    const { resolve } = resolver({ 'feed.internal': [['127.0.0.1']] })
    assert.equal(await publicFetch(true, resolve)(`http://feed.internal:${port}/`, limits), 'secret of the inside')
  })
})

describe('[ASVS 15.3.2] being sent on', () => {
  const allowed = async (to: string): Promise<string> => {
    const { resolve } = resolver({ 'feed.internal': [['127.0.0.1']], 'other.internal': [['127.0.0.1']] })
    return publicFetch(true, resolve)(`http://feed.internal:${port}/to?${encodeURIComponent(to)}`, limits)
  }
  it('is followed on the same server and nowhere else', async () => {
    assert.equal(await allowed('/here'), 'secret of the inside')
    await assert.rejects(allowed(`http://other.internal:${port}/`), /sends on to another server/)
    await assert.rejects(allowed(`http://127.0.0.1:${port}/`), /sends on to another server/)
    for (const to of [
      'file:///etc/passwd',
      'gopher://feed.internal/',
      'ftp://feed.internal/',
      'data:text/plain,x',
      'javascript:1',
    ])
      await assert.rejects(allowed(to), /not called from here|another server/, to)
    await assert.rejects(allowed('http://feed.internal:22/'), /port/)
    await assert.rejects(allowed('http://user:pw@feed.internal/'), /name or a password/)
  })
  it('in a circle ends', async () => {
    const self = `http://feed.internal:${port}/to?`
    let to = '/here'
    for (let n = 0; n < 6; n++) to = self + encodeURIComponent(to)
    await assert.rejects(allowed(to), /in a circle/)
  })
})

describe('[ASVS 1.2.2] [ASVS 1.3.6] an address', () => {
  it('of another kind than http and https, with a password, or on a port of other services is refused', async () => {
    for (const address of [
      'file:///etc/passwd',
      'ftp://h/',
      'gopher://h/',
      'dict://h:11211/',
      'jar:http://h!/',
      'netdoc:///etc/passwd',
      'ldap://h/',
      'data:text/plain,x',
      'javascript:alert(1)',
      'blob:http://h/1',
      'unix:/var/run/x',
      'h',
      '//h/',
      '',
    ])
      await assert.rejects(publicFetch(true)(address, limits), /not called from here|not a web address/, address)
    for (const odd of [
      1, 22, 23, 25, 53, 110, 143, 389, 445, 465, 587, 993, 2049, 3306, 5432, 5900, 6000, 6379, 6667, 9200, 11211,
      27017,
    ])
      await assert.rejects(publicFetch(true)(`http://93.184.215.14:${odd}/`, limits), /port/, String(odd))
    await assert.rejects(publicFetch(true)('http://a:b@h/', limits), /name or a password/)
  })
  it('whose answer does not end, or comes a drop at a time, is left', async () => {
    const { resolve } = resolver({ 'feed.internal': [['127.0.0.1']] })
    const fetchText = publicFetch(true, resolve)
    await assert.rejects(fetchText(`http://feed.internal:${port}/endless`, limits), /sends more than/)
    const began = performance.now()
    await assert.rejects(fetchText(`http://feed.internal:${port}/drip`, limits), /did not answer in time/)
    assert.ok(performance.now() - began < 4000)
  })
})

/** Who may open a connection, and why; each checks where it leads. */
const MAY_CONNECT: Readonly<Record<string, string>> = {
  'src/platform/public-fetch.ts': 'addresses that people give: public ones only',
  'src/platform/public-post.ts': 'looks names up by the same guard, and is tried by test/api/webhooks.test.ts',
  'src/platform/federation/guarded-fetch.ts': 'providers that administrators name: public, or named as inside',
  'src/platform/federation/ldap.ts': 'directories that administrators name: looked up through the same guard',
  'src/platform/federation/oidc.ts': 'hands the guarded fetch to the library',
  'src/platform/federation/logout-token.ts': 'hands the guarded fetch to the library, for the keys of a provider',
  'src/platform/mail/smtp.ts':
    'the mail server that administrators name: its address is looked up through the same guard',
  'src/main/health/server.ts': 'the doctor asks the server of its own machine',
  'src/main/health/certificate.ts':
    'looks at the certificate of PUBLIC_URL, which the administrator of the machine sets',
  'src/platform/backup/s3-store.ts': 'the storage for backups that the administrator of the machine names',
  'src/platform/postgres/postmaster.ts': 'asks the embedded database through its own socket file',
  'src/web/data/http.ts': 'the browser calls its own server',
  'src/web/data/live-leader.ts': 'the browser listens to its own server',
  'src/web/offline/worker/files.ts': 'the browser takes the files of the app from its own server',
  'src/web/offline/worker/subscription.ts': 'the browser tells its own server of its push subscription',
  'src/web/data/reach.ts': 'the browser asks whether its own server is there',
}
describe('[ASVS 1.3.6] everything that goes out', () => {
  it('goes through what checks where it leads', () => {
    const root = path.join(import.meta.dirname, '../..')
    const opens =
      /(?<![.\w])fetch\(|\bhttps?\.(request|get)\(|\b(net|tls)\.(connect|createConnection)\(|\bhttps? : https?\)\.(get|request)|\bhttps? : http\b|from 'undici'|import \{[^}]*\b(connect|createConnection|request|get)\b[^}]*\} from 'node:(net|tls|https?|http2)'|\bnew (WebSocket|EventSource)\(|\bdgram\./
    const found = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter(
      (file) => !/\.test\.tsx?$/.test(file) && opens.test(code(path.join(root, file))),
    )
    assert.ok(found.length >= 4, `the pattern finds only ${found.join()}`)
    const strange = found.filter((file) => !Object.hasOwn(MAY_CONNECT, file))
    assert.deepEqual(
      strange,
      [],
      'they open connections by themselves: use #platform/public-fetch.ts, or name here why not',
    )
  })
})
function code(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
}
