/**
 * A page stays open while somebody else signs in in the same browser, looks as somebody else, or visits the demonstration:
 * its cookie is theirs from then on. Each write of a page names the person to whom it was shown, and is made for nobody else.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { say } from '#engines/say.ts'
import { Refusal } from '#kit/problem.ts'
import type { Identity } from '#kit/sign-in.ts'

/** Organisation and person, as in "1/7". */
const HEADER = 'x-pilothouse-person'

interface Asked {
  readonly method: string
  readonly headers: IncomingHttpHeaders
}

/** Programs leave the header out, and are who their token says. @throws a refusal (409) */
export function refuseForSomebodyElse({ method, headers }: Asked, who: Identity | null): void {
  const shownTo = headers[HEADER]
  const isReading = method === 'GET' || method === 'HEAD'
  if (isReading || who === null || shownTo === undefined || shownTo === `${who.org}/${who.person}`) return
  throw new Refusal(
    409,
    'somebody-else',
    say`You are signed in as somebody else in this browser now. Reload the page; nothing was changed.`,
  )
}
