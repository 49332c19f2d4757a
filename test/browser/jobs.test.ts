// A job that really failed: the page of jobs says when and why, and trying again does the work once the cause is gone.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { openContext, openPage } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'
import { fillDisk, lastTryNow, mendDisk } from '../setup/full-disk.ts'

const poison = 'Team of the full disk'
let demo: Demo
let page: Page
let troubles: string[]

describe('a job that failed', () => {
  before(async () => {
    demo = await startDemo()
    const opened = await openPage(await openContext(demo.url, await demo.session('administrator')))
    page = opened.page
    troubles = opened.troubles
    page.setDefaultTimeout(30_000)
    await fillDisk(demo.db, poison)
    await importTeam(await demo.session('manager'))
    await untilFailed()
  })

  it('stands there with its time, its queue, the sentence and how often it was tried', async () => {
    await page.goto('/settings/jobs')
    const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: 'Try again' }) })
    await row.waitFor()
    const [when = '', ...cells] = (await row.getByRole('cell').allInnerTexts()).map((text) => text.trim())
    const [failed] = await demo.db.query<{ at: string }>(
      "select completed_on as at from jobs.job where state = 'failed'",
    )
    assert.equal(when, minuteText(failed?.at ?? ''))
    assert.deepEqual(cells.slice(0, 3), ['import', 'could not extend file: No space left on device', '2'])
  })

  it('does its work when it is tried again after the cause is gone', async () => {
    await mendDisk(demo.db)
    await page.getByRole('button', { name: 'Try again' }).press('Enter')
    await page.getByRole('status').filter({ hasText: 'Will be tried again' }).waitFor()
    await page.getByText('No failures.').waitFor()
    for (let left = 100; (await count(`select count(*)::int as n from team where name = '${poison}'`)) === 0; left--) {
      assert.ok(left > 0, 'the job was not done')
      await sleep(200)
    }
    assert.deepEqual(troubles, [])
  })
})

/** As the screen writes an instant: in the zone of the browser. */
function minuteText(at: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Berlin',
  }).format(new Date(at))
}
async function count(statement: string): Promise<number> {
  return (await demo.db.query<{ n: number }>(statement))[0]?.n ?? 0
}

async function importTeam(session: string): Promise<void> {
  const headers = { Cookie: `pilothouse=${session}`, Origin: demo.url }
  const form = new FormData()
  form.append('record', 'team')
  form.append('file', new File([`name\n${poison}\n`], 'teams.csv'))
  const sent = await fetch(`${demo.url}/api/v1/imports`, { method: 'POST', headers, body: form })
  assert.equal(sent.status, 201, await sent.clone().text())
  const { id } = (await sent.json()) as { id: number } // the contract of imports
  const begun = await fetch(`${demo.url}/api/v1/imports/${id}/run`, { method: 'POST', headers })
  assert.equal(begun.status, 202, await begun.text())
}

/** The first try fails by itself; the last one is not waited for. */
async function untilFailed(): Promise<void> {
  for (let left = 150; left > 0; left--) {
    await lastTryNow(demo.db, 'import')
    if ((await count("select count(*)::int as n from jobs.job where name = 'import' and state = 'failed'")) > 0) return
    await sleep(200)
  }
  assert.fail('the job did not fail')
}
