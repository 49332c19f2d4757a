/** Settings, Mail: the server, and a test message to oneself. The password goes in and never comes out. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { mailHtml, mailText } from '#engines/mail-text.ts'
import { say } from '#engines/say.ts'
import type { Answer, Call, JsonSchema, Route } from '#kit/contract.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { conflict } from '#kit/problem.ts'
import { among, INSTANT_OR_NULL, orNull, shape, TEXT, TEXT_OR_NULL, WHOLE, YES_NO } from '#kit/routes/shape.ts'
import { accountOf } from '#kit/sign-in/credential.ts'
import { run } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { MailParts, MailPort } from './ports.ts'
import { keepMail, keptMail, mailServer, mailSettings } from './settings.ts'
import { mailStanding } from './standing.ts'

export interface MailRoutesParts extends MailParts {
  readonly store: Store
  readonly mail: MailPort
}
const wantedBody = z.strictObject({ settings: mailSettings, password: z.string().max(500).optional() })
const none = z.strictObject({})
const SETTINGS = shape({
  isOn: YES_NO,
  host: TEXT,
  port: WHOLE,
  tls: among('implicit', 'starttls', 'none'),
  isInside: YES_NO,
  authority: TEXT,
  user: TEXT,
  senderName: TEXT,
  senderAddress: TEXT,
})
const STATE: JsonSchema = shape({
  settings: orNull(SETTINGS),
  hasPassword: YES_NO,
  standing: shape({
    isOn: YES_NO,
    failingSince: INSTANT_OR_NULL,
    lastError: TEXT_OR_NULL,
    lastDeliveredAt: INSTANT_OR_NULL,
    nextAt: INSTANT_OR_NULL,
    waiting: WHOLE,
    oldestAt: INSTANT_OR_NULL,
    held: WHOLE,
    failed: WHOLE,
  }),
})
const tag = 'Administration'

export function mailSettingsRoutes(parts: MailRoutesParts): Route[] {
  const one = { tag, access: 'administrator' } as const
  return [
    {
      ...one,
      method: 'GET',
      path: '/admin/mail',
      summary: 'The mail server, and how outgoing mail stands',
      ok: STATE,
      handle: async ({ actor }) => ({ body: await state(parts, actor.org) }),
    },
    {
      ...one,
      method: 'PUT',
      path: '/admin/mail',
      summary: 'Set the mail server; a password that is left out stays',
      body: wantedBody,
      ok: STATE,
      audited: 'journal',
      handle: async (call) => {
        await keepMail(parts.store, parts.secret, call.actor, { password: undefined, ...wantedBody.parse(call.body) })
        return { body: await state(parts, call.actor.org) }
      },
    },
    {
      ...one,
      method: 'POST',
      path: '/admin/mail/test',
      summary: 'Send a test message to oneself, and say what the server answered',
      body: none,
      ok: shape({ to: TEXT, isSent: YES_NO, said: TEXT }),
      refusals: [409],
      audited: 'journal',
      handle: (call) => test(parts, call),
    },
  ]
}

async function state({ store }: MailRoutesParts, org: number) {
  const [kept, standing] = await Promise.all([keptMail(store.db, org), mailStanding(store.db, org)])
  return { settings: kept?.settings ?? null, hasPassword: kept?.hasPassword ?? false, standing }
}

const TEST_MS = 60_000
async function test({ store, secret, publicUrl, mail }: MailRoutesParts, call: Call): Promise<Answer> {
  const { actor } = call
  const server = await mailServer(store.db, secret, actor.org)
  if (server === null) throw conflict(say`Save the server first, with its password.`)
  const account = actor.person === null ? null : await accountOf(store.db, { org: actor.org, person: actor.person })
  const address = account?.personEmail ?? account?.email ?? ''
  if (address === '') throw conflict(say`You have no e-mail address. Add it to your person first.`)
  const content = {
    paragraphs: [say`This is a test message from Pilothouse. It was sent through ${server.host}.`],
    why: say`You get it because you asked for it in Settings, Mail.`,
  }
  const letter = {
    messageId: `<${randomUUID()}@${new URL(publicUrl).hostname}>`,
    after: null,
    to: { name: account?.name ?? '', address },
    subject: say`Test message from Pilothouse`,
    text: mailText(content),
    html: mailHtml(content),
    at: store.now(),
    unsubscribe: null,
    attachment: null,
  }
  const sent = await mail.send(server, letter, AbortSignal.timeout(TEST_MS))
  const said = sent.kind === 'sent' ? sent.answer : sent.because
  const changes = { to: [null, address], outcome: [null, sent.kind] } as const
  await run(store.db, journalInsert([entry(actor, store.now(), { record: 'organisation', recordId: actor.org, action: 'mail-test', changes })])) // oxfmt-ignore
  return { body: { to: address, isSent: sent.kind === 'sent', said } }
}
