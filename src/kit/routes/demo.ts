/** The demonstration company beside one's own data: brought in, visited and taken away by administrators. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { BESIDE } from '#kit/demo-beside.ts'
import type { JobHandler, JobOptions } from '#kit/jobs.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { conflict, Refusal } from '#kit/problem.ts'
import type { Identities } from '#kit/sign-in.ts'
import { keyHash } from '#kit/sign-in.ts'
import type { Fragment } from '#kit/sql.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { among, shapeOf, TEXT_OR_NULL, TEXTS, WHOLE, YES_NO } from './shape.ts'

export const DEMO_JOB = 'demonstration'
const STATES = ['none', 'coming', 'here', 'leaving'] as const
export interface DemoState {
  readonly state: (typeof STATES)[number]
  /** This installation holds nothing but the demonstration: it was started with it. */
  readonly isWhole: boolean
  /** Whoever asks is looking at it. */
  readonly isVisit: boolean
  /** Incidents told so far, and in all. */
  readonly told: number
  readonly incidents: number
  /** Why the last try failed. */
  readonly because: string | null
  /** Its records in all. */
  readonly records: number
  /** Those that people wrote into it since it came, and the numbers of the newest. */
  readonly written: number
  readonly newest: readonly string[]
}
export interface DemoPort {
  state(): Promise<Omit<DemoState, 'isVisit'>>
  /** As a job. @param note for the journal, written in the same transaction. @returns false when one is under way */
  begin(deed: 'bring' | 'remove', note: Fragment): Promise<boolean>
  readonly job: { readonly options: JobOptions; readonly handler: JobHandler }
}
export interface DemoParts {
  readonly store: Store
  readonly identities: Identities
  readonly demo: DemoPort
}
const none = z.strictObject({})
const removalBody = z.strictObject({
  written: z.number().int().min(0).optional().describe('How many records that people wrote may go with it; 0 unless said.'),
}) // oxfmt-ignore
const STATE = shapeOf<DemoState>({
  state: among(...STATES),
  isWhole: YES_NO,
  isVisit: YES_NO,
  told: WHOLE,
  incidents: WHOLE,
  because: TEXT_OR_NULL,
  records: WHOLE,
  written: WHOLE,
  newest: TEXTS,
})

export function demoRoutes(parts: DemoParts): Route[] {
  const path = '/admin/demo'
  const common = { tag: 'Administration', access: 'administrator', reach: 'installation' } as const
  return [
    {
      ...common,
      method: 'GET',
      path,
      summary: 'Whether the demonstration company is here, how far it is, and what would go with it',
      ok: STATE,
      handle: async (call) => ({ body: await stateFor(parts, call) }),
    },
    {
      ...common,
      method: 'POST',
      path,
      summary: 'Bring in the demonstration company, in an organisation of its own',
      body: none,
      ok: STATE,
      okStatus: 202,
      refusals: [409],
      audited: 'journal',
      handle: (call) => bring(parts, call),
    },
    {
      ...common,
      method: 'POST',
      path: `${path}/removal`,
      summary: 'Take the demonstration company away, with everything in it',
      body: removalBody,
      ok: STATE,
      okStatus: 202,
      refusals: [409],
      audited: 'journal',
      handle: (call) => takeAway(parts, call, removalBody.parse(call.body)),
    },
    {
      ...common,
      method: 'POST',
      path: `${path}/visit`,
      summary: 'Look at the demonstration company, as its manager, until one leaves it again',
      body: none,
      okStatus: 204,
      refusals: [409],
      audited: say`Nothing of the organisation changes; the session looks elsewhere.`,
      handle: (call) => visit(parts, call, true),
    },
    {
      ...common,
      method: 'DELETE',
      path: `${path}/visit`,
      summary: 'Go back from the demonstration company',
      okStatus: 204,
      refusals: [409],
      audited: say`Nothing of the organisation changes; the session looks elsewhere.`,
      handle: (call) => visit(parts, call, false),
    },
  ]
}

async function stateFor({ demo }: DemoParts, { actor }: Call): Promise<DemoState> {
  return { ...(await demo.state()), isVisit: actor.org === BESIDE }
}
async function bring(parts: DemoParts, call: Call): Promise<Answer> {
  const { state, isWhole, because } = await parts.demo.state()
  if (isWhole) throw conflict(say`This installation holds nothing but the demonstration.`)
  if (state === 'here') throw conflict(say`The demonstration is here already.`)
  const isUnderWay = state !== 'none' && because === null
  if (isUnderWay || !(await parts.demo.begin('bring', await note(parts, call, 'bring'))))
    throw conflict(say`The demonstration is on its way already.`)
  return { status: 202, body: await stateFor(parts, call) }
}
async function takeAway(parts: DemoParts, call: Call, body: z.infer<typeof removalBody>): Promise<Answer> {
  const { state, isWhole, written, newest } = await parts.demo.state()
  if (isWhole) throw conflict(say`This installation holds nothing but the demonstration. Whoever runs it takes it away: pilothouse demo remove.`) // oxfmt-ignore
  if (state === 'none' || state === 'coming') throw conflict(say`There is no demonstration here.`)
  if (written > (body.written ?? 0))
    throw conflict(
      say`People have written ${written} records into the demonstration; they would go with it: ${newest.join(', ')}. Say how many may go.`,
    )
  const isBegun = await parts.demo.begin('remove', await note(parts, call, 'remove'))
  if (!isBegun) throw conflict(say`The demonstration is on its way already.`)
  return { status: 202, body: await stateFor(parts, call) }
}

/** @throws a refusal (409) for a token: a program says in its own organisation what it wants */
async function visit(parts: DemoParts, call: Call, isGoing: boolean): Promise<Answer> {
  const key = call.headers['cookie']
  if (call.door?.kind !== 'session' || key === undefined)
    throw new Refusal(409, 'session', say`Sign in with a browser to look at the demonstration; a token cannot.`)
  if (isGoing && (await parts.demo.state()).state !== 'here') throw conflict(say`There is no demonstration here.`)
  const { db } = parts.store
  await db.transaction(async (tx) => {
    await run(tx, sql`update session set visits_demo = ${isGoing} where key = ${keyHash(key)}`)
    // Whom somebody looked as is somebody else there.
    await run(tx, sql`delete from view_as where key = ${keyHash(key)}`)
  })
  if (call.actor.person !== null) parts.identities.end(call.actor.org, call.actor.person)
  return { status: 204 }
}

/** Written down where the administrator is at home, also while they look at the demonstration. */
async function note({ store }: DemoParts, { actor, headers }: Call, deed: string): Promise<Fragment> {
  const key = headers['cookie']
  const [home] =
    actor.org !== BESIDE || key === undefined
      ? []
      : await run<{ org: number; person: number; name: string }>(
          store.db,
          sql`select s.org, s.person, p.name from session s join person p on p.org = s.org and p.id = s.person where s.key = ${keyHash(key)}`,
        )
  const by = home === undefined ? actor : { ...actor, ...home }
  const changes = { demonstration: [null, deed] as const }
  const said = { record: 'organisation', recordId: by.org, action: 'change', changes } as const
  return journalInsert([entry(by, store.now(), said)])
}
