/** Bridge: what needs me today, and how do we stand? */
import { say } from '#engines/say.ts'
import type { Route } from '#kit/contract.ts'
import { spoken } from '#kit/spoken.ts'
import { forbidden } from '#kit/problem.ts'
import { isAllowed } from '#kit/actor.ts'
import type { RestParts } from '#kit/rest.ts'
import { filterContext } from '#kit/rest.ts'
import { BRIDGE } from './bridge-shape.ts'
import { duties } from './duties.ts'
import { needs } from './needs.ts'
import { work } from './work.ts'

export { midnight } from './evidence.ts'
export { SOURCES } from './measures.ts'
export { rules } from './standing-rules.ts'

export function routes(parts: RestParts): Route[] {
  const { store } = parts
  return [
    {
      method: 'GET',
      path: '/bridge',
      tag: 'Bridge',
      access: 'signed-in',
      summary: 'What needs me today, the duties, my work and my teams',
      ok: BRIDGE,
      handle: async ({ actor }) => {
        if (!isAllowed(actor, ['manager', 'lead', 'agent', 'officer', 'auditor']))
          throw forbidden(say`The bridge is for those who run the information systems.`)
        const context = await filterContext(parts, actor)
        const today = Temporal.Instant.from(context.now).toZonedDateTimeISO(context.zone).toPlainDate().toString()
        const [needed, standing, load] = await Promise.all([
          needs(store.db, context),
          duties(store.db, actor),
          work(store.db, actor, today),
        ])
        return {
          body: spoken({ today, needs: needed, needsInAll: needed.length, duties: standing, work: load }),
        }
      },
    },
  ]
}
