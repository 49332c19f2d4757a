/**
 * A new password by mail. At the door a wish is written down, the same for everybody; a worker finds out later whether there is
 * such an account, so that neither the answer nor its time says so (ASVS 5.0 6.3.8, 6.4.3).
 */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { Database, Sql, Tx } from '#kit/database.ts'
import { Refusal } from '#kit/problem.ts'
import type { SignInParts } from '#kit/routes/admit.ts'
import { limitFlood } from '#kit/routes/admit.ts'
import { shape, WHOLE, YES_NO } from '#kit/routes/shape.ts'
import { noteSignIn } from '#kit/sign-in/deeds.ts'
import { countWish } from '#kit/sign-in/delays.ts'
import { deviceWords } from '#kit/sign-in/device.ts'
import { beginStep } from '#kit/sign-in/steps.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { queueMail } from './outbox.ts'
import type { MailParts } from './ports.ts'
import { isMailOn } from './settings.ts'

const MINUTES = 30
/** Mails of this kind to one person in an hour: more only annoy them. */
const MOST_AN_HOUR = 3
const wishBody = z.strictObject({ email: z.string().trim().min(1, 'Give your e-mail address.').max(320) })
const tag = 'Sign-in'

export function resetRoutes(parts: SignInParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/password-reset',
      tag,
      access: 'public',
      summary: 'Whether a link for a new password can be sent by mail',
      ok: shape({ isOffered: YES_NO }),
      handle: async () => ({ body: { isOffered: await isMailOn(parts.store.db, null) } }),
    },
    {
      method: 'POST',
      path: '/password-reset',
      tag,
      access: 'public',
      summary: 'Ask for a link by mail; the answer is the same whether there is such an account or not',
      body: wishBody,
      ok: shape({ minutes: WHOLE }),
      okStatus: 202,
      refusals: [409, 429],
      audited: say`The worker that finds the account writes it down.`,
      handle: (call) => wish(parts, call, wishBody.parse(call.body)),
    },
  ]
}
async function wish(parts: SignInParts, call: Call, { email }: z.infer<typeof wishBody>): Promise<Answer> {
  const { db } = parts.store
  limitFlood(parts, call, 'password-reset')
  if (!(await isMailOn(db, null)))
    throw new Refusal(409, 'no-mail', say`No mail is sent from here. Ask an administrator for a link.`)
  await countWish(db, parts.secret, call.address)
  await run(
    db,
    sql`insert into password_wish (email, address, agent, request) values (${email.toWellFormed().replaceAll('\0', '')}, ${call.address}, ${call.headers['user-agent']?.slice(0, 400) ?? null}, ${call.request})`,
  )
  return { status: 202, body: { minutes: MINUTES } }
}

interface Wish {
  readonly email: string
  readonly address: string | null
  readonly agent: string | null
  readonly request: string
}
interface Found {
  readonly org: number
  readonly person: number
  readonly hasPassword: boolean
  /** Names of the providers through which they sign in. */
  readonly ways: string | null
}
/** Each wish once: it goes with the mail that it leads to. @returns how many were looked at */
export async function grantWishes(
  parts: MailParts & { readonly store: Pick<Store, 'now'>; readonly db: Database },
  signal: AbortSignal,
): Promise<number> {
  let seen = 0
  while (!signal.aborted && (await parts.db.transaction((tx) => grantOne(parts, tx)))) seen++
  return seen
}
async function grantOne(parts: MailParts & { readonly store: Pick<Store, 'now'> }, tx: Tx): Promise<boolean> {
  const [asked] = await run<Wish>(
    tx,
    sql`delete from password_wish where id = (select id from password_wish order by id limit 1 for update skip locked) returning email, address, agent, request`,
  )
  if (asked === undefined) return false
  for (const found of await accountsOf(tx, asked.email)) if (!(await isEnough(tx, found))) await answer(parts, tx, { asked, found }) // oxfmt-ignore
  return true
}
/** By the name to sign in with alone: the e-mail in somebody's record may be written by others. */
async function accountsOf(on: Sql, email: string): Promise<Found[]> {
  return run<Found>(
    on,
    sql`select p.org, p.id as person, c.password is not null as "hasPassword",
        (select string_agg(distinct v.name, ', ') from identity i join identity_provider v on v.org = i.org and v.id = i.provider where i.org = p.org and i.person = p.id and v.is_on and v.kind <> 'scim') as ways
      from person p left join credential c on c.org = p.org and c.person = p.id
      where lower(coalesce(c.email, p.email)) = lower(${email}) and p.status = 'active' and p.binned_at is null limit 5`,
  )
}
async function isEnough(on: Sql, { org, person }: Found): Promise<boolean> {
  const [recent] = await run<{ n: number }>(
    on,
    sql`select count(*) as n from mail where org = ${org} and person = ${person} and kind = 'reset' and created_at > now() - interval '1 hour'`,
  )
  return (recent?.n ?? 0) >= MOST_AN_HOUR
}
async function answer(
  parts: MailParts & { readonly store: Pick<Store, 'now'> },
  tx: Tx,
  { asked, found }: { asked: Wish; found: Found },
): Promise<void> {
  const { org, person, hasPassword, ways } = found
  if (!hasPassword && ways === null) return
  const from = say`Somebody asked for a new password for this address${asked.address === null ? '' : say`, from ${asked.address} with ${deviceWords(asked.agent ?? undefined)}`}.` // oxfmt-ignore
  const mail = {
    org,
    person,
    kind: 'reset',
    subject: hasPassword ? say`A new password for Pilothouse` : say`How you sign in to Pilothouse`,
    why: say`You get this because the address was typed on the sign-in page. If that was not you, leave it: nothing has changed.`,
    because: say`A new password was asked for on the sign-in page`,
  } as const
  const { why, ...rest } = mail
  if (hasPassword) {
    const secret = await beginStep(tx, {
      kind: 'password-link',
      minutes: MINUTES,
      who: { org, person },
      challenge: 'mail',
    })
    const paragraphs = [from, say`The link below is good once and for ${MINUTES} minutes. It ends your other sessions; a second factor is asked for as before.`] // oxfmt-ignore
    const action = { label: say`Set a new password`, link: `${parts.publicUrl}/password#{secret}` }
    await queueMail(tx, parts, { ...rest, content: { paragraphs, action, why }, secret, minutes: MINUTES })
  } else {
    const paragraphs = [from, say`Your password is not kept in Pilothouse. You sign in with ${ways ?? ''}; a forgotten password is renewed there.`] // oxfmt-ignore
    await queueMail(tx, parts, { ...rest, content: { paragraphs, action: { label: say`To the sign-in page`, link: `${parts.publicUrl}/login` }, why } }) // oxfmt-ignore
  }
  await noteSignIn({ db: tx, now: () => parts.store.now() }, { org, person, by: null, request: asked.request, action: 'password-link-asked', address: asked.address ?? undefined, agent: asked.agent ?? undefined }, tx) // oxfmt-ignore
}
