/** The demonstration beside one's own data, of the running server: a job brings it in and takes it away, and says how far it is. */
import { loadDemo, removeBeside, writtenBeside } from '#demo'
import { BESIDE } from '#kit/demo-beside.ts'
import type { JobSender } from '#kit/jobs.ts'
import { noticeReaction } from '#kit/notices/reaction.ts'
import type { DemoPort, DemoState } from '#kit/routes/demo.ts'
import { DEMO_JOB } from '#kit/routes/demo.ts'
import type { Fragment } from '#kit/sql.ts'
import { run, sql } from '#kit/sql.ts'
import type { Installation } from './installation.ts'
import { loadOrganisations } from '#kit/reload.ts'

/** Enough for every list and chart, and there within seconds. */
const SIZE = { incidents: 800, persons: 160 }
const NAMED = 10

export function demoDesk(of: Installation, jobs: JobSender): DemoPort {
  return {
    state: () => stateOf(of),
    begin: (deed, note) => begin(of, jobs, { deed, note }),
    job: {
      options: { retryLimit: 2, retryBackoff: 5, singleton: true },
      handler: async ({ deed }) => {
        try {
          await (deed === 'remove' ? remove(of) : bring(of))
        } catch (error) {
          const because = error instanceof Error ? error.message : String(error)
          await run(of.db, sql`update demonstration set because = ${because.slice(0, 500)}`)
          throw error
        }
      },
    },
  }
}

async function stateOf(of: Installation): Promise<Omit<DemoState, 'isVisit'>> {
  const [row] = await run<Pick<DemoState, 'state' | 'told' | 'incidents' | 'because'>>(
    of.db,
    sql`select state, told, incidents, because from demonstration`,
  )
  const [own] = await run<{ isDemo: boolean }>(
    of.db,
    sql`select settings ? 'demo' as "isDemo" from organisation where id <> ${BESIDE} order by id limit 1`,
  )
  const [counted] = await run<{ n: number }>(
    of.db,
    sql`select coalesce(sum(last), 0)::bigint as n from counter where org = ${BESIDE}`,
  )
  const isHere = row?.state === 'here'
  return {
    ...(row ?? { state: 'none', told: 0, incidents: SIZE.incidents, because: null }),
    isWhole: own?.isDemo === true,
    records: counted?.n ?? 0,
    ...(isHere ? await writtenBeside(of, NAMED) : { written: 0, newest: [] }),
  }
}

/** What is wanted, its job and the entry of the journal are one commit. */
async function begin(
  of: Installation,
  jobs: JobSender,
  { deed, note }: { deed: 'bring' | 'remove'; note: Fragment },
): Promise<boolean> {
  return of.db.transaction(async (tx) => {
    const begun =
      deed === 'bring'
        ? await run(
            tx,
            sql`insert into demonstration (state, incidents) values ('coming', ${SIZE.incidents})
              on conflict (id) do update set told = 0, because = null, at = now() where demonstration.state = 'coming' and demonstration.because is not null returning 1 as one`,
          )
        : await run(
            tx,
            sql`update demonstration set state = 'leaving', because = null, at = now() where state = 'here' or because is not null returning 1 as one`,
          )
    if (begun.length === 0) return false
    await jobs.send(tx, DEMO_JOB, { deed })
    await run(tx, note)
    return true
  })
}

async function bring(of: Installation): Promise<void> {
  const there = await run(of.db, sql`select 1 as one from organisation where id = ${BESIDE}`)
  // Each line on its own connection: the company is one transaction, which nobody sees before its end.
  const told = (n: number): void => void of.db.query('update demonstration set told = $1', [n]).catch(() => {})
  const news = noticeReaction(of)
  const parts = { db: of.db, catalogue: of.catalogue, now: () => of.store.now(), log: () => {}, told, news }
  if (there.length === 0) await loadDemo(parts, { scale: SIZE, isBeside: true })
  await run(
    of.db,
    sql`update demonstration set state = 'here', told = incidents, because = null where state = 'coming'`,
  )
  await forget(of)
}
async function remove(of: Installation): Promise<void> {
  // Whoever looks at it is at home again, on every node.
  await run(of.db, sql`update session set visits_demo = false where visits_demo`)
  const guests = await run<{ person: number }>(
    of.db,
    sql`select person from role_grant where org = ${BESIDE} and role = 'administrator'`,
  )
  of.notifier.changed(
    BESIDE,
    guests.map(({ person }) => ['person', person]),
  )
  await removeBeside(of)
  await run(of.db, sql`delete from demonstration`)
  await forget(of)
}
/** Every process forgets what it knew of it. */
async function forget(of: Installation): Promise<void> {
  of.catalogue.titles.forget(BESIDE, null)
  await loadOrganisations(of.store)
  of.notifier.changed(BESIDE, [['customField', 0]])
}
