/** Who does something, in which organisation, through which door. */
import type { Role } from './record.ts'

export type Origin = 'web' | 'api' | 'cli' | 'import' | 'rule' | 'system' | 'setup'
export interface Actor {
  readonly org: number
  /** The person's id; null for the product itself. */
  readonly person: number | null
  readonly name: string
  readonly roles: readonly Role[]
  readonly origin: Origin
  /** One id for everything that one request did; undo works by it. */
  readonly request: string
  readonly onBehalfOf?: number | null
}

/** The product acting by itself: reactions, schedules, seeds. */
export function system(org: number, request: string, origin: Origin = 'system'): Actor {
  return { org, person: null, name: 'Pilothouse', roles: ['administrator'], origin, request }
}
export function isAllowed(actor: Actor, who: readonly string[]): boolean {
  return (
    actor.roles.includes('administrator') || who.includes('everyone') || actor.roles.some((role) => who.includes(role))
  )
}
