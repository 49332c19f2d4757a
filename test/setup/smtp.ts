// A real SMTP server on a free loopback port, which takes mails, or does to them what the test says.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { openMail } from '#platform/mail/smtp.ts'
import { atEnd } from './database.ts'
import { freePort } from './port.ts'

export interface Received {
  from: string
  to: string[]
  raw: string
}
/** What the server does; `end` breaks the connection there, `hang` says nothing more. */
export interface Behaviour {
  greeting?: 'hang' | number
  recipient?: number
  /** data-end: in the middle of the text · data-lost: takes the mail and breaks before it says so */
  data?: number | 'end' | 'lost' | 'hang'
}
export interface Smtp {
  readonly port: number
  readonly received: Received[]
  /** How often somebody connected. */
  visits: number
  does: Behaviour
  /** PEM of the authority of its certificate. */
  readonly authority: string
  listen(): Promise<void>
  close(): Promise<void>
  /** The last mail, read by another parser than the one that wrote it. */
  read(nth?: number): Promise<Email>
}
export const SMTP_USER = 'harbour'
export const SMTP_PASSWORD = 'canary of the mail server 61'

/** @param more.secure TLS from the start */
export async function startSmtp(more: SMTPServerOptions = {}): Promise<Smtp> {
  const { key, cert } = certificate()
  const port = await freePort()
  let server: SMTPServer | null = null
  const smtp: Smtp = {
    port,
    received: [],
    visits: 0,
    does: {},
    authority: cert,
    listen: async () => {
      server = serverOf(smtp, { key, cert, ...more })
      const listening = server.listen(port, '127.0.0.1')
      await new Promise<void>((done) => listening.once('listening', done))
    },
    close: async () => {
      const ending = server
      server = null
      if (ending === null) return
      for (const connection of ending.connections) socketOf(connection).destroy()
      await new Promise<void>((done) => ending.close(done))
    },
    read: (nth = -1) => PostalMime.parse(smtp.received.at(nth)?.raw ?? ''),
  }
  await smtp.listen()
  atEnd(() => smtp.close())
  return smtp
}
function serverOf(smtp: Smtp, more: SMTPServerOptions): SMTPServer {
  const server: SMTPServer = new SMTPServer({
    authOptional: true,
    closeTimeout: 1000,
    logger: false,
    onConnect: (_, done) => {
      smtp.visits++
      if (smtp.does.greeting === 'hang') return
      done(refused(smtp.does.greeting))
    },
    onAuth: ({ username, password }, _, done) =>
      username === SMTP_USER && password === SMTP_PASSWORD
        ? done(null, { user: username })
        : done(Object.assign(new Error(`5.7.8 No such user, ${password}`), { responseCode: 535 })),
    onRcptTo: (_, __, done) => done(refused(smtp.does.recipient)),
    onData: (stream, session, done) => {
      const { data } = smtp.does
      const connection = [...server.connections].find(({ id }) => id === session.id)
      if (data === 'end') return void stream.once('data', () => connection && socketOf(connection).destroy())
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (data === 'hang') return
        if (typeof data === 'number') return done(refused(data))
        const { mailFrom, rcptTo } = session.envelope
        smtp.received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('latin1'),
        })
        if (data === 'lost' && connection) return void socketOf(connection).destroy()
        done(null, '2.0.0 Taken')
      })
    },
    ...more,
  })
  server.on('error', () => {}) // connections that break are what the tests are about
  return server
}
function refused(code: number | undefined): Error | null {
  const words = code === undefined ? '' : code >= 500 ? 'No such harbour' : 'Come back later'
  return code === undefined ? null : Object.assign(new Error(words), { responseCode: code })
}
function socketOf(connection: object): Socket {
  return (connection as { _socket: Socket })._socket // the library gives no other way to break a connection
}
function certificate(): { key: string; cert: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-smtp-'))
  const file = (name: string): string => path.join(folder, name)
  const ran = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', file('key.pem'), '-out', file('cert.pem')], { encoding: 'utf8' }) // oxfmt-ignore
  if (ran.status !== 0) throw new Error(`openssl: ${ran.error?.message ?? ran.stderr}`)
  const made = { key: readFileSync(file('key.pem'), 'utf8'), cert: readFileSync(file('cert.pem'), 'utf8') }
  rmSync(folder, { recursive: true })
  return made
}

/** Settings that reach it. */
export function settingsOf(smtp: Pick<Smtp, 'port' | 'authority'>, more: object = {}) {
  return {
    isOn: true,
    host: 'localhost',
    port: smtp.port,
    tls: 'starttls',
    isInside: true,
    authority: smtp.authority,
    user: SMTP_USER,
    senderName: 'Harbour Works',
    senderAddress: 'desk@harbour.test',
    ...more,
  } as const
}
/** As the product sends. */
export const usualMail = openMail()
/** Gives up on a silent server sooner than the product does: only where a test waits for one. */
export const hastyMail = openMail({ connectMs: 3000, silenceMs: 2000, wholeMs: 10_000 })
