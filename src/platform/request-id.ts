/** The name of a request: random, and once it is known by which session or token it came, that too. So the journal tells it, sealed with the rest. */
import type { Identity } from '#kit/sign-in.ts'

/** Names by this much of a session's id: enough to find it among a person's own, and it opens nothing. */
const DIGITS = 8

/** "0193…-….session-1a2b3c4d", "0193…-….token-5" */
export function requestBy({ door }: Identity, request: string): string {
  return door.kind === 'token' ? `${request}.token-${door.id}` : `${request}.session-${door.id.slice(0, DIGITS)}`
}
