/** What the organisation asks of sign-ins, for its administrators. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { unfit } from '#kit/problem.ts'
import type { SignInPolicy } from '#kit/sign-in/policy.ts'
import { needsSecondFactor, signInPolicy } from '#kit/sign-in/policy.ts'
import { factorsOf } from '#kit/sign-in/second-factor.ts'
import { run, sql } from '#kit/sql.ts'
import type { SignInParts } from './admit.ts'
import { listOf, shape, TEXT, WHOLE } from './shape.ts'

const policyBody = z.strictObject({
  secondFactor: z.array(z.string().max(60)).max(50).optional(),
  idleMinutes: z.number().int().min(5, 'At least five minutes.').max(10_080, 'At most a week.').optional(),
  sessionHours: z.number().int().min(1, 'At least an hour.').max(720, 'At most thirty days.').optional(),
  tokenDays: z.number().int().min(1).max(366, 'At most a year.').optional(),
  passwordLength: z.number().int().min(8, 'At least eight.').max(64, 'At most 64: longer ones must be allowed, not asked for.').optional(), // oxfmt-ignore
})
const POLICY = shape({ secondFactor: listOf(TEXT), idleMinutes: WHOLE, sessionHours: WHOLE, tokenDays: WHOLE, passwordLength: WHOLE }) // oxfmt-ignore

export function signInPolicyRoutes(parts: SignInParts): Route[] {
  const tag = 'Administration'
  return [
    {
      method: 'GET',
      path: '/admin/sign-in-policy',
      tag,
      access: 'administrator',
      summary: 'What the organisation asks of sign-ins',
      ok: POLICY,
      handle: async ({ actor }) => ({ body: await signInPolicy(parts.store.db, actor.org) }),
    },
    {
      method: 'PATCH',
      path: '/admin/sign-in-policy',
      tag,
      access: 'administrator',
      summary: 'Change what the organisation asks of sign-ins; it holds from the next request on',
      body: policyBody,
      ok: POLICY,
      refusals: [409],
      audited: 'journal',
      handle: (call) => change(parts, call, policyBody.parse(call.body)),
    },
  ]
}

async function change(parts: SignInParts, call: Call, body: z.infer<typeof policyBody>): Promise<Answer> {
  const { store, identities } = parts
  const { org } = call.actor
  const before = await signInPolicy(store.db, org)
  const after: SignInPolicy = { ...before, ...body }
  await refuseToLockOneselfOut(parts, call, after)
  const changes = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, [before[name as keyof SignInPolicy], value] as const]),
  )
  await store.db.transaction(async (tx) => {
    await run(
      tx,
      sql`update organisation set settings = settings || jsonb_build_object('signIn', ${JSON.stringify(after)}::jsonb) where id = ${org}`,
    )
    await run(tx, journalInsert([entry(call.actor, store.now(), { record: 'organisation', recordId: org, action: 'sign-in-policy', changes })])) // oxfmt-ignore
  })
  identities.forget(org, null)
  return { body: after }
}
/** Whoever asks others for a second factor has one: so it has been tried here, and somebody stays who can undo it. */
async function refuseToLockOneselfOut(parts: SignInParts, call: Call, after: SignInPolicy): Promise<void> {
  const { actor } = call
  if (actor.person === null) return
  const who = { org: actor.org, person: actor.person }
  if (!(await needsSecondFactor(parts.store.db, who, after))) return
  const { totpAt, passkeys } = await factorsOf(parts.store.db, who)
  if (totpAt === null && passkeys === 0)
    throw unfit([
      { pointer: '/secondFactor', detail: say`Set up a second factor for yourself first: Settings, Security.` },
    ])
}
