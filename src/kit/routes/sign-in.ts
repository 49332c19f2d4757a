/** Everything about signing in: setting up, entering, one's own security, tokens, and what administrators do for others. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { isTimeZone } from '#engines/wall-clock.ts'
import { system } from '#kit/actor.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { Refusal, unfit } from '#kit/problem.ts'
import { setPassword } from '#kit/sign-in/credential.ts'
import { passwordProblem } from '#kit/sign-in/password-rules.ts'
import { isSetUp, useSetupLink } from '#kit/sign-in.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { SignInParts } from './admit.ts'
import { admit, limitFlood } from './admit.ts'
import { enterRoutes } from './enter.ts'
import { handOverRoutes } from './hand-over.ts'
import { myPasskeyRoutes } from './my-passkeys.ts'
import { mySecurityRoutes } from './my-security.ts'
import { passwordLinkRoutes } from './password-link.ts'
import { personSignInRoutes } from './person-sign-in.ts'
import { proofRoutes } from './proof.ts'
import { shape, WHOLE, YES_NO } from './shape.ts'
import { signInPolicyRoutes } from './sign-in-policy.ts'
import { tokenRoutes } from './tokens.ts'

export type { SignInParts } from './admit.ts'

const zone = z.string().max(60).refine(isTimeZone, 'This is not a time zone. Write one such as Europe/Berlin.')
const setupBody = z.strictObject({
  token: z.string().max(200),
  name: z.string().trim().min(1, 'Give your name.').max(200),
  email: z.email('Give an e-mail address.').max(320),
  password: z.string().max(500),
  organisation: z.string().trim().min(1, 'Give the name of the organisation.').max(200),
  timeZone: zone,
})
const tag = 'Sign-in'

export function signInRoutes(parts: SignInParts): Route[] {
  return [
    ...setUpRoutes(parts),
    ...enterRoutes(parts),
    ...proofRoutes(parts),
    ...mySecurityRoutes(parts),
    ...myPasskeyRoutes(parts),
    ...tokenRoutes(parts),
    ...passwordLinkRoutes(parts),
    ...personSignInRoutes(parts),
    ...signInPolicyRoutes(parts),
    ...handOverRoutes(parts),
  ]
}
function setUpRoutes(parts: SignInParts): Route[] {
  const { store } = parts
  return [
    {
      method: 'GET',
      path: '/setup',
      tag,
      access: 'public',
      summary: 'Whether the installation has been set up',
      ok: shape({ isSetUp: YES_NO }),
      handle: async () => ({ body: { isSetUp: await isSetUp(store.db) } }),
    },
    {
      method: 'POST',
      path: '/setup',
      tag,
      access: 'public',
      summary: 'Create the first administrator with the one-time link',
      body: setupBody,
      ok: shape({ person: WHOLE }),
      okStatus: 201,
      refusals: [409, 429],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => setUp(parts, call, setupBody.parse(call.body)),
    },
  ]
}

async function setUp(parts: SignInParts, call: Call, body: z.infer<typeof setupBody>): Promise<Answer> {
  const { store } = parts
  limitFlood(parts, call, 'setup')
  const because = passwordProblem(body.password, [body.name, body.email, body.organisation])
  if (because !== null) throw unfit([{ pointer: '/password', detail: because }])
  if (!(await useSetupLink(store.db, body.token)))
    throw new Refusal(
      409,
      'setup-link',
      say`This set-up link is not valid any more. Restart Pilothouse: it prints a new one as long as there is no administrator.`,
    )
  const person = await firstAdministrator(store, call.request, body)
  return { ...(await admit(parts, call, person, { method: 'set-up' })), status: 201 }
}
/** The organisation, its first person with a password and the role of administrator. Used by set-up and the command line. */
export async function firstAdministrator(
  store: Store,
  request: string,
  said: { name: string; email: string; password: string; organisation: string; timeZone: string },
): Promise<{ org: number; person: number }> {
  const org = 1
  await run(
    store.db,
    sql`insert into organisation (id, name, time_zone) values (${org}, ${said.organisation}, ${said.timeZone}) on conflict (id) do update set name = excluded.name, time_zone = excluded.time_zone`,
  )
  return store.transaction(system(org, request, 'setup'), async (unit) => {
    const row = await store.create(
      system(org, request, 'setup'),
      store.catalogue.get('person'),
      { name: said.name, email: said.email, timeZone: said.timeZone },
      { unit },
    )
    await setPassword(unit.on, { org, person: row.id }, said.email, said.password)
    for (const role of ['administrator', 'manager'])
      await run(unit.on, sql`insert into role_grant (org, person, role) values (${org}, ${row.id}, ${role})`)
    return { org, person: row.id }
  })
}
