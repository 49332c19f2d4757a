// A real OpenLDAP server in a folder of its own, on free loopback ports; it ends with the test file.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'ldapts'
import { installPackage } from './apt.ts'
import { atEnd } from './database.ts'
import { freePort } from './port.ts'

export const suffix = 'dc=harbour,dc=test'
export const administrator = { dn: `cn=admin,${suffix}`, password: 'a secret of the directory' }
export interface Slapd {
  plain: string
  tls: string
  /** The PEM of the certificate of both. */
  authority: string
  client: Client
}

/** @returns why this machine has none, or null */
export async function slapdMissing(): Promise<string | null> {
  if (existsSync('/usr/sbin/slapd') || (await installPackage('slapd', console.log))) return null
  return 'needs slapd (OpenLDAP), which is not installed: apt-get install slapd'
}
/** @param ldif what is in it from the beginning, besides its root */
export async function startSlapd(ldif: string): Promise<Slapd> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-slapd-'))
  const [port, tlsPort] = [await freePort(), await freePort()]
  mkdirSync(path.join(folder, 'db'))
  certificate(folder)
  writeFileSync(path.join(folder, 'slapd.conf'), configuration(folder))
  writeFileSync(
    path.join(folder, 'begin.ldif'),
    `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\ndc: harbour\no: Harbour\n\n${ldif}`,
  )
  run('/usr/sbin/slapadd', ['-q', '-f', path.join(folder, 'slapd.conf'), '-l', path.join(folder, 'begin.ldif')])
  const addresses = { plain: `ldap://127.0.0.1:${port}`, tls: `ldaps://localhost:${tlsPort}` }
  const server = spawn(
    '/usr/sbin/slapd',
    ['-f', path.join(folder, 'slapd.conf'), '-h', `${addresses.plain} ldaps://127.0.0.1:${tlsPort}`, '-d', '0'],
    { stdio: 'ignore' },
  )
  const client = new Client({ url: addresses.plain })
  atEnd(async () => {
    await client.unbind().catch(() => {})
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  await answering(client)
  return { ...addresses, authority: readFileSync(path.join(folder, 'cert.pem'), 'utf8'), client }
}
async function answering(client: Client): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    try {
      return await client.bind(administrator.dn, administrator.password)
    } catch {
      await sleep(50) // it is still starting
    }
  }
  throw new Error('slapd did not start in ten seconds.')
}
function certificate(folder: string): void {
  run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'cert.pem')]) // oxfmt-ignore
}
function run(program: string, args: string[]): void {
  const ran = spawnSync(program, args, { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`${program}: ${ran.error?.message ?? ran.stderr}`)
}
function configuration(folder: string): string {
  return `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
pidfile ${folder}/slapd.pid
argsfile ${folder}/slapd.args
sizelimit size.soft=500 size.hard=500 size.pr=1000 size.prtotal=unlimited
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
database mdb
maxsize 2147483648
suffix "${suffix}"
rootdn "${administrator.dn}"
rootpw "${administrator.password}"
directory ${folder}/db
dbnosync
index objectClass,uid,mail,entryUUID,modifyTimestamp eq
overlay memberof
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=reader,${suffix}" read by * none
`
}
export interface Entry {
  uid: string
  /** Below the suffix; ou=people unless said otherwise. */
  place?: string
  [attribute: string]: string | undefined
}
export function person({ uid, place = 'ou=people', ...more }: Entry): string {
  const attributes = { cn: uid, sn: uid, mail: `${uid}@harbour.test`, ...more }
  const lines = Object.entries(attributes).map(([name, value]) =>
    value === undefined
      ? ''
      : /^[\x20-\x7e]*$/.test(value)
        ? `${name}: ${value}\n`
        : `${name}:: ${Buffer.from(value).toString('base64')}\n`,
  )
  return `dn: uid=${uid.replaceAll('\\', '\\5c')},${place},${suffix}\nobjectClass: inetOrgPerson\nuid: ${uid}\n${lines.join('')}\n`
}
export function unit(name: string): string {
  return `dn: ou=${name},${suffix}\nobjectClass: organizationalUnit\nou: ${name}\n\n`
}
export const reader = `dn: cn=reader,${suffix}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\nuserPassword: reads only\n\n`
