/** LDAP through ldapts: sign-in by search and bind, and reading a directory in pages. Referrals are never followed. */
import net from 'node:net'
import tls from 'node:tls'
import { Client, Filter, InvalidCredentialsError, type Entry } from 'ldapts'
import { say } from '#engines/say.ts'
import type { DirectoryEntry, LdapPort, Profile } from '#kit/federation/ports.ts'
import type { LdapProvider } from '#kit/federation/settings.ts'
import { badRequest, Refusal } from '#kit/problem.ts'
import { entryFrom, idFrom } from './ldap-entry.ts'
import { guardedLookup, isInner, refuseInner } from './guarded-fetch.ts'

const PATIENCE_MS = 10_000
/** Reading a page of a large directory takes longer than a sign-in. */
const READING_MS = 120_000
const PAGE = 1000

export function openLdap(): LdapPort {
  return { signIn, look, entries, present, test }
}

async function signIn(provider: LdapProvider, name: string, password: string): Promise<Profile | null> {
  // A bind with an empty password is "unauthenticated" (RFC 4513 5.1.2) and succeeds on many servers.
  if (password === '' || name.includes('\0')) return null
  const found = await asService(provider, PATIENCE_MS, (client) => theOne(client, provider, name))
  if (found === null || !(await isBound(provider, found.dn, password))) return null
  if (found.isDisabled)
    throw new Refusal(403, 'left', say`${provider.name} says that your account is disabled. Ask its administrator.`)
  return {
    subject: found.id,
    email: found.email,
    isEmailVerified: found.email !== null,
    name: found.name,
    groups: found.groups,
  }
}
async function look(
  provider: LdapProvider,
  name: string,
  password: string,
): Promise<{ found: number; entry: DirectoryEntry | null; isPassword: boolean | null }> {
  if (name.includes('\0')) return { found: 0, entry: null, isPassword: null }
  const entries = await asService(provider, PATIENCE_MS, (client) => named(client, provider, name))
  const [only] = entries
  if (only === undefined || entries.length > 1) return { found: entries.length, entry: null, isPassword: null }
  const entry = entryFrom(provider.settings, only)
  if (entry === null)
    throw badRequest(
      say`${only.dn} has no attribute ${provider.settings.attributes.id}, by which it would be known again after a move. Choose another one.`,
    )
  return { found: 1, entry, isPassword: password === '' ? null : await isBound(provider, entry.dn, password) }
}
/** The one entry with this name; null when there is none, or several. */
async function theOne(client: Client, provider: LdapProvider, name: string): Promise<DirectoryEntry | null> {
  const [entry, another] = await named(client, provider, name)
  return entry === undefined || another !== undefined ? null : entryFrom(provider.settings, entry)
}
/** Entries with this name, two at most: nobody is let in by a name that is not theirs alone. */
async function named(client: Client, provider: LdapProvider, name: string): Promise<Entry[]> {
  const { base, signInFilter } = provider.settings
  const filter = signInFilter.replaceAll('{name}', () => Filter.escape(name))
  try {
    return (await client.search(base, { ...wanted(provider), filter, scope: 'sub', sizeLimit: 2 })).searchEntries
  } catch (error) {
    if (error instanceof Error && error.name === 'SizeLimitExceededError') return [NAMELESS, NAMELESS] // more than two: as good as two
    throw error
  }
}
const NAMELESS: Entry = { dn: '' }

async function isBound(provider: LdapProvider, dn: string, password: string): Promise<boolean> {
  const client = await connected(provider, PATIENCE_MS)
  try {
    await client.bind(dn, password)
    return true
  } catch (error) {
    if (error instanceof InvalidCredentialsError) return false
    throw inWords(provider, error)
  } finally {
    await client.unbind().catch(() => {}) // the connection is gone either way
  }
}

async function* entries(provider: LdapProvider, since: string | null): AsyncGenerator<DirectoryEntry[]> {
  const { syncFilter, attributes } = provider.settings
  const changed = attributes.id.toLowerCase() === 'objectguid' ? 'whenChanged' : 'modifyTimestamp'
  const filter = since === null ? syncFilter : `(&${syncFilter}(${changed}>=${Filter.escape(since)}))`
  for await (const page of pages(provider, { ...wanted(provider), filter }))
    yield page.flatMap((entry) => entryFrom(provider.settings, entry) ?? [])
}
async function* present(provider: LdapProvider): AsyncGenerator<{ id: string; dn: string }[]> {
  const { syncFilter, attributes } = provider.settings
  const options = { attributes: [attributes.id], explicitBufferAttributes: ['objectGUID'], filter: syncFilter }
  for await (const page of pages(provider, options))
    yield page.flatMap((entry) => {
      const id = idFrom(provider.settings, entry)
      return id === null ? [] : [{ id, dn: entry.dn }]
    })
}
async function* pages(provider: LdapProvider, options: object): AsyncGenerator<Entry[]> {
  const client = await connected(provider, READING_MS)
  try {
    await bindService(client, provider)
    const found = client.searchPaginated(provider.settings.base, {
      ...options,
      scope: 'sub',
      paged: { pageSize: PAGE },
    })
    for await (const { searchEntries } of found) yield searchEntries
  } catch (error) {
    throw inWords(provider, error)
  } finally {
    await client.unbind().catch(() => {}) // the connection is gone either way
  }
}

async function test(provider: LdapProvider): Promise<string[]> {
  const { base, syncFilter } = provider.settings
  return asService(provider, PATIENCE_MS, async (client) => {
    const { searchEntries } = await client
      .search(base, { ...wanted(provider), filter: syncFilter, scope: 'sub', sizeLimit: 5 })
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'SizeLimitExceededError') return { searchEntries: [] as Entry[] } // more than five: good
        throw error
      })
    const read = searchEntries.flatMap((entry) => entryFrom(provider.settings, entry) ?? [])
    const found = [
      say`${provider.settings.url} answers, and ${provider.settings.bindDn === '' ? say`lets anybody read` : say`the account may read`}.`,
    ]
    if (searchEntries.length > 0 && read.length === 0)
      found.push(
        say`Entries have no attribute ${provider.settings.attributes.id}: without it nobody is known again after a move.`,
      )
    if (read.length > 0)
      found.push(
        say`It finds, for example: ${read
          .slice(0, 3)
          .map(({ name, email }) => (email === null ? name : `${name} (${email})`))
          .join(', ')}.`,
      )
    if (read.length > 0 && read.every(({ email }) => email === null))
      found.push(say`None of them has an e-mail in ${provider.settings.attributes.email}.`)
    return found
  })
}

async function asService<T>(
  provider: LdapProvider,
  patience: number,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await connected(provider, patience)
  try {
    await bindService(client, provider)
    return await work(client)
  } catch (error) {
    throw inWords(provider, error)
  } finally {
    await client.unbind().catch(() => {}) // the connection is gone either way
  }
}
async function bindService(client: Client, provider: LdapProvider): Promise<void> {
  const { bindDn } = provider.settings
  if (bindDn === '') return
  if (provider.bindPassword === '') throw badRequest(say`Give the password of ${bindDn}.`)
  await client.bind(bindDn, provider.bindPassword)
}

/** A connection that nobody listens to, to an address that may be reached. */
async function connected(provider: LdapProvider, timeout: number): Promise<Client> {
  const { url, startTls, allowsPlain, authority, innerHosts } = provider.settings
  const address = new URL(url)
  const isTls = address.protocol === 'ldaps:'
  if (!isTls && !startTls && !allowsPlain)
    throw badRequest(say`Passwords would travel to ${address.host} in the clear. Use ldaps://, or switch StartTLS on.`)
  const host = address.hostname.replace(/^\[|\]$/g, '')
  const isInside = isInner(innerHosts, host, address.port === '' ? (isTls ? 636 : 389) : Number(address.port))
  refuseInner(host, isInside)
  const lookup = guardedLookup(isInside)
  const secure = {
    ...(authority === '' ? {} : { ca: authority }),
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    minVersion: 'TLSv1.2',
  } as const
  const client = new Client({
    url,
    timeout,
    connectTimeout: PATIENCE_MS,
    ...(isTls ? { tlsOptions: secure } : {}),
    // The two functions are called as the documentation of ldapts says: (port, host) and (port, host, options) or (options).
    createConnection: ((port: number, name: string) => net.connect({ port, host: name, lookup })) as typeof net.connect,
    createSecureConnection: ((...said: [number, string, object] | [object]) =>
      said.length === 1
        ? tls.connect(said[0])
        : tls.connect({ ...said[2], port: said[0], host: said[1], lookup })) as typeof tls.connect,
  })
  if (!isTls && startTls)
    await client.startTLS({ ...secure, host }).catch(async (error: unknown) => {
      await client.unbind().catch(() => {}) // the connection is gone either way
      throw inWords(provider, error)
    })
  return client
}

function wanted({ settings }: LdapProvider) {
  const named = Object.values(settings.attributes).filter((name) => name !== '')
  const disabled = /^[\w-]+/.exec(settings.disabledWhen)?.[0]
  return {
    attributes: [
      ...new Set([...named, 'modifyTimestamp', 'whenChanged', ...(disabled === undefined ? [] : [disabled])]),
    ],
    explicitBufferAttributes: ['objectGUID'],
  }
}

/** What goes wrong with a directory, as a sentence for whoever configures it. */
function inWords({ settings, name }: LdapProvider, error: unknown): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  const host = new URL(settings.url).host
  if (error instanceof InvalidCredentialsError)
    return badRequest(say`${name} refuses the account ${settings.bindDn}: its name or password is wrong.`)
  if (error.name === 'NoSuchObjectError')
    return badRequest(say`${name} has no entry "${settings.base}". Check the base.`)
  if (error.name === 'SizeLimitExceededError')
    return badRequest(
      say`${name} does not let the account read that many entries. Raise its size limit for ${settings.bindDn}.`,
    )
  if (error.name === 'ConfidentialityRequiredError' || error.name === 'StrongAuthRequiredError')
    return badRequest(say`${name} wants an encrypted connection. Use ldaps://, or switch StartTLS on.`)
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code) || /certificate/i.test(error.message))
    return badRequest(
      say`The certificate of ${host} is not trusted (${code === '' ? error.message : code}). Paste the certificate of the authority that signed it.`,
    )
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return badRequest(say`There is no server called ${new URL(settings.url).hostname}. Check the address.`)
  if (code !== '' && Number.isNaN(Number(code)))
    return badRequest(say`${host} cannot be reached (${code}). Check the address and the port.`)
  if (/timeout/i.test(error.message))
    return badRequest(say`${host} did not answer in time. Look whether it is running and reachable from here.`)
  return badRequest(say`${name} answers: ${error.name.replace(/Error$/, '')}: ${error.message}`)
}
