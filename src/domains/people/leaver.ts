/** Whoever has left gets in no more: in the same transaction their sessions, tokens and half-done sign-ins end. */
import { endAccess } from '#kit/sign-in/sessions.ts'
import type { Rules } from '#kit/store.ts'

export const endAccessOfLeavers: NonNullable<Rules['after']> = async ({ after, actor, on }) => {
  if (after['status'] === 'active' && after.binnedAt === null) return
  await endAccess(on, { org: actor.org, person: after.id })
}
