/** The outbox for administrators: what waits, what was refused and why; send again, discard. Secrets of links are not in it. */
import { z } from 'zod'
import { mailText } from '#engines/mail-text.ts'
import { say } from '#engines/say.ts'
import type { Answer, Call, JsonSchema, Route } from '#kit/contract.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { conflict, notFound } from '#kit/problem.ts'
import { among, INSTANT, INSTANT_OR_NULL, orNull, pageOf, shape, TEXT, TEXT_OR_NULL, WHOLE } from '#kit/routes/shape.ts'
import { run, sql } from '#kit/sql.ts'
import type { MailContent } from '#engines/mail-text.ts'
import type { MailRoutesParts } from './settings-routes.ts'
import { isMailOn } from './settings.ts'

const STATES = ['queued', 'sending', 'sent', 'failed', 'held', 'discarded'] as const
const none = z.strictObject({})
const allBody = z.strictObject({ state: z.enum(['held', 'failed']), deed: z.enum(['send', 'discard']) })
const MAIL: JsonSchema = shape({
  id: WHOLE,
  state: among(...STATES),
  kind: TEXT,
  name: TEXT,
  address: TEXT,
  subject: TEXT,
  text: TEXT,
  because: TEXT,
  attempts: WHOLE,
  lastError: TEXT_OR_NULL,
  answer: TEXT_OR_NULL,
  createdAt: INSTANT,
  nextAt: INSTANT_OR_NULL,
  endedAt: INSTANT_OR_NULL,
  person: orNull(shape({ number: TEXT, title: TEXT })),
})
const PAGE = 50
const tag = 'Administration'

export function outboxRoutes(parts: MailRoutesParts): Route[] {
  const one = { tag, access: 'administrator' } as const
  return [
    {
      ...one,
      method: 'GET',
      path: '/admin/mails',
      summary: 'The outbox, the newest first',
      query: {
        state: { about: 'Only mails in this state.', schema: { type: 'string', enum: [...STATES] } },
        after: { about: 'Where the page before ended.', schema: { type: 'string', pattern: '^\\d{1,15}$' } },
      },
      ok: pageOf(MAIL),
      handle: (call) => list(parts, call),
    },
    {
      ...one,
      method: 'POST',
      path: '/admin/mails/all',
      summary: 'Send, or discard, every mail that was held or has failed',
      body: allBody,
      ok: shape({ count: WHOLE }),
      refusals: [409],
      audited: 'journal',
      handle: (call) => changeAll(parts, call, allBody.parse(call.body)),
    },
    {
      ...one,
      method: 'POST',
      path: '/admin/mails/{id}/send',
      summary: 'Send a mail again that was held, has failed or waits',
      body: none,
      okStatus: 204,
      refusals: [409],
      audited: 'journal',
      handle: (call) => changeOne(parts, call, 'send'),
    },
    {
      ...one,
      method: 'POST',
      path: '/admin/mails/{id}/discard',
      summary: 'Discard a mail; it is not sent',
      body: none,
      okStatus: 204,
      refusals: [409],
      audited: 'journal',
      handle: (call) => changeOne(parts, call, 'discard'),
    },
  ]
}

interface Row {
  readonly id: number
  readonly state: string
  readonly content: MailContent
  readonly person: number | null
  readonly personName: string | null
  readonly nextAt: string
}
async function list({ store }: MailRoutesParts, { actor, query }: Call): Promise<Answer> {
  const state = STATES.find((one) => one === query['state']) ?? null
  const after = /^\d{1,15}$/.test(query['after'] ?? '') ? Number(query['after']) : null
  const rows = await run<Row>(
    store.db,
    sql`select m.id, m.state, m.kind, m.name, m.address, m.subject, m.content, m.because, m.attempts, m.last_error as "lastError", m.answer, m.created_at as "createdAt",
        greatest(m.next_at, s.next_at) as "nextAt", m.ended_at as "endedAt", m.person, p.name as "personName"
      from mail m left join mail_server s on s.org = m.org left join person p on p.org = m.org and p.id = m.person
      where m.org = ${actor.org} and (${state}::text is null or m.state = ${state}) and (${after}::bigint is null or m.id < ${after}) order by m.id desc limit ${PAGE + 1}`,
  )
  const items = rows.slice(0, PAGE).map(({ content, person, personName, nextAt, ...row }) => ({
    ...row,
    text: mailText(withoutSecret(content)),
    nextAt: row.state === 'queued' ? nextAt : null,
    person: person === null ? null : { number: `P-${person}`, title: personName ?? `P-${person}` },
  }))
  return { body: { items, next: rows.length > PAGE ? String(items.at(-1)?.id) : null } }
}
function withoutSecret(content: MailContent): MailContent {
  const { action } = content
  if (action === undefined) return content
  return { ...content, action: { ...action, link: action.link.replace('{secret}', () => say`(known to the recipient alone)`) } } // oxfmt-ignore
}

type Deed = 'send' | 'discard'
/** Sending anew begins to count from the start; what was under way at this moment is left to its end. */
function set(deed: Deed) {
  return deed === 'send'
    ? sql`state = 'queued', attempts = 0, created_at = now(), next_at = now(), ended_at = null, last_error = null`
    : sql`state = 'discarded', ended_at = now(), secret = null`
}
async function changeOne({ store }: MailRoutesParts, call: Call, deed: Deed): Promise<Answer> {
  const { actor, params } = call
  const id = /^\d{1,15}$/.test(params['id'] ?? '') ? Number(params['id']) : 0
  await store.db.transaction(async (on) => {
    const [mail] = await run<{ state: string; hasLostSecret: boolean }>(
      on,
      sql`select state, secret is null and content->'action'->>'link' like '%{secret}%' as "hasLostSecret" from mail where org = ${actor.org} and id = ${id} for update`,
    )
    if (mail === undefined) throw notFound('The mail')
    if (!['queued', 'held', 'failed'].includes(mail.state))
      throw conflict(mail.state === 'sending' ? say`It is being sent at this moment.` : say`This mail is done already.`)
    if (deed === 'send') await refuseWithoutServer(store, actor.org)
    if (deed === 'send' && mail.hasLostSecret === true)
      throw conflict(say`The link in it is over. Let the person ask for a new one.`)
    await run(on, sql`update mail set ${set(deed)} where org = ${actor.org} and id = ${id}`)
    // Somebody looks at it: the server is tried at once.
    if (deed === 'send') await run(on, sql`update mail_server set next_at = now() where org = ${actor.org}`)
    await run(on, journalInsert([entry(actor, store.now(), { record: 'organisation', recordId: actor.org, action: `mail-${deed}`, changes: { mail: [null, id] } })])) // oxfmt-ignore
  })
  return { status: 204 }
}
async function changeAll(
  { store }: MailRoutesParts,
  { actor }: Call,
  { state, deed }: z.infer<typeof allBody>,
): Promise<Answer> {
  if (deed === 'send') await refuseWithoutServer(store, actor.org)
  const count = await store.db.transaction(async (on) => {
    const done = await run(
      on,
      sql`update mail set ${set(deed)} where org = ${actor.org} and state = ${state} and (${deed} = 'discard' or secret is not null or coalesce(content->'action'->>'link', '') not like '%{secret}%') returning 1 as one`,
    )
    await run(on, journalInsert([entry(actor, store.now(), { record: 'organisation', recordId: actor.org, action: `mail-${deed}`, changes: { state: [null, state], mails: [null, done.length] } })])) // oxfmt-ignore
    return done.length
  })
  return { body: { count } }
}
async function refuseWithoutServer(store: MailRoutesParts['store'], org: number): Promise<void> {
  if (!(await isMailOn(store.db, org))) throw conflict(say`There is no mail server yet. Give one above first.`)
}
