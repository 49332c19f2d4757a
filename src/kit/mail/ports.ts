/** The port to a mail server: one letter to one recipient, and what became of it. Types only. */

export interface MailServer {
  readonly host: string
  readonly port: number
  readonly tls: 'implicit' | 'starttls' | 'none'
  /** The administrator says that it stands inside the own network. */
  readonly isInside: boolean
  /** PEM of the authority that signed its certificate; the system's authorities when empty. */
  readonly authority: string
  readonly user: string
  readonly password: string
  readonly senderName: string
  readonly senderAddress: string
}
export interface Letter {
  /** With its angle brackets; the same at each try. */
  readonly messageId: string
  /** The letter that it follows in a thread. */
  readonly after: string | null
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html: string
  /** When it was written, an instant. */
  readonly at: string
  /** The page that takes an unsubscription by one POST (RFC 8058). */
  readonly unsubscribe: string | null
  readonly attachment: { readonly name: string; readonly type: string; readonly content: Buffer } | null
}
/** `because` and `answer` are sentences for people, with the server's own words. */
export type Sent =
  | { readonly kind: 'sent'; readonly answer: string }
  /** The server will never take it. */
  | { readonly kind: 'refused'; readonly because: string }
  /** Not now: try this letter again. */
  | { readonly kind: 'later'; readonly because: string }
  /** The connection ended before the answer: it may have arrived. */
  | { readonly kind: 'unclear'; readonly because: string }
  /** The server cannot be used by anybody at present; the letter has nothing to do with it. */
  | { readonly kind: 'trouble'; readonly because: string }

export interface MailPort {
  /** Never throws for what a server does. @param signal gives it up */
  send(server: MailServer, letter: Letter, signal: AbortSignal): Promise<Sent>
}
/** What everything that writes mails needs. */
export interface MailParts {
  /** The installation's secret. */
  readonly secret: Buffer
  /** Where browsers reach us. */
  readonly publicUrl: string
}
