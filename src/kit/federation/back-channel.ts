/** Back-channel logout: an OpenID provider tells us that somebody signed out there, and their sessions here end. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { Refusal } from '#kit/problem.ts'
import { noteSignIn } from '#kit/sign-in/deeds.ts'
import type { Fragment } from '#kit/sql.ts'
import { run, sql } from '#kit/sql.ts'
import type { FederationParts } from './enter.ts'
import { limitJourneys } from './enter.ts'
import { slugOf } from './places.ts'
import type { LogoutToken } from './ports.ts'
import { providerBySlug } from './providers.ts'
import type { OidcProvider } from './settings.ts'

const logoutBody = z.looseObject({ logout_token: z.string().min(1).max(20_000) })

export function backChannelRoute(parts: FederationParts): Route {
  return {
    method: 'POST',
    path: '/sign-in/oidc/{provider}/logout',
    tag: 'Sign-in',
    access: 'public',
    summary: 'Takes the logout token of an OpenID provider, and ends the sessions that it began',
    body: logoutBody,
    takesForm: true,
    okStatus: 204,
    refusals: [400, 404, 429],
    audited: 'journal',
    handle: (call) => loggedOut(parts, call, logoutBody.parse(call.body).logout_token),
  }
}
async function loggedOut(parts: FederationParts, call: Call, text: string): Promise<Answer> {
  const { store, secret, federation } = parts
  limitJourneys(parts, call)
  const provider = await providerBySlug(store.db, secret, { slug: slugOf(call), kind: 'oidc' })
  const token = await federation.oidc.loggedOut(provider, text)
  await spend(parts, provider, token)
  for (const { person, ended } of await endSessionsOf(parts, provider, token)) {
    parts.identities.end(provider.org, person)
    await noteSignIn(store, {
      org: provider.org,
      person,
      by: null,
      request: call.request,
      action: 'signed-out-elsewhere',
      said: { provider: provider.name, sessions: ended },
    })
  }
  return { status: 204 }
}
/** @throws a refusal (400) for a token that came before */
async function spend({ store }: FederationParts, { org, id }: OidcProvider, token: LogoutToken): Promise<void> {
  const until = new Date(token.untilMs).toISOString()
  const spent = await run(
    store.db,
    sql`insert into spent_assertion (org, provider, id, expires_at) values (${org}, ${id}, ${`logout/${token.id}`}, ${until}) on conflict do nothing returning 1`,
  )
  if (spent.length === 0)
    throw new Refusal(400, 'logout-token', say`The logout token is not accepted: it was used already.`, {
      extra: { error: 'invalid_request' },
    })
}
/** Ends them, and says whose they were. None is no fault: they may have ended here before. */
function endSessionsOf(
  { store }: FederationParts,
  { org, id }: OidcProvider,
  token: LogoutToken,
): Promise<{ person: number; ended: number }[]> {
  return run(
    store.db,
    sql`with gone as (delete from federated_session where org = ${org} and provider = ${id} and ${named(token)} returning session),
        ended as (delete from session s using gone where s.key = gone.session and s.org = ${org} returning s.person)
      select person, count(*) as ended from ended group by person`,
  )
}
/** A session that is named ends alone; where its provider never named one in its id_token, all of the person do. */
function named({ subject, session }: LogoutToken): Fragment {
  if (session === null) return sql`subject = ${subject}`
  if (subject === null) return sql`sid = ${session}`
  return sql`subject = ${subject} and (sid = ${session} or sid is null)`
}
