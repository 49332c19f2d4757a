/** Who does something, in which organisation, through which door. */
import type { Confidentiality } from './field.ts'
import type { Role } from './record.ts'

export type Origin = 'web' | 'api' | 'cli' | 'import' | 'rule' | 'system' | 'setup' | 'sign-in' | 'directory' | 'scim'
export type Deed = 'read' | 'create' | 'update' | 'bin'
/** Where a grant holds. A unit stands for everything below it; the ids are those of its subtree. */
export type Reach =
  | { readonly scope: 'organisation' | 'own' }
  | { readonly scope: 'unit' | 'team'; readonly ids: readonly number[] }
/** What a role of the organisation's own allows: record → deeds. */
export type Rights = Readonly<Record<string, readonly Deed[]>>
/** A role that holds somewhere, or one of the organisation's own. */
export interface Grant {
  /** 'agent', or 'role:5' for one of the organisation's own. */
  readonly role: string
  readonly label: string
  readonly reach: Reach
  /** Null for a built-in role: what it may do stands in each record's declaration. */
  readonly rights: Rights | null
  /** The highest class that it reads. */
  readonly ceiling: Confidentiality
}
export interface Actor {
  readonly org: number
  /** The person's id; null for the product itself. */
  readonly person: number | null
  readonly name: string
  /** Built-in roles that hold in the whole organisation. Whatever asks for them alone refuses narrower grants. */
  readonly roles: readonly Role[]
  /** Every other grant: built-in roles that hold in a unit, a team or for one's own, and roles of the organisation's own. */
  readonly grants?: readonly Grant[]
  readonly origin: Origin
  /** One id for everything that one request did; undo works by it. */
  readonly request: string
  readonly onBehalfOf?: number | null
  /** The administrator who sees Pilothouse as this person, until when. */
  readonly viewer?: { readonly person: number; readonly name: string; readonly until: string }
}

/** The product acting by itself: reactions, schedules, seeds. */
export function system(org: number, request: string, origin: Origin = 'system'): Actor {
  return { org, person: null, name: 'Pilothouse', roles: ['administrator'], origin, request }
}
/** Whether one of the actor's roles for the whole organisation is among these. */
export function isAllowed(actor: Actor, who: readonly string[]): boolean {
  return (
    actor.roles.includes('administrator') || who.includes('everyone') || actor.roles.some((role) => who.includes(role))
  )
}
/** Whether one of these roles is held anywhere: for what counts over the rows that its holder may read, and no others. */
export function isAllowedSomewhere(actor: Actor, who: readonly string[]): boolean {
  return isAllowed(actor, who) || (actor.grants ?? []).some(({ rights, role }) => rights === null && who.includes(role))
}
/** The product itself, rather than a person. */
export function isProduct(actor: Actor): boolean {
  return actor.person === null && actor.roles.includes('administrator')
}
