/** Who may grant what: nobody a role or a reach beyond their own, and only administrators make administrators. */
import { say } from '#engines/say.ts'
import type { Actor, Reach } from './actor.ts'
import type { Role } from './record.ts'

/** What is to be granted or taken away. */
export interface Granting {
  readonly role: string
  readonly reach: Reach
}
/** The built-in roles that the holder of a role gives to others: what they may do themselves, and less. */
const GIVES: Partial<Record<string, readonly Role[]>> = {
  manager: ['manager', 'lead', 'agent', 'requester'],
  lead: ['agent', 'requester'],
}

/** Why the actor may not grant or revoke this, or null. */
export function grantRefusal(actor: Actor, { role, reach }: Granting): string | null {
  if (actor.roles.includes('administrator')) return null
  if (role === 'administrator') return say`Only administrators make administrators.`
  if (role.startsWith('role:')) return say`Only administrators grant the organisation's own roles.`
  const isHeld = (held: string): boolean => GIVES[held]?.some((one) => one === role) === true
  if (actor.roles.some(isHeld)) return null
  const narrow = (actor.grants ?? []).filter((grant) => grant.rights === null && isHeld(grant.role))
  if (narrow.some((grant) => covers(grant.reach, reach))) return null
  return narrow.length > 0 ? beyondOwnPart() : say`You may grant no more than you hold yourself. Ask an administrator.`
}
/** The refusal of somebody who may grant it, but not there. */
export function beyondOwnPart(): string {
  return say`You may grant this in your own part of the organisation only. Choose a unit or team that is yours.`
}
/** Whether everything in the inner reach lies in the outer one. */
export function covers(outer: Reach, inner: Reach): boolean {
  if (outer.scope === 'organisation') return true
  return 'ids' in outer && 'ids' in inner && outer.scope === inner.scope && inner.ids.length > 0
    ? inner.ids.every((id) => outer.ids.includes(id))
    : false
}
/** Whether the actor grants anything at all: decides whether the screen is offered. */
export function grantsAtAll(actor: Actor): boolean {
  const held = [...actor.roles, ...(actor.grants ?? []).map((grant) => grant.role)]
  return held.some((role) => role === 'administrator' || GIVES[role] !== undefined)
}
