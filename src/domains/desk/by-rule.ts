/** What follows by a rule from something that a person was allowed to do: their name in the journal, the product's rights. */
import type { Actor } from '#kit/actor.ts'

export function byRule(actor: Actor): Actor {
  return { ...actor, roles: ['administrator'] }
}
