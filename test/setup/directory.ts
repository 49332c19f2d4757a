// The real server with a real OpenLDAP server as a provider of sign-ins and persons.
import assert from 'node:assert/strict'
import { Attribute, Change } from 'ldapts'
import { syncDirectory, type SyncOrder } from '#kit/federation/directory/sync.ts'
import type { Synced } from '#kit/federation/directory/state.ts'
import { opened, providerRow } from '#kit/federation/providers.ts'
import type { LdapProvider } from '#kit/federation/settings.ts'
import { Identities } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import { openLdap } from '#platform/federation/ldap.ts'
import { startTestServer, type TestServer } from './server.ts'
import { person, reader, startSlapd, suffix, unit, type Slapd } from './slapd.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
export const dnOf = (uid: string, place = 'ou=people'): string => `uid=${uid},${place},${suffix}`

/** Boss and Mia of the group desk, twins with one e-mail, one who is disabled, one who is here already, and many. */
export async function openDirectory(): Promise<Directory> {
  const slapd = await startSlapd(
    [
      unit('people'),
      unit('leavers'),
      unit('groups'),
      reader,
      person({
        uid: 'boss',
        cn: 'Bo Søndergård 山田',
        telephoneNumber: '+45 1',
        userPassword: 'boss word',
        departmentNumber: 'Sales',
        l: 'Kiel',
      }),
      person({
        uid: 'mia',
        cn: 'Mia Møller',
        manager: dnOf('boss'),
        userPassword: 'mias long word',
        telephoneNumber: '+45 2',
        title: 'Analyst',
        departmentNumber: 'Sales',
      }),
      person({ uid: 'off', userPassword: 'off word', employeeType: 'disabled' }),
      person({ uid: 'a(b)*c\\d', userPassword: 'odd word' }),
      person({ uid: 'twin1', mail: 'twin@harbour.test' }),
      person({ uid: 'twin2', mail: 'twin@harbour.test' }),
      person({ uid: 'ada', cn: 'Ada of LDAP', userPassword: 'ada word' }),
      person({ uid: 'lost', departmentNumber: 'Nowhere' }),
      ...Array.from({ length: 20 }, (_, n) => person({ uid: `many${n}` })),
      `dn: cn=desk,ou=groups,${suffix}\nobjectClass: groupOfNames\ncn: desk\nmember: ${dnOf('boss')}\n\n`,
    ].join(''),
  )
  const here = new Directory(await startTestServer(), slapd)
  await here.modify(`cn=desk,ou=groups,${suffix}`, 'add', 'member', [dnOf('mia')]) // memberOf is kept from here on
  for (const [path, body] of [
    ['/units', { name: 'Sales', kind: 'department' }],
    ['/locations', { name: 'Kiel' }],
  ] as const)
    assert.equal((await here.ask('POST', path, body)).status, 201)
  here.provider = (await here.configure('Harbour LDAP')).id
  return here
}

export class Directory {
  readonly server: TestServer
  readonly slapd: Slapd
  /** The one that is configured; 0 before. */
  provider = 0
  constructor(server: TestServer, slapd: Slapd) {
    this.server = server
    this.slapd = slapd
  }
  /** Asks as an administrator. */
  async ask(method: string, path: string, body?: unknown, headers = {}): Promise<{ status: number; body: Loose }> {
    return this.server.call(method, path, { body, token: this.server.people.administrator.token, headers })
  }
  async configure(name: string, more: object = {}): Promise<Loose> {
    const { plain, tls } = this.slapd
    const settings = {
      url: plain,
      allowsPlain: true,
      innerHosts: [new URL(plain).host, new URL(tls).host],
      bindDn: `cn=reader,${suffix}`,
      base: suffix,
      syncFilter: '(objectClass=inetOrgPerson)',
      signInFilter: '(&(objectClass=inetOrgPerson)(|(uid={name})(mail={name})))',
      disabledWhen: 'employeeType=disabled',
      createsPersons: true,
      groups: [{ group: `cn=desk,ou=groups,${suffix}`, roles: ['agent'] }],
      ...more,
    }
    const secrets = { bindPassword: 'reads only' }
    const made = await this.ask('POST', '/admin/sign-in-providers', { kind: 'ldap', name, settings, secrets })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    return made.body
  }
  async slugOf(id: number): Promise<string> {
    const [row] = await run<{ slug: string }>(
      this.server.db,
      sql`select slug from identity_provider where org = 1 and id = ${id}`,
    )
    return row?.slug ?? ''
  }
  /** @param at the address of a provider; of the configured one when absent */
  async signIn(name: string, password: string, at?: string): Promise<Awaited<ReturnType<TestServer['call']>>> {
    const slug = at ?? (await this.slugOf(this.provider))
    return this.server.call('POST', `/sign-in/ldap/${slug}`, { body: { name, password } })
  }
  async sync(order: Partial<SyncOrder> = {}): Promise<Synced> {
    const { db, store } = this.server
    const row = await providerRow(db, 1, this.provider)
    const parts = { store, identities: new Identities(db), federation: { ldap: openLdap() } }
    const whole = { isDry: false, isFull: false, mayRemoveMany: false, ...order }
    const known = opened(row, Buffer.alloc(32, 7)) as LdapProvider // it was made as one above
    return syncDirectory(parts, known, whole, row.synced as Synced | null)
  }
  async personBy(email: string): Promise<Loose> {
    const filter = encodeURIComponent(`email:"${email}"`)
    const fields = 'name,email,status,phone,unit,location,lineManager,jobTitle'
    return (await this.ask('GET', `/persons?filter=${filter}&fields=${fields}`)).body.items[0]
  }
  modify(dn: string, operation: 'add' | 'delete' | 'replace', type: string, values: string[]): Promise<void> {
    return this.slapd.client.modify(dn, new Change({ operation, modification: new Attribute({ type, values }) }))
  }
}
