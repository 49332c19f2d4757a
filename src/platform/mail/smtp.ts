/** SMTP through nodemailer, over a connection of our own: the name is looked up here, and leads where it may lead. */
import { connect, isIP, type Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import type { Letter, MailPort, MailServer, Sent } from '#kit/mail/ports.ts'
import { guardedAddress } from './door.ts'
import { outcome, spoken } from './outcome.ts'

const CONNECT_MS = 15_000
/** The greeting, and the answer to each command. */
const SILENCE_MS = 30_000
/** The whole of it, so that a claim never runs out under a letter that is being sent. */
const WHOLE_MS = 120_000

export interface Patience {
  readonly connectMs: number
  readonly silenceMs: number
  readonly wholeMs: number
}
const USUAL: Patience = { connectMs: CONNECT_MS, silenceMs: SILENCE_MS, wholeMs: WHOLE_MS }

/** @param patience shorter where a test waits for a server that is silent */
export function openMail(patience: Patience = USUAL): MailPort {
  return { send: (server, letter, signal) => send(server, letter, { signal, patience }) }
}

async function send(
  server: MailServer,
  letter: Letter,
  { signal, patience }: { signal: AbortSignal; patience: Patience },
): Promise<Sent> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(patience.wholeMs)])
  // What was sent when the connection ended: after the data, it may have arrived.
  const progress = { isData: false }
  let socket: Socket | null = null
  const end = (): void => void socket?.destroy(new Error('given up'))
  over.addEventListener('abort', end, { once: true })
  try {
    socket = await connected(server, over, patience.connectMs)
    const info = await transport(server, socket, { patience, progress }).sendMail(message(server, letter))
    return { kind: 'sent', answer: spoken(info.response, server) }
  } catch (error) {
    return outcome(server, error, { isData: progress.isData, isGivenUp: signal.aborted })
  } finally {
    over.removeEventListener('abort', end)
    end()
  }
}

async function connected(server: MailServer, over: AbortSignal, connectMs: number): Promise<Socket> {
  const address = await guardedAddress(server)
  over.throwIfAborted()
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port: server.port, noDelay: true })
    const fail = (error: Error): void => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => fail(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), connectMs)
    const giveUp = (): void => fail(new Error('given up'))
    over.addEventListener('abort', giveUp, { once: true })
    socket.once('error', fail)
    socket.once('connect', () => {
      clearTimeout(timer)
      over.removeEventListener('abort', giveUp)
      socket.off('error', fail)
      resolve(socket)
    })
  })
}

function transport(
  { host, port, tls, authority, user, password }: MailServer,
  connection: Socket,
  { patience, progress }: { patience: Patience; progress: { isData: boolean } },
) {
  return createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    // Nothing of what is sent is read from a file or fetched from an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    greetingTimeout: patience.silenceMs,
    socketTimeout: patience.silenceMs,
    tls: {
      minVersion: 'TLSv1.2',
      ...(authority === '' ? {} : { ca: authority }),
      ...(isIP(host) === 0 ? { servername: host } : {}),
    },
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    getSocket: (_: unknown, done: (error: Error | null, options?: object) => void) => done(null, { connection }),
    // It tells of each command as it is sent; nothing is written anywhere.
    logger: watching(progress),
    transactionLog: true,
  } as Parameters<typeof createTransport>[0])
}
function watching(progress: { isData: boolean }) {
  const look = (facts: { tnx?: string } | undefined, line: unknown): void => {
    if (facts?.tnx === 'message' || (facts?.tnx === 'client' && typeof line === 'string' && /^DATA\b/.test(line))) progress.isData = true // oxfmt-ignore
  }
  const quiet = (): void => {}
  return { level: quiet, trace: look, debug: look, info: look, warn: quiet, error: quiet, fatal: quiet }
}

function message({ senderName, senderAddress }: MailServer, letter: Letter) {
  const { messageId, after, unsubscribe, attachment } = letter
  return {
    messageId,
    from: { name: senderName, address: senderAddress },
    to: { name: letter.to.name, address: letter.to.address },
    envelope: { from: senderAddress, to: [letter.to.address] },
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    date: new Date(letter.at),
    xMailer: false as const,
    ...(attachment === null ? {} : { attachments: [{ filename: attachment.name, contentType: attachment.type, content: attachment.content }] }), // oxfmt-ignore
    ...(after === null ? {} : { inReplyTo: after, references: [after] }),
    headers: {
      // RFC 3834: nobody's holiday notice answers it.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(unsubscribe === null ? {} : { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }), // oxfmt-ignore
    },
  }
}
