// Settings, Backup: a backup made and proven from the screen, the schedule kept, and what the archive can bring back.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { firstAdministrator } from '#kit/routes/sign-in.ts'
import { openSession } from '#kit/sign-in.ts'
import { ROOT } from '#main/root.ts'
import { startServer } from '#main/server.ts'
import { openLog } from '#platform/log.ts'
import { buildWebIfStale } from '#platform/web-build.ts'
import { Archived } from '../setup/archive.ts'
import { openContext, openPage, widths, type Theme } from '../setup/browser.ts'
import { atEnd } from '../setup/database.ts'
import { assertFits } from '../setup/fits.ts'
import { freePort } from '../setup/port.ts'

/** A copy of a database and a whole restore, on a loaded machine. */
const long = { timeout: 180_000 }
let url = ''
let session = ''

before(async () => {
  const web = await buildWebIfStale(ROOT, () => {})
  const port = await freePort()
  const one = new Archived({ PORT: String(port) })
  await one.open({ isEmpty: true })
  const administrator = await firstAdministrator(one.of.store, 'setup', {
    name: 'Ada Admin',
    email: 'ada@harbour.test',
    password: 'correct horse battery staple',
    organisation: 'Harbour Works',
    timeZone: 'Europe/Berlin',
  })
  await one.base()
  const running = await startServer(one.of, openLog({ level: 'error', isHuman: false, to: process.stderr }), web)
  atEnd(() => running.close())
  url = running.address
  session = (await openSession(one.of.db, administrator)).key
})

describe('Settings, Backup', () => {
  it('makes a backup, proves it, and says so', { timeout: 400_000 }, async () => {
    const { page, troubles } = await openPage(await openContext(url, session))
    await page.goto('/settings/backup')
    await page.getByText('No backups yet').waitFor()
    await page.getByRole('button', { name: 'Back up now' }).click()
    const row = page.getByRole('row').filter({ hasText: 'Made' }).last()
    await row.getByText('Not proven').waitFor(long)
    assert.equal(await page.getByRole('row').count(), 2)
    const prove = row.getByRole('button', { name: 'Prove now' })
    await prove.and(page.locator(':enabled')).click(long)
    await row.getByText(/Proven/).waitFor(long)
    assert.deepEqual(troubles, [])
  })
  it('keeps a changed schedule', async () => {
    const { page, troubles } = await openPage(await openContext(url, session))
    await page.goto('/settings/backup')
    await page.getByLabel('Days to keep').fill('9')
    await page.getByRole('button', { name: 'Save schedule' }).click()
    await page.getByText('Schedule saved').waitFor()
    await page.reload()
    await page.getByLabel('Days to keep').waitFor()
    assert.equal(await page.getByLabel('Days to keep').inputValue(), '9')
    assert.deepEqual(troubles, [])
  })
  for (const theme of ['light', 'dark'] as Theme[])
    for (const width of widths)
      it(`shows which moments can be brought back, ${theme}, ${width} px`, async () => {
        const { page, troubles } = await openPage(await openContext(url, session, { theme, width }))
        await page.goto('/settings/backup')
        await page.getByRole('heading', { name: 'Point in time' }).waitFor()
        await page
          .getByText(/\d to .*\d/)
          .first()
          .waitFor()
        await page.getByText(/^7 days, 1 base backup, \d+\sMB$/).waitFor()
        await assertFits(page, `backup-${theme}-${width}`)
        assert.deepEqual(troubles, [])
      })
})
