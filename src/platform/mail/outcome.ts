/** What became of a letter, from what nodemailer throws: by command and code of the answer (RFC 5321 4.2.1), in words. */
import { say } from '#engines/say.ts'
import type { MailServer, Sent } from '#kit/mail/ports.ts'
import { Refusal } from '#kit/problem.ts'

interface Fault {
  /** ECONNECTION, EAUTH, ETLS … */
  readonly code: string
  /** MAIL FROM, RCPT TO, DATA, CONN … */
  readonly command: string
  readonly status: number | null
  /** What the server said. */
  readonly answer: string | null
  readonly message: string
}

/** @param at.isData whether the text of the letter was under way @param at.isGivenUp we ended it ourselves */
export function outcome(server: MailServer, error: unknown, at: { isData: boolean; isGivenUp: boolean }): Sent {
  if (error instanceof Refusal) return { kind: 'trouble', because: error.message }
  const fault = faultOf(error)
  const { status, command } = fault
  const answer = fault.answer === null ? '' : spoken(fault.answer, server)
  if (status === null || command === 'STARTTLS' || fault.code === 'ETLS') return withoutAnswer(server, fault, at)
  if (status === 421) return { kind: 'trouble', because: say`${server.host} is busy and says: ${answer}` }
  if (fault.code === 'EAUTH' || command.startsWith('AUTH'))
    return { kind: 'trouble', because: say`${server.host} does not let ${server.user} in and says: ${answer} Check user and password.` } // oxfmt-ignore
  const isOfLetter = command === 'RCPT TO' || command === 'DATA' || command.startsWith('BDAT') || status === 552
  // Refused before it heard of the recipient: the sender or the account is wrong, and would be for every letter.
  if (!isOfLetter)
    return { kind: 'trouble', because: say`${server.host} does not take mails from ${server.senderAddress} and says: ${answer}` } // oxfmt-ignore
  if (status >= 500) return { kind: 'refused', because: say`${server.host} refuses it for good and says: ${answer}` }
  return { kind: 'later', because: say`${server.host} does not take it now and says: ${answer}` }
}

function withoutAnswer(
  server: MailServer,
  { code, message }: Fault,
  at: { isData: boolean; isGivenUp: boolean },
): Sent {
  const { host, port } = server
  if (at.isData)
    return { kind: 'unclear', because: say`The connection to ${host} ended before it said whether it has the mail. It is sent again with the same Message-ID.` } // oxfmt-ignore
  if (at.isGivenUp) return { kind: 'trouble', because: say`Pilothouse was stopped before it was sent.` }
  return { kind: 'trouble', because: unusable(server, { code, message, place: `${host}:${port}` }) }
}
function unusable(
  server: MailServer,
  { code, message, place }: { code: string; message: string; place: string },
): string {
  const { host, tls } = server
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EDNS') return say`There is no server called ${host}. Check the name.` // oxfmt-ignore
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code) || /certificate|altnames|self-signed/i.test(message))
    return say`The certificate of ${host} is not trusted: ${oneLine(message)} Give the certificate of the authority that signed it, or the name that stands in it.`
  if (/wrong version number|packet length too long|SSL routines/i.test(message) && tls === 'implicit')
    return say`${place} does not speak TLS from the start. Use STARTTLS for port 587.`
  if (code === 'ETLS' && tls === 'starttls')
    return say`${host} offers no encryption on this port (STARTTLS). Use the port for it (587), or TLS from the start (465).`
  if (code === 'ECONNREFUSED')
    return say`${place} refuses the connection. See whether the server runs, and check the port.`
  if (code === 'ETIMEDOUT' || /timeout|given up/i.test(message)) return say`${place} does not answer. See whether it is reachable from here, and check the port.` // oxfmt-ignore
  return say`${place} cannot be used: ${oneLine(message)}`
}

function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { code: '', command: '', status: null, answer: null, message: String(error) }
  const { code, command, responseCode, response } = error as Error & Partial<Record<string, unknown>> // nodemailer's own members
  // A connection that ends while an answer is awaited carries the answer of the command before.
  const isAnswer = typeof responseCode === 'number' && responseCode >= 400
  return {
    code: typeof code === 'string' ? code : '',
    command: typeof command === 'string' ? command : '',
    status: isAnswer ? responseCode : null,
    answer: isAnswer && typeof response === 'string' ? response : null,
    message: error.message,
  }
}
/** The server's own words on one line, without the password should it repeat it. */
export function spoken(answer: string, { user, password }: Pick<MailServer, 'user' | 'password'>): string {
  const line = oneLine(answer)
  if (password === '') return line
  const forms = [
    password,
    Buffer.from(password).toString('base64'),
    Buffer.from(`\0${user}\0${password}`).toString('base64'),
  ]
  return forms.reduce((text, form) => text.replaceAll(form, '…'), line)
}
function oneLine(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, 500)
  return /[.!?]$/.test(line) ? line : `${line}.`
}
