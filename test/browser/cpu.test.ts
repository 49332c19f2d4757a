// What the list of 100,000 incidents costs the processor: to stand ready, to be walked through, to be seen from its end. Each budget is
// judged by the processor's time of the main thread, the best of a few, times how much slower this machine is than that of the budgets.
// How long a key takes to be seen is told, not judged: on a machine with other work that is the other work's time.
import assert from 'node:assert/strict'
import { before, describe, it, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { run, sql } from '#kit/sql.ts'
import { openContext, openPage, settled } from '../setup/browser.ts'
import { slowness, watchCpu, type Cpu } from '../setup/cpu.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

const incidents = 100_000
/** Milliseconds of processor. */
const most = { ready: 450, sixtyKeys: 600, end: 80, worstKey: 100 }
/** Other work on the machine costs caches and turns: whoever is within the budget once is. */
const tries = 6
let demo: Demo
let session: string

describe('the processor’s time of a list', () => {
  before(async () => {
    demo = await startDemo()
    session = await demo.session('manager')
    await fill(demo)
  })

  it(`is ready within ${most.ready} ms`, async (test) => {
    await judge(test, ['ready'], async (page, cpu) => {
      await openGrid(page)
      await settled(page)
      return [await cpu.spent()]
    })
  })

  it(`walks sixty rows by J within ${most.sixtyKeys} ms, none of them above ${most.worstKey} ms`, async (test) => {
    const seen: number[] = []
    await judge(test, ['sixtyKeys', 'worstKey'], async (page, cpu) => {
      await openGrid(page)
      await settled(page)
      await page.evaluate(watchEvents)
      const keys: number[] = []
      for (let row = 0; row < 60; row++) keys.push(await cpu.of(() => press(page, 'j')))
      assert.equal(await page.locator('.grid-row[data-active]').getAttribute('aria-rowindex'), '61')
      seen.push(await page.evaluate(() => (window as unknown as { slowestEvent: number }).slowestEvent))
      return [keys.reduce((sum, one) => sum + one, 0), Math.max(...keys)]
    })
    test.diagnostic(`until a key was seen ${Math.min(...seen)} ms`)
  })

  it(`goes to row ${incidents} by End within ${most.end} ms`, async (test) => {
    await judge(test, ['end'], async (page, cpu) => {
      await openGrid(page)
      await settled(page)
      // The first question of this kind brings its own script into the page.
      await page.waitForFunction(() => true)
      const spent = await cpu.of(async () => {
        await page.keyboard.press('End')
        await page.waitForFunction(
          (last) => document.querySelector('.grid-row[data-active]')?.getAttribute('aria-rowindex') === last,
          String(incidents + 1),
          { polling: 50 },
        )
      })
      return [spent]
    })
  })
})

/**
 * Each budget by the best of some pages, each with a context of its own; the first within it is enough. How slow the machine is is
 * asked before and after each page: where others begin to work meanwhile, the slower of the two counts.
 * @param work milliseconds of processor for each budget, in their order
 */
async function judge(
  test: TestContext,
  budgets: readonly (keyof typeof most)[],
  work: (page: Page, cpu: Cpu) => Promise<number[]>,
): Promise<void> {
  const shares: number[][] = budgets.map(() => [])
  let before = await slownessNow()
  for (let nth = 0; nth < tries && shares.some((of) => !of.some((share) => share <= 1)); nth++) {
    const spent = await once(work)
    const after = await slownessNow()
    const factor = Math.max(before, after)
    before = after
    for (const [at, budget] of budgets.entries()) {
      const ms = spent[at] ?? Infinity
      shares[at]?.push(ms / (most[budget] * factor))
      test.diagnostic(`${budget}: ${ms.toFixed(0)} ms of processor; allowed ${most[budget]} × ${factor.toFixed(2)}`)
    }
  }
  for (const [at, budget] of budgets.entries()) {
    const best = Math.min(...(shares[at] ?? []))
    assert.ok(best <= 1, `${budget} took ${(100 * best).toFixed(0)} % of its budget at best`)
  }
}
async function once(work: (page: Page, cpu: Cpu) => Promise<number[]>): Promise<number[]> {
  const context = await openContext(demo.url, session)
  const { page } = await openPage(context)
  page.setDefaultTimeout(60_000)
  // What is measured belongs to the process of this site.
  await page.goto('/readyz')
  const spent = await work(page, await watchCpu(page))
  await context.close()
  return spent
}
async function slownessNow(): Promise<number> {
  const context = await openContext(demo.url, null)
  const { page } = await openPage(context)
  const factor = await slowness(page)
  await context.close()
  return factor
}

async function openGrid(page: Page): Promise<void> {
  await page.goto('/desk/incidents')
  await page.getByRole('grid').getByRole('row').nth(1).waitFor()
  await page.getByRole('grid').focus()
}
/** Until the frame after it has been drawn. */
async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key)
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
}
function watchEvents(): void {
  Object.assign(window, { slowestEvent: 0 })
  new PerformanceObserver((list) => {
    const kept = window as unknown as { slowestEvent: number }
    for (const { duration } of list.getEntries()) kept.slowestEvent = Math.max(kept.slowestEvent, duration)
  }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit)
}

/** Closed incidents of the past, by the one statement that is quick enough for so many; the kept count with them. */
async function fill({ db }: Demo): Promise<void> {
  const [had] = await run<{ org: number; n: number; last: number }>(
    db,
    sql`select org, count(*)::integer as n, max(id) as last from incident where binned_at is null group by org`,
  )
  assert.ok(had)
  const more = incidents - had.n
  await run(
    db,
    sql`insert into incident select r.* from generate_series(1, ${more}::integer) n
      join (select i as one, row_number() over (order by i.id) as nth, count(*) over () as many from incident i where i.org = ${had.org} and i.status = 'closed' and i.binned_at is null) s on s.nth = 1 + n % s.many
      cross join lateral jsonb_populate_record(s.one, jsonb_build_object('id', ${had.last}::bigint + n, 'opened_at', (s.one).opened_at - n * interval '3 minutes')) r`,
  )
  await run(
    db,
    sql`insert into tally_delta (org, record, by, value, n) values (${had.org}, 'incident', '', '', ${more})`,
  )
  await run(db, sql`update counter set last = ${had.last + more} where org = ${had.org} and name = 'incident'`)
  await db.query('analyze incident')
}
