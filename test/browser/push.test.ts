// Notices on devices in a real browser: what the worker shows, where a click leads and what it tells when the browser changes
// its subscription; switched on and ended on the screen.
// The service of push is out of reach here (browsers ask their maker's): what it would bring is handed to the worker by the
// browser's own door for that, and what subscribing would answer is put in the place of the browser's.
import assert from 'node:assert/strict'
import { createECDH, randomBytes } from 'node:crypto'
import { before, describe, it } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { openSession } from '#kit/sign-in.ts'
import { ROOT } from '#main/root.ts'
import { buildWebIfStale } from '#platform/web-build.ts'
import { violations } from '../setup/axe.ts'
import { openContext, openPage, settled, widths } from '../setup/browser.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

const PATIENCE_MS = 60_000
let server: TestServer
before(async () => {
  const web = await buildWebIfStale(ROOT, () => {})
  server = await startTestServer({ web })
})

/** A browser with the worker, that may show notices. */
async function opened(): Promise<{ context: BrowserContext; page: Page; troubles: string[] }> {
  const { key } = await openSession(server.db, { org: 1, person: server.people.agent.id }, { method: 'password', agent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0' }) // oxfmt-ignore
  const context = await openContext(server.url, key, { isInstalled: true })
  await context.grantPermissions(['notifications'])
  const { page, troubles } = await openPage(context, ['Push API in incognito mode'])
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto('/settings/notices')
  await page.getByRole('heading', { name: 'On your devices' }).waitFor()
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  return { context, page, troubles }
}
/** What the browser hands to the worker of this page as a message that came by push. */
async function deliver(page: Page, data: string): Promise<void> {
  const door = await page.context().newCDPSession(page)
  const registration = new Promise<string>((resolve) => {
    door.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === `${server.url}/`)
      if (ours) resolve(ours.registrationId)
    })
  })
  await door.send('ServiceWorker.enable')
  await door.send('ServiceWorker.deliverPushMessage', { origin: server.url, registrationId: await registration, data })
  await door.detach()
}
interface Shown {
  title: string
  body: string
  tag: string
  data: unknown
}
async function shown(page: Page): Promise<Shown[]> {
  return page.evaluate(async () => {
    const { ready } = navigator.serviceWorker
    return (await (await ready).getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, data: data as unknown })) // oxfmt-ignore
  })
}
async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await new Promise((done) => setTimeout(done, 100)))
    if (await is()) return
  assert.fail(`It never came to this: ${what}`)
}
const message = (more: object = {}): string => JSON.stringify({ title: 'INC-7 The ERP is slow', body: 'Incident: Comments', path: '/desk/incidents/INC-7', tag: 'INC-7', lang: 'en', ...more }) // oxfmt-ignore

describe('a notice on a device', () => {
  it('is shown as it comes; a later one about the same takes its place, and what is no message is news in the inbox', async () => {
    const { context, page, troubles } = await opened()
    await deliver(page, message())
    await until('it is shown', async () => (await shown(page)).length === 1)
    assert.deepEqual(await shown(page), [{ title: 'INC-7 The ERP is slow', body: 'Incident: Comments', tag: 'INC-7', data: '/desk/incidents/INC-7' }]) // oxfmt-ignore
    await deliver(page, message({ body: 'Incident: Changes of state' }))
    await until('it is replaced', async () => (await shown(page))[0]?.body === 'Incident: Changes of state')
    assert.equal((await shown(page)).length, 1)
    await deliver(page, message({ tag: 'evil', path: 'https://evil.example/x' }))
    await until('an address of somebody else leads to the inbox', async () => (await shown(page)).some(({ tag, data }) => tag === 'evil' && data === '/inbox')) // oxfmt-ignore
    await deliver(page, 'no message of ours')
    await until('what cannot be read', async () => (await shown(page)).some(({ title, data }) => title === 'Pilothouse' && data === '/inbox')) // oxfmt-ignore
    assert.deepEqual(troubles, [])
    await context.close()
  })

  it('is switched on and ended on the screen, and ends with signing out', async () => {
    const { context, page, troubles } = await opened()
    const subscribe = (): Promise<void> => subscribing(page)
    await subscribe()
    await page.getByRole('button', { name: 'Show notices on this device' }).click()
    const row = page.getByRole('row').filter({ hasText: 'Chrome on Linux' })
    await row.getByText('this one').waitFor()
    for (const width of widths) {
      await page.setViewportSize({ width, height: 844 })
      await settled(page)
      assert.deepEqual(await violations(page), [])
      const isWide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
      assert.equal(isWide, false, String(width))
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    await row.getByRole('button', { name: /^End/ }).click()
    await row.waitFor({ state: 'detached' })
    assert.deepEqual(await server.db.query('select 1 as one from push_subscription'), [])
    await subscribe()
    await page.getByRole('button', { name: 'Show notices on this device' }).click()
    await row.waitFor()
    await page.getByRole('button', { name: /agent of 1/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.waitForURL('**/login')
    assert.deepEqual(await server.db.query('select 1 as one from push_subscription'), [])
    assert.deepEqual(troubles, [])
    await context.close()
  })

  it('is offered also to whoever is on the page before the worker is there, however late that comes', async () => {
    const { key } = await openSession(server.db, { org: 1, person: server.people.agent.id }, { method: 'password', agent: 'Chrome' }) // oxfmt-ignore
    const context = await openContext(server.url, key, { isInstalled: true })
    await context.grantPermissions(['notifications'])
    const { page } = await openPage(context)
    page.setDefaultTimeout(PATIENCE_MS)
    await page.addInitScript(() => {
      const register = navigator.serviceWorker.register.bind(navigator.serviceWorker)
      Object.assign(navigator.serviceWorker, {
        register: (...of: Parameters<typeof register>) => new Promise((done) => setTimeout(done, 15_000)).then(() => register(...of)), // oxfmt-ignore
      })
    })
    await page.goto('/settings/notices')
    await page.getByRole('button', { name: 'Show notices on this device' }).waitFor()
    await context.close()
  })

  it('that the browser cannot have is explained', async () => {
    const { context, page, troubles } = await opened()
    await page.getByRole('button', { name: 'Show notices on this device' }).click()
    await page.getByText('The browser cannot reach its service for notices', { exact: false }).first().waitFor()
    assert.deepEqual(await server.db.query('select 1 as one from push_subscription'), [])
    assert.deepEqual(troubles, [])
    await context.close()
  })
})

/**
 * Sends an event to the worker as the browser would, and waits for all that it does. What browsers allow only in a click of a
 * real hand (opening and focusing windows) is written down in its place. @param event an expression that makes the event
 */
async function inWorker(page: Page, event: string): Promise<string[]> {
  const [worker] = page.context().serviceWorkers()
  assert.ok(worker)
  return worker.evaluate<string[]>(`(async () => {
    const told = []
    Object.assign(clients, { openWindow: async (address) => void told.push('open ' + address) })
    WindowClient.prototype.focus = async function () { told.push('focus ' + new URL(this.url).pathname) }
    const event = await (async () => { ${event} })()
    // Events that a program makes may not hold the worker up: this one does, until its work is done.
    const work = []
    Object.defineProperty(event, 'waitUntil', { value: (promise) => void work.push(promise) })
    dispatchEvent(event)
    await Promise.all(work)
    return told
  })()`)
}
/** Shows a notice that leads there, and clicks on it. */
function clicked(page: Page, path: unknown): Promise<string[]> {
  return inWorker(page, `
    await registration.showNotification('INC-7', { tag: 'clicked', data: ${JSON.stringify(path)} })
    const [notification] = await registration.getNotifications({ tag: 'clicked' })
    return new NotificationEvent('notificationclick', { notification })`) // oxfmt-ignore
}

describe('a click on a notice', () => {
  it('brings the page that is open to the front, opens another, and closes the notice', async () => {
    const { context, page, troubles } = await opened()
    assert.deepEqual(await clicked(page, '/settings/notices'), ['focus /settings/notices'])
    assert.deepEqual(await clicked(page, '/desk/incidents/INC-7'), ['open /desk/incidents/INC-7'])
    assert.deepEqual(await shown(page), [])
    assert.deepEqual(troubles, [])
    await context.close()
  })

  it('leads nowhere but into this application', async () => {
    const { context, page } = await opened()
    for (const path of [
      'https://evil.example/x',
      '//evil.example/x',
      '\\\\evil.example/x',
      'javascript:alert(1)',
      'data:text/html,x',
      'http://[',
      42,
      null,
      { path: '/x' },
    ])
      // oxfmt-ignore
      assert.deepEqual(await clicked(page, path), ['open /inbox'], JSON.stringify(path))
    await context.close()
  })
})

describe('a subscription that the browser changes by itself', () => {
  const endpoints = async (): Promise<unknown[]> =>
    (await server.db.query<{ endpoint: string }>('select endpoint from push_subscription')).map(({ endpoint }) => endpoint) // oxfmt-ignore
  /** The browser has another one from now on, in the worker. */
  async function changed(page: Page, from: string | null): Promise<string> {
    const { endpoint, keys } = offer()
    await inWorker(page, `
      const now = { endpoint: ${JSON.stringify(endpoint)}, toJSON: () => (${JSON.stringify({ endpoint, keys })}) }
      PushManager.prototype.getSubscription = async () => now
      return Object.assign(new ExtendableEvent('pushsubscriptionchange'), { oldSubscription: ${from === null ? 'null' : JSON.stringify({ endpoint: from })} })`) // oxfmt-ignore
    return endpoint
  }
  const isOwed = (page: Page): Promise<boolean> => page.evaluate(() => caches.has('pilothouse-push'))

  it('is told to the server at once, or when somebody has signed in again; one that was ended stays ended', async () => {
    const { context, page } = await opened()
    await subscribing(page)
    await page.getByRole('button', { name: 'Show notices on this device' }).click()
    await page.getByRole('row').filter({ hasText: 'Chrome on Linux' }).waitFor()
    const [first] = await endpoints()
    const second = await changed(page, String(first))
    assert.deepEqual([await endpoints(), await isOwed(page)], [[second], false])
    const third = await changed(page, null)
    assert.deepEqual(await endpoints(), [third], 'of this session, where the browser does not say which it was')
    const cookies = await context.cookies()
    await context.clearCookies()
    const lost = await changed(page, third)
    const fourth = await changed(page, lost)
    assert.deepEqual([await endpoints(), await isOwed(page)], [[third], true])
    await context.addCookies(cookies)
    await page.goto('/inbox')
    await until('the page has the worker tell it', async () => (await endpoints())[0] === fourth)
    await until('nothing is left to tell', async () => !(await isOwed(page)))
    await server.db.query('delete from push_subscription')
    await changed(page, fourth)
    assert.deepEqual([await endpoints(), await isOwed(page)], [[], false])
    await context.close()
  })
})

function offer(): { endpoint: string; keys: object } {
  const own = createECDH('prime256v1')
  own.generateKeys()
  return { endpoint: `https://push.example.net/${randomBytes(6).toString('hex')}`, keys: { p256dh: own.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') } } // oxfmt-ignore
}
/** The browser's own part: a subscription with keys as it would make them, of a service that is not there. */
async function subscribing(page: Page): Promise<void> {
  await page.evaluate((json) => {
    let here: object | null = null
    const subscription = { toJSON: () => json, unsubscribe: async () => ((here = null), true) }
    Object.assign(PushManager.prototype, {
      subscribe: async () => (here = subscription),
      getSubscription: async () => here,
    })
  }, offer())
}
