// A directory of 50,000 entries: the first run, a run of changes, and a reading of everything, with time and memory.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { Attribute, Change } from 'ldapts'
import type { Synced } from '#kit/federation/directory/state.ts'
import { syncDirectory, type SyncOrder } from '#kit/federation/directory/sync.ts'
import { opened, providerRow } from '#kit/federation/providers.ts'
import type { LdapProvider } from '#kit/federation/settings.ts'
import { Identities } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import { openLdap } from '#platform/federation/ldap.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { person, reader, slapdMissing, startSlapd, suffix, unit, type Slapd } from '../setup/slapd.ts'
import { unlessMissing } from '../setup/peers.ts'

const ENTRIES = 50_000
const missing = unlessMissing(await slapdMissing())
let server: TestServer
let slapd: Slapd
let provider = 0

async function sync(order: Partial<SyncOrder> = {}): Promise<{ synced: Synced; seconds: number; mostMb: number }> {
  const row = await providerRow(server.db, 1, provider)
  const parts = { store: server.store, identities: new Identities(server.db), federation: { ldap: openLdap() } }
  const began = performance.now()
  const atFirst = process.memoryUsage().rss
  let most = atFirst
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50)
  const known = opened(row, Buffer.alloc(32, 7)) as LdapProvider // it was made as one below
  const synced = await syncDirectory(
    parts,
    known,
    { isDry: false, isFull: false, mayRemoveMany: false, ...order },
    row.synced as Synced | null,
  )
  clearInterval(watch)
  return { synced, seconds: (performance.now() - began) / 1000, mostMb: Math.round((most - atFirst) / 1e6) }
}

describe('a directory of 50,000 entries', { skip: missing }, () => {
  before(async () => {
    server = await startTestServer()
    const dn = (n: number): string => `uid=u${n},ou=people,${suffix}`
    const people = Array.from({ length: ENTRIES }, (_, n) =>
      person({
        uid: `u${n}`,
        cn: `Zoë Nr ${n}`,
        telephoneNumber: `+49 ${n}`,
        title: 'Worker',
        ...(n === 0 ? {} : { manager: dn(Math.floor(n / 10)) }),
      }),
    )
    slapd = await startSlapd([unit('people'), reader, ...people].join(''))
    const settings = {
      url: slapd.plain,
      allowsPlain: true,
      innerHosts: [new URL(slapd.plain).host],
      bindDn: `cn=reader,${suffix}`,
      base: suffix,
      syncFilter: '(objectClass=inetOrgPerson)',
      createsPersons: true,
    }
    const { body } = await server.call('POST', '/admin/sign-in-providers', {
      token: server.people.administrator.token,
      body: { kind: 'ldap', name: 'Large', settings, secrets: { bindPassword: 'reads only' } },
    })
    provider = (body as { id: number }).id
  })
  it('is taken over in sets', async (t) => {
    const { synced, seconds, mostMb } = await sync()
    t.diagnostic(`first run: ${seconds.toFixed(1)} s, ${mostMb} MB above the start`)
    assert.equal(synced.counts.created, ENTRIES)
    assert.equal(synced.problemCount, 0)
    const [count] = await run<{ persons: number; led: number; roles: number }>(
      server.db,
      sql`select (select count(*) from person where email like 'u%@harbour.test') as persons, (select count(*) from person where line_manager is not null) as led, (select count(*) from provider_grant) as roles`,
    )
    assert.deepEqual(count, { persons: ENTRIES, led: ENTRIES - 1, roles: ENTRIES })
    assert.ok(seconds < 180 && mostMb < 700, `${seconds} s, ${mostMb} MB`)
  })
  it('is read again in changes alone, and in whole', async (t) => {
    for (const n of [7, 700, 7000])
      await slapd.client.modify(
        `uid=u${n},ou=people,${suffix}`,
        new Change({ operation: 'replace', modification: new Attribute({ type: 'title', values: ['Lead'] }) }),
      )
    await slapd.client.del(`uid=u49999,ou=people,${suffix}`)
    const changes = await sync()
    t.diagnostic(`changes: ${changes.seconds.toFixed(1)} s, ${changes.mostMb} MB above the start`)
    assert.deepEqual([changes.synced.isFull, changes.synced.counts.changed, changes.synced.counts.left], [false, 3, 1])
    const whole = await sync({ isFull: true })
    t.diagnostic(`everything, nothing new: ${whole.seconds.toFixed(1)} s, ${whole.mostMb} MB above the start`)
    assert.deepEqual([whole.synced.isFull, whole.synced.counts.changed, whole.synced.counts.left], [true, 0, 0])
  })
})
