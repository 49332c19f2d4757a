// Texts that attackers write into records, through the server's storage and the real renderer in Chromium: they stay texts.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openContext, openPage } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

const run = 'window.hacked=1'
const CORPUS: readonly string[] = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload="${run}"><animate onbegin="${run}" attributeName=x dur=1s>`,
  `<a href="javascript:${run}">click</a>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=${run}>`,
  `<details open ontoggle="${run}">x</details>`,
  `<style>*{display:none}</style>`,
  `<base href="https://evil.test/">`,
  `<meta http-equiv="refresh" content="0;url=https://evil.test/">`,
  `<form action="https://evil.test/"><button autofocus onfocus=${run}>x</button></form>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<!--><img src=x onerror=${run}>-->`,
  `[click](javascript:${run})`,
  `[click](JaVaScRiPt:${run})`,
  `[click](\u0001javascript:${run})`,
  `[click](java\nscript:${run})`,
  `[click](&#106;avascript:${run})`,
  `[click](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74:${run})`,
  `[click](java&Tab;script:${run})`,
  `[click](javascript&colon;${run})`,
  `[click](%6aavascript:${run})`,
  `[click](<javascript:${run}>)`,
  `[click](data:text/html;base64,PHNjcmlwdD53aW5kb3cuaGFja2VkPTE8L3NjcmlwdD4=)`,
  `[click](vbscript:msgbox)`,
  `[click](file:///etc/passwd)`,
  `[click](blob:https://evil.test/1)`,
  `[click](view-source:https://evil.test)`,
  `[ref][1]\n\n[1]: javascript:${run} "title"`,
  `[ref]\n\n[ref]: data:text/html,<script>${run}</script>`,
  `<javascript:${run}>`,
  `<data:text/html,x>`,
  `![x](javascript:${run})`,
  `![x](https://evil.test/track.png "t")`,
  `![" onerror="${run}](https://evil.test/a"onerror="${run})`,
  `![x](/api/v1/session)`,
  `[x](https://evil.test/" onmouseover="${run})`,
  `[x](https://evil.test/ '" onmouseover="${run}')`,
  `[x](//evil.test/path)`,
  `https://evil.test/"onmouseover="${run}`,
  `www.evil.test/<script>${run}</script>`,
  `a@evil.test"><script>${run}</script>`,
  '`<img src=x onerror=' + run + '>`',
  '```html\n<script>' + run + '</script>\n```',
  '```"><script>' + run + '</script>\nx\n```',
  `| a |\n|:--|\n| <img src=x onerror=${run}> |`,
  `~~<script>${run}</script>~~`,
  `# <img src=x onerror=${run}>`,
  `&lt;script&gt;${run}&lt;/script&gt;`,
  `\\<script>${run}</script>`,
  `<\u0000script>${run}</script>`.replace('\u0000', '\u200b'),
  `\u202e<tpircs>\u2066`,
  `{{constructor.constructor('${run}')()}} \${${run}} <%= 7*7 %> #{7*7}`,
  `${'['.repeat(3000)}x${']'.repeat(3000)}`,
  `${'> '.repeat(2000)}x`,
  `${'*a '.repeat(3000)}`,
  `${'<'.repeat(5000)}`,
  `${'`'.repeat(3001)}x${'`'.repeat(3000)}`,
]
const TAGS = new Set(
  'a p br em strong del code pre ul ol li blockquote h1 h2 h3 h4 h5 h6 hr table thead tbody tr th td img div'
    .toUpperCase()
    .split(' '),
)
// A value such as "&#x6A…" that was not decoded is an address below this page: what counts is where a link leads.
const ATTRIBUTES = new Set(['href', 'rel', 'target', 'title', 'alt', 'src', 'class', 'align', 'start'])

let demo: Demo
let page: Page
let number = ''
const violations: string[] = []
const requests: string[] = []
before(async () => {
  demo = await startDemo()
  const session = await demo.session('agent')
  const send = async (path: string, body: object): Promise<{ id: number; number: string }> => {
    const headers = { cookie: `pilothouse=${session}`, 'content-type': 'application/json' }
    const answer = await fetch(`${demo.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const text = await answer.text()
    assert.ok(answer.ok, text)
    return JSON.parse(text) as { id: number; number: string } // a record that was made has both
  }
  const made = await send('/incidents', {
    subject: CORPUS[1],
    description: CORPUS.slice(0, 50).join('\n\n'),
    tags: [CORPUS[0], 'javascript:1'],
  })
  number = made.number
  for (const body of CORPUS) await send(`/incidents/${made.id}/comments`, { body })
  const context = await openContext(demo.url, session)
  ;({ page } = await openPage(context))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.warn(`refused: ${event.effectiveDirective} ${event.blockedURI}`),
    )
  })
  page.on('console', (message) => void (message.text().startsWith('refused: ') && violations.push(message.text())))
  page.on('request', (request) => requests.push(request.url()))
})
after(() => page.context().close())

describe('[ASVS 1.2.1] [ASVS 1.3.1] [ASVS 1.3.5] [ASVS 3.2.2] a text that an attacker wrote', () => {
  it('shows as a text: none of its tags, attributes or links lives', { timeout: 120_000 }, async () => {
    await page.goto(`/desk/incidents/${number}`)
    await page.locator('.markdown').first().waitFor()
    // The timeline comes in pages: all of it is read.
    for (let more = 0; more < 20; more++) {
      const button = page.getByRole('button', { name: /older|more/i }).last()
      if (!(await button.isVisible().catch(() => false))) break
      await button.click().catch(() => {}) // it went away with the last page
      await page.waitForTimeout(150)
    }
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('.markdown')].map((box) =>
        [...box.querySelectorAll('*')].map((element) => ({
          tag: element.tagName,
          attributes: [...element.attributes].map(({ name, value }) => [name, value] as const),
        })),
      ),
    )
    assert.ok(shown.length >= 15, `only ${shown.length} texts were shown`)
    for (const { tag, attributes } of shown.flat()) {
      assert.ok(TAGS.has(tag), `<${tag}> was let through`)
      for (const [name, value] of attributes) {
        assert.ok(ATTRIBUTES.has(name), `<${tag} ${name}="${value}"> was let through`)
        if (name === 'href' || name === 'src')
          assert.match(new URL(value, demo.url).protocol, /^(https?|mailto):$/, `<${tag} ${name}="${value}">`)
        if (name === 'src') assert.match(value, /^\/api\/v1\/files\//)
      }
      const href = attributes.find(([name]) => name === 'href')?.[1] ?? ''
      if (/^(\w+:|\/\/)/.test(href)) {
        assert.deepEqual(attributes.find(([name]) => name === 'rel')?.[1], 'noopener noreferrer nofollow', href)
        assert.equal(attributes.find(([name]) => name === 'target')?.[1], '_blank')
      }
    }
  })
  it('does nothing when everything in it is clicked', async () => {
    const context = page.context()
    context.on('page', (opened) => void opened.close())
    await page.evaluate(() => {
      for (const link of document.querySelectorAll<HTMLAnchorElement>('.markdown a')) {
        const { protocol } = link
        if (protocol !== 'http:' && protocol !== 'https:' && protocol !== 'mailto:') link.click()
      }
      for (const element of document.querySelectorAll('.markdown *'))
        element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
    })
    await page.waitForTimeout(300)
    assert.equal(await page.evaluate(() => 'hacked' in window), false)
  })
  it('does nothing in lists, searches, titles and histories either', async () => {
    for (const place of [
      '/desk/incidents?sort=-id',
      `/desk/incidents?q=onerror`,
      `/desk/incidents/${number}?tab=history`,
    ]) {
      await page.goto(place)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForTimeout(300)
      assert.equal(await page.evaluate(() => 'hacked' in window), false, place)
    }
  })
  it('asks nothing of another server, and the policy had nothing to refuse', () => {
    assert.deepEqual(
      requests.filter((url) => !url.startsWith(demo.url) && !/^(data|blob):/.test(url)),
      [],
    )
    assert.deepEqual(violations, [])
  })
})
