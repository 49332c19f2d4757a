// The installed application: it opens without the network, shows what was read, sends comments once, and is gone with its person.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { BrowserContext, Page, Route } from 'playwright-core'
import { run, sql } from '#kit/sql.ts'
import { buildWebIfStale } from '#platform/web-build.ts'
import { openContext, openPage } from '../setup/browser.ts'
import { callAs } from '../setup/call.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

const PATIENCE = 60_000
/** What the browser itself says of a network that is gone. */
const EXPECTED = ['ERR_INTERNET_DISCONNECTED', 'ERR_FAILED', 'Failed to load resource', 'Failed to fetch']
let demo: Demo
let context: BrowserContext
let page: Page
let troubles: string[]
let one: { id: number; number: string; subject: string }
let sessions: Record<'manager' | 'agent', string>

/** The built application in a folder of the test's own, so that a newer version can come. */
const web = mkdtempSync(path.join(tmpdir(), 'pilothouse-web-'))
after(() => rmSync(web, { recursive: true, force: true }))

before(async () => {
  cpSync(await buildWebIfStale(path.join(import.meta.dirname, '../..'), () => {}), web, { recursive: true })
  demo = await startDemo({ web })
  sessions = { manager: await demo.session('manager'), agent: await demo.session('agent') }
  const rows = await run<{ id: number; subject: string }>(
    demo.db,
    sql`select id, subject from incident where binned_at is null order by status in ('resolved', 'closed', 'cancelled', 'withdrawn'), id desc limit 1`,
  )
  const [found] = rows
  assert.ok(found)
  one = { ...found, number: `INC-${found.id}` }
  context = await openContext(demo.url, sessions.manager, { isInstalled: true })
  ;({ page, troubles } = await openPage(context, EXPECTED))
  page.setDefaultTimeout(PATIENCE)
})

const address = (): string => `/desk/incidents/${one.number}`
const said = (page_: Page, text: string) => page_.getByRole('status').filter({ hasText: text })
/** How many comments with these words the record has. */
async function comments(text: string): Promise<number> {
  const [row] = await run<{ n: number }>(demo.db, sql`select count(*)::integer as n from comment where body = ${text}`)
  return row?.n ?? 0
}
/** The paths of the answers that are kept in the browser. */
async function kept(of: Page): Promise<string[]> {
  return (await answers(of)).map(({ path }) => path)
}
/** The answers that are kept in the browser, as they lie there. */
async function answers(of: Page): Promise<{ path: string }[]> {
  return of.evaluate(() =>
    new Promise<{ path: string }[]>((resolve, reject) => {
      const request = indexedDB.open('pilothouse', 1)
      request.addEventListener('error', () => reject(new Error('no database')))
      // A page that has kept nothing yet has no database: it must not be made here.
      request.addEventListener('upgradeneeded', () => request.transaction?.abort())
      request.addEventListener('success', () => {
        const all = request.result.transaction('answers').objectStore('answers').getAll()
        all.addEventListener('success', () => {
          request.result.close()
          resolve(all.result as { path: string }[])
        })
      })
    }).catch(() => []),
  )
}
const box = () => page.getByRole('textbox', { name: 'Comment or note' })
const enter = (role: 'manager' | 'agent') =>
  context.addCookies([{ name: 'pilothouse', value: sessions[role], url: demo.url, httpOnly: true }])
/** Opens a record that somebody else has reported; nobody has answered there yet, so that the first comment changes it. */
async function openReported(subject: string): Promise<string> {
  const answer = await fetch(`${demo.url}/api/v1/incidents`, {
    method: 'POST',
    headers: { cookie: `pilothouse=${sessions.agent}`, 'content-type': 'application/json' },
    body: JSON.stringify({ subject, impact: 'person', urgency: 'low' }),
  })
  assert.equal(answer.status, 201)
  const { number } = (await answer.json()) as { number: string }
  await page.goto(`/desk/incidents/${number}`)
  await box().waitFor()
  return number
}
async function write(...texts: string[]): Promise<void> {
  for (const text of texts) {
    await box().fill(text)
    await page.getByRole('button', { name: 'Comment', exact: true }).press('Enter')
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#composer')?.value === '')
  }
}
/** Holds requests back until told to let them go; later ones pass. */
async function hold(pattern: string): Promise<() => void> {
  let release = (): void => {}
  const held = new Promise<void>((done) => {
    release = done
  })
  await context.route(pattern, async (route) => {
    await held
    await route.continue()
  })
  return release
}
const GRADE = 'Grade 4711'
/** A field of class C2 that the manager reads, with a value for everybody. */
async function giveEveryoneAGrade(): Promise<void> {
  const said = { label: 'Grade', record: 'person', name: 'grade', kind: 'text', confidentiality: 'C2', listed: true }
  const as = async (
    role: 'administrator' | 'manager',
    method: string,
    path_: string,
    body?: object,
  ): Promise<unknown> => callAs({ url: demo.url, session: await demo.session(role) }, method, path_, { body })
  await as('administrator', 'POST', '/customfields', said)
  await run(demo.db, sql`update person set custom = custom || ${JSON.stringify({ grade: GRADE })}::jsonb`)
  // The server hears of a new field a moment later.
  await until('the server knows the field', async () =>
    JSON.stringify(await as('manager', 'GET', '/persons?limit=2')).includes(GRADE),
  )
}
async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await page.waitForTimeout(100)) if (await is()) return
  assert.fail(`It never came to this: ${what}`)
}
const isControlled = (of: Page): Promise<boolean> => of.evaluate(() => navigator.serviceWorker.controller !== null)

/** The same application under another name of its first script, as after a new build. */
function newerVersion(): void {
  const change = (file: string, by: (text: string) => string): void => {
    const place = path.join(web, file)
    writeFileSync(place, by(readFileSync(place, 'utf8')))
  }
  const [, entry = ''] = /src="\/assets\/(index-[^"]+\.js)"/.exec(readFileSync(path.join(web, 'index.html'), 'utf8')) ?? [] // oxfmt-ignore
  assert.notEqual(entry, '')
  writeFileSync(path.join(web, 'assets/index-newer.js'), `import './${entry}'`)
  change('index.html', (text) => text.replace(`src="/assets/${entry}"`, 'src="/assets/index-newer.js"'))
  change('sw.js', (text) =>
    text
      .replace(/\\"version\\":\\"\w+\\"/, '\\"version\\":\\"newer\\"')
      .replace(`\\"entry\\":\\"/assets/${entry}\\"`, '\\"entry\\":\\"/assets/index-newer.js\\"'),
  )
}

describe('the installed application', () => {
  it('can be installed: a manifest with its icons, and a worker over the whole address', async () => {
    await page.goto('/desk/incidents')
    const link = await page.locator('link[rel=manifest]').getAttribute('href')
    const manifest = (await (await context.request.get(link ?? '')).json()) as {
      name: string
      start_url: string
      display: string
      icons: { src: string; sizes: string; purpose: string }[]
    }
    assert.equal(manifest.display, 'standalone')
    assert.equal(manifest.start_url, '/')
    for (const { src, sizes } of manifest.icons) {
      const icon = await (await context.request.get(src)).body()
      // Width and height stand in bytes 16 to 23 of a PNG.
      assert.equal(`${icon.readUInt32BE(16)}x${icon.readUInt32BE(20)}`, sizes, src)
    }
    assert.ok(manifest.icons.some(({ sizes, purpose }) => sizes === '512x512' && purpose === 'maskable'))
    await until('the worker has taken over', () => isControlled(page))
    const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)
    assert.equal(scope, `${demo.url}/`)
  })

  it('shows without the network what was read, says since when, and opens anew', async () => {
    await page.goto(address())
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await until('the record is kept', async () => (await kept(page)).includes(`/incidents/${one.number}`))
    await until('the list is kept', async () => (await kept(page)).some((path_) => path_.startsWith('/incidents?')))
    await context.setOffline(true)
    await page.reload()
    await page.getByRole('heading', { level: 1 }).filter({ hasText: one.subject }).waitFor()
    await said(page, 'You are offline').filter({ hasText: 'was read' }).waitFor()
    await page.goto('/desk/incidents')
    await page.getByRole('grid').getByText(one.subject).first().waitFor()
  })

  it('keeps a comment that is written offline and sends it once', async () => {
    await page.goto(address())
    await page.getByRole('textbox', { name: 'Comment or note' }).fill('Written in the lift')
    await page.getByRole('button', { name: 'Comment', exact: true }).press('Enter')
    await said(page, '1 comment waits').waitFor()
    assert.equal(await comments('Written in the lift'), 0)
    await page.reload()
    await said(page, '1 comment waits').waitFor()
    await context.setOffline(false)
    await said(page, '1 comment waits').waitFor({ state: 'detached' })
    assert.equal(await comments('Written in the lift'), 1)
    await page.getByText('Written in the lift').first().waitFor()
  })

  it('sends it once also when the answer to the first try was lost', async () => {
    // The server does it; the answer never comes.
    await context.route('**/comments', async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await page.getByRole('textbox', { name: 'Comment or note' }).fill('Answer lost')
    await page.getByRole('button', { name: 'Comment', exact: true }).press('Enter')
    await said(page, '1 comment waits').waitFor()
    assert.equal(await comments('Answer lost'), 1)
    await context.unroute('**/comments')
    await said(page, '1 comment waits').waitFor({ state: 'detached' })
    assert.equal(await comments('Answer lost'), 1)
  })

  it('asks before it comments on a record that has changed since', async () => {
    await page.goto(address())
    await page.getByRole('textbox', { name: 'Comment or note' }).waitFor()
    await context.setOffline(true)
    await page.getByRole('textbox', { name: 'Comment or note' }).fill('Is this still so?')
    await page.getByRole('button', { name: 'Comment', exact: true }).press('Enter')
    await said(page, '1 comment waits').waitFor()
    await run(demo.db, sql`update incident set rev = rev + 1 where id = ${one.id}`)
    await context.setOffline(false)
    await said(page, '1 comment needs you before it can be sent.').waitFor()
    assert.equal(await comments('Is this still so?'), 0)
    await page.getByRole('button', { name: 'Look' }).press('Enter')
    await page.getByText('The record has changed since you read it.').waitFor()
    await page.getByRole('button', { name: `Send to ${one.number} as it is now` }).press('Enter')
    await page.getByText('Nothing waits.').waitFor()
    assert.equal(await comments('Is this still so?'), 1)
    await page.keyboard.press('Escape')
  })

  it('sends two comments on one record, though the first of them changes it', async () => {
    await openReported('Two in the lift')
    await context.setOffline(true)
    await write('First of two', 'Second of two')
    await said(page, '2 comments wait').waitFor()
    await context.setOffline(false)
    await until('both are sent', async () => (await comments('Second of two')) === 1)
    assert.equal(await comments('First of two'), 1)
    await said(page, 'wait').waitFor({ state: 'detached' })
  })

  it('sends nothing that is discarded while another one is under way', async () => {
    await openReported('One of two stays')
    await context.setOffline(true)
    await write('Goes out', 'Is thrown away')
    await said(page, '2 comments wait').waitFor()
    const release = await hold('**/comments')
    const begun = page.waitForRequest('**/comments')
    await context.setOffline(false)
    await begun
    await page.getByRole('button', { name: 'Look' }).press('Enter')
    const line = page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'Is thrown away' })
    await line.getByRole('button', { name: /^Discard/ }).press('Enter')
    await line.waitFor({ state: 'detached' })
    release()
    await page.getByText('Nothing waits.').waitFor()
    assert.deepEqual([await comments('Goes out'), await comments('Is thrown away')], [1, 0])
    await page.keyboard.press('Escape')
  })

  it('offers to send again what was refused, when the right to comment may be back', async () => {
    const number = await openReported('Refused at first')
    await context.setOffline(true)
    await write('Refused at first')
    await said(page, '1 comment waits').waitFor()
    const refusal = { type: 'urn:pilothouse:forbidden', title: 'Forbidden', status: 403, detail: 'Not now.' }
    const refuse = (route: Route) =>
      route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(refusal) })
    await context.route('**/comments', refuse)
    await context.setOffline(false)
    await said(page, '1 comment needs you').waitFor()
    await context.unroute('**/comments', refuse)
    await page.getByRole('button', { name: 'Look' }).press('Enter')
    await page.getByRole('button', { name: `Send to ${number} as it is now` }).press('Enter')
    await page.getByText('Nothing waits.').waitFor()
    assert.equal(await comments('Refused at first'), 1)
    await page.keyboard.press('Escape')
  })

  it('[ASVS 14.3.3] sends nothing in the name of somebody who has signed in since', async () => {
    await openReported('Two persons at one screen')
    await context.setOffline(true)
    await write('Words of the manager')
    await said(page, '1 comment waits').waitFor()
    await enter('agent')
    await context.setOffline(false)
    const other = await context.newPage()
    await other.goto('/desk/incidents')
    // What is here belongs to the agent now; what the manager left was emptied, not sent.
    await until('nothing waits', async () => {
      await page.evaluate(() => window.dispatchEvent(new Event('online')))
      return (await said(page, '1 comment waits').count()) === 0
    })
    assert.equal(await comments('Words of the manager'), 0)
    await other.close()
    await enter('manager')
  })

  it('keeps moves that are made offline, makes them once, and asks when the record has changed since', async () => {
    const made = async (subject: string): Promise<string> => {
      const answer = await page.request.post('/api/v1/tasks', { data: { subject }, headers: { origin: demo.url } })
      return ((await answer.json()) as { number: string }).number
    }
    const stateOf = async (number: string): Promise<{ status: string; n: number } | undefined> => {
      const rows = await run<{ status: string; n: number }>(
        demo.db,
        sql`select t.status, (select count(*)::integer from journal j where j.org = 1 and j.record = 'task' and j.record_id = t.id and j.changes->'status'->>1 = 'done') as n from task t where t.id = ${Number(number.slice(number.indexOf('-') + 1))}`,
      )
      return rows[0]
    }
    const finish = async (number: string): Promise<void> => {
      await page.goto(`/desk/tasks/${number}`)
      const button = page.getByRole('group', { name: 'Move' }).getByRole('button', { name: 'Finish' })
      await button.waitFor()
      await context.setOffline(true)
      await button.press('Enter')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: 'Finish', exact: true }).press('Enter')
      await said(page, '1 change waits').waitFor()
      assert.deepEqual(await stateOf(number), { status: 'open', n: 0 })
    }
    const one_ = await made('Done in the lift')
    await finish(one_)
    await context.setOffline(false)
    await said(page, '1 change waits').waitFor({ state: 'detached' })
    assert.deepEqual(await stateOf(one_), { status: 'done', n: 1 })

    const other = await made('Changed meanwhile')
    await finish(other)
    await run(demo.db, sql`update task set rev = rev + 1 where id = ${Number(other.slice(other.indexOf('-') + 1))}`)
    await context.setOffline(false)
    await said(page, '1 change needs you before it can be sent.').waitFor()
    assert.deepEqual(await stateOf(other), { status: 'open', n: 0 })
    await page.getByRole('button', { name: 'Look' }).press('Enter')
    await page.getByText('Look whether this move still fits.').waitFor()
    await page.getByRole('button', { name: `Send to ${other} as it is now` }).press('Enter')
    await page.getByText('Nothing waits.').waitFor()
    assert.deepEqual(await stateOf(other), { status: 'done', n: 1 })
    await page.keyboard.press('Escape')
  })

  it('offers a newer version quietly, and takes it when asked', async () => {
    await page.goto('/desk/incidents')
    await page.getByRole('grid').waitFor()
    newerVersion()
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
    await said(page, 'A newer version of Pilothouse is here.').waitFor()
    await page.getByRole('button', { name: 'Use it now' }).press('Enter')
    await page.waitForFunction(() => document.querySelector('script[src*="index-newer"]') !== null)
    await page.getByRole('grid').waitFor()
    await until('the newer worker has taken over', async () =>
      page.evaluate(async () => (await caches.keys()).includes('pilothouse-files-newer')),
    )
    assert.equal(await said(page, 'A newer version').count(), 0)
  })

  it('keeps no field above the class that may lie on a device, nor what is beside records', async () => {
    await giveEveryoneAGrade()
    await page.goto('/settings/journal')
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.goto('/people/persons')
    await page.getByRole('grid').getByText(GRADE).first().waitFor()
    await until('the persons are kept', async () => (await kept(page)).some((path_) => path_.startsWith('/persons?')))
    const all = await answers(page)
    assert.ok(all.some((answer) => answer.path.startsWith('/persons?') && JSON.stringify(answer).includes('@')))
    assert.ok(!JSON.stringify(all).includes(GRADE), 'a value of class C2 lies on the device')
    const strange = (await kept(page)).filter((path_) => /^\/(journal|admin|tokens|access|grants|settings)/.test(path_))
    assert.deepEqual(strange, [])
  })

  it('[ASVS 14.3.3] forgets everything when its person signs out without the network, as it says', async () => {
    await page.goto('/desk/incidents')
    await page.getByRole('grid').waitFor()
    await until('something is kept', async () => (await kept(page)).length > 0)
    await context.setOffline(true)
    await page.getByRole('button', { name: /Your account/ }).press('Enter')
    await page.getByRole('menuitem', { name: 'Sign out' }).press('Enter')
    await page.getByText('Nothing of yours is kept on this device any more').waitFor()
    assert.deepEqual(await kept(page), [])
    await context.setOffline(false)
  })

  it('[ASVS 14.3.3] forgets everything when its person signs out, also what comes while they do', async () => {
    await page.goto(address())
    await box().fill('Never sent')
    await page.goto('/desk/incidents')
    await page.getByRole('grid').waitFor()
    await until('something is kept', async () => (await kept(page)).length > 0)
    const release = await hold('**/sign-in/end')
    const begun = page.waitForRequest('**/sign-in/end')
    await page.getByRole('button', { name: /Your account/ }).press('Enter')
    await page.getByRole('menuitem', { name: 'Sign out' }).press('Enter')
    await begun
    const before = await kept(page)
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Estate' }).press('Enter')
    await until('what came meanwhile is kept', async () => (await kept(page)).some((path_) => !before.includes(path_)))
    release()
    await page.waitForURL('**/login*')
    assert.deepEqual(await kept(page), [])
    assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('draft:'))), []) // oxfmt-ignore
  })

  it('[ASVS 14.3.3] shows another one nothing of it, also when nobody signed out', async () => {
    sessions.manager = await demo.session('manager')
    await enter('manager')
    await page.goto(address())
    const noted = page.waitForResponse((answer) => answer.url().endsWith('/me/unsent') && answer.status() === 204)
    await box().fill('Half a sentence of the manager')
    await noted
    await until('the record is kept', async () => (await kept(page)).includes(`/incidents/${one.number}`))
    await enter('agent')
    await page.goto('/desk/incidents')
    await page.getByRole('grid').waitFor()
    await until('what the other one reads is kept', async () => (await kept(page)).some((path_) => path_.startsWith('/incidents?'))) // oxfmt-ignore
    assert.ok(!(await kept(page)).includes(`/incidents/${one.number}`))
    await page.goto(address())
    await box().waitFor()
    assert.equal(await box().inputValue(), '')
  })

  it('wrote no error into the console', () => assert.deepEqual(troubles, []))
})
