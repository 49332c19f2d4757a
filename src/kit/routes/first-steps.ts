/** The first steps of an installation: six of them, each done or skipped, kept with the organisation so that anybody of the administration goes on where another one stopped. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { notFound } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { among, itemsOf, shapeOf } from './shape.ts'

/** In their order. */
export const FIRST_STEPS = ['organisation', 'people', 'services', 'money', 'safeguards', 'connect'] as const
type StepName = (typeof FIRST_STEPS)[number]
const STATES = ['open', 'done', 'skipped'] as const
export interface FirstStep {
  readonly name: StepName
  readonly state: (typeof STATES)[number]
}
interface Parts {
  readonly store: Store
}
const stateBody = z.strictObject({ state: z.enum(STATES) })
const STEPS = itemsOf(shapeOf<FirstStep>({ name: among(...FIRST_STEPS), state: among(...STATES) }))

export function firstStepsRoutes(parts: Parts): Route[] {
  const tag = 'Administration'
  return [
    {
      method: 'GET',
      path: '/first-steps',
      tag,
      access: 'administrator',
      summary: 'The first steps of this installation, and how far they are',
      ok: STEPS,
      handle: async (call) => ({ body: { items: await stepsOf(parts, call.actor.org) } }),
    },
    {
      method: 'PUT',
      path: '/first-steps/{step}',
      tag,
      access: 'administrator',
      summary: 'Say that a first step is done, skipped, or open again',
      body: stateBody,
      ok: STEPS,
      refusals: [404],
      audited: 'journal',
      handle: (call) => mark(parts, call, stateBody.parse(call.body)),
    },
  ]
}

async function stepsOf({ store }: Parts, org: number): Promise<FirstStep[]> {
  const rows = await run<{ marks: Partial<Record<string, string>> | null }>(
    store.db,
    sql`select settings->'firstSteps' as marks from organisation where id = ${org}`,
  )
  const marks = rows[0]?.marks ?? {}
  return FIRST_STEPS.map((name) => ({ name, state: STATES.find((state) => state === marks[name]) ?? 'open' }))
}

async function mark(parts: Parts, call: Call, { state }: z.infer<typeof stateBody>): Promise<Answer> {
  const name = FIRST_STEPS.find((one) => one === call.params['step'])
  if (name === undefined) throw notFound(say`This step`)
  const { org } = call.actor
  const before = (await stepsOf(parts, org)).find((step) => step.name === name)?.state ?? 'open'
  await parts.store.db.transaction(async (tx) => {
    await run(
      tx,
      sql`update organisation set settings = jsonb_set(settings, '{firstSteps}', coalesce(settings->'firstSteps', '{}'::jsonb) || jsonb_build_object(${name}::text, ${state}::text)) where id = ${org}`,
    )
    const changes = { [`firstSteps.${name}`]: [before, state] as const }
    const said = { record: 'organisation', recordId: org, action: 'change', changes } as const
    await run(tx, journalInsert([entry(call.actor, parts.store.now(), said)]))
  })
  return { body: { items: await stepsOf(parts, org) } }
}
