// The page of a record: what a hand needs comes with the hand and no key is lost meanwhile, mails in the stream, texts that are shown
// as letters, and forms that are there again in another browser.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { run, sql } from '#kit/sql.ts'
import { violations } from '../setup/axe.ts'
import { chooseFromMenu, settled } from '../setup/browser.ts'
import { openDesk, report, type Desk, type Row } from '../setup/convention.ts'

let desk: Desk
before(async () => {
  desk = await openDesk()
})
/** Scripts that a page has asked for, by the names of their files. */
function scriptsOf(page: Page): string[] {
  const names: string[] = []
  page.on('request', (request) => {
    const name = /\/assets\/(.+)-[\w-]{8}\.js$/.exec(request.url())?.[1]
    if (name !== undefined) names.push(name)
  })
  return names
}
/** Holds what is asked for back until the answer is called. */
async function held(page: Page, pattern: RegExp): Promise<() => void> {
  let release = (): void => {}
  const free = new Promise<void>((done) => {
    release = done
  })
  await page.route(pattern, async (route) => {
    await free
    await route.continue()
  })
  return release
}
const late = /\/assets\/inline-editing-/

describe('what a hand needs', () => {
  it('is not loaded for a reader: neither editors nor the parser for texts that are plain', async () => {
    const { number } = await report(desk, 'Plain words', { description: 'The mill stands.\nNobody knows why.' })
    const page = await desk.open()
    const scripts = scriptsOf(page)
    await page.goto(`/desk/incidents/${number}`)
    await page.getByText('Nobody knows why.').waitFor()
    await settled(page)
    for (const name of ['inline-editing', 'editor', 'micromark', 'send-comment', 'mention-picker'])
      assert.ok(!scripts.includes(name), `${name} was loaded: ${scripts.join(' ')}`)
    await page.mouse.move(200, 300)
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/inline-editing-'))) // oxfmt-ignore
    await page.context().close()
  })

  it('is waited for by the key that asks for it, and other keys do nothing meanwhile', async () => {
    const { number } = await report(desk, 'Pressed too early')
    const page = await desk.open()
    const release = await held(page, late)
    await page.goto(`/desk/incidents/${number}`)
    await page.getByRole('heading', { name: 'Pressed too early' }).waitFor()
    await page.getByRole('tabpanel').waitFor()
    await page.keyboard.press('e')
    await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor()
    await page.keyboard.type('cap')
    release()
    const field = page.getByRole('textbox', { name: 'Subject' })
    await field.waitFor()
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'subject')
    assert.equal(await page.getByRole('combobox', { name: 'Assignee' }).count(), 0)
    assert.ok(page.url().endsWith(number))
    await field.press('Escape')
    await field.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('is found by its key in another tab', async () => {
    const { number } = await report(desk, 'Somewhere else')
    for (const [key, focused, look] of [
      ['r', '#composer', {}],
      ['m', '#panel-time', {}],
      ['r', '#composer', { width: 390 }],
      ['m', '#panel-time', { width: 390 }],
    ] as const) {
      const page = await desk.open('agent', [], look)
      await page.goto(`/desk/incidents/${number}?tab=audit`)
      await page.getByRole('tabpanel').getByRole('table').waitFor()
      await page.keyboard.press(key)
      await page.waitForFunction((wanted) => document.activeElement?.closest(wanted) !== null, focused)
      await page.context().close()
    }
  })

  it('begins on a phone with what is looked up: the facts of a unit, the talk about an incident', async () => {
    const page = await desk.open('agent', [], { width: 390 })
    for (const [address, first] of [
      ['/people/units/UNIT-1', 'Details'],
      ['/desk/incidents/INC-200', 'Activity'],
    ] as const) {
      await page.goto(address)
      await page.getByRole('tab', { name: first, selected: true }).waitFor()
      assert.equal(await page.getByRole('tab').first().innerText(), first)
    }
    await page.goto('/people/units/UNIT-1')
    await page.getByRole('tab', { name: 'Details', selected: true }).waitFor()
    await page.keyboard.press('r')
    await page.waitForFunction(() => document.activeElement?.closest('#composer') !== null)
    await page.context().close()
  })

  it('leads to the map with the record in its middle', async () => {
    const page = await desk.open()
    await page.goto('/desk/incidents/INC-200')
    await page.getByRole('button', { name: 'More', exact: true }).last().press('Enter')
    await chooseFromMenu(page, 'Show on the map')
    await page.waitForURL((url) => url.searchParams.get('start') === 'INC-200' && url.searchParams.get('display') === 'map') // oxfmt-ignore
    await page.locator('.map-box[data-focus], .map-box').first().waitFor()
    await page.context().close()
  })

  it('grows with what is written, and is sent', async () => {
    const { number } = await report(desk, 'Much to say')
    const page = await desk.open()
    await page.goto(`/desk/incidents/${number}`)
    const box = page.getByRole('textbox', { name: 'Comment or note' })
    const before = await box.evaluate((element) => element.clientHeight)
    await box.fill('One\ntwo\nthree\nfour\nfive **six**')
    assert.ok((await box.evaluate((element) => element.clientHeight)) > before)
    await box.press('Control+Enter')
    await page.getByRole('listitem').locator('strong', { hasText: 'six' }).waitFor()
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#composer')?.value === '')
    await page.context().close()
  })
})

describe('the stream', () => {
  it('tells to whom mails went and what became of them, and can be narrowed to them', async () => {
    const { id, number } = await report(desk, 'Somebody was told')
    await run(
      desk.demo.db,
      sql`insert into mail (org, person, kind, name, address, subject, content, because, on_record, on_id, message_id, state)
        select org, id, 'notice', name, 'x@harbour.test', 'What it says', '{}'::jsonb, 'Notices: comment', 'incident', ${id}, '<a@test>', 'failed' from person where org = 1 order by id limit 1`,
    )
    const page = await desk.open()
    await page.goto(`/desk/incidents/${number}`)
    const stream = page.getByRole('region', { name: 'Activity' })
    const entry = stream.getByRole('listitem').filter({ hasText: 'wrote a mail to' })
    await entry.filter({ hasText: 'Failed' }).waitFor()
    await stream.getByText('created this').waitFor()
    await stream.getByRole('button', { name: 'Mails' }).press('Enter')
    await stream.getByText('created this').waitFor({ state: 'detached' })
    assert.equal(await entry.count(), 1)
    await page.context().close()
  })
})

const attack = 'window.hacked=1;document.title="hacked"'
const FILES: Record<string, string> = {
  'notes.txt': `<!doctype html><html><body onload='${attack}'><script>${attack}</script><img src=x onerror='${attack}'>`,
  'drawing.svg': `<svg xmlns="http://www.w3.org/2000/svg" onload='${attack}'><script>${attack}</script></svg>`,
  'figures.csv': `day,value\n${Array.from({ length: 400 }, (_, n) => `2026-01-01,${n}`).join('\n')}`,
  'events.json': '{"a": [1, 2, "</pre><script>parent.hacked=1</script>"]}',
  'paper.pdf': `%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1);${attack})>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`,
}

describe('attached files', () => {
  it('show their first lines as letters, and nothing in them runs, also where their address is opened', async () => {
    const made = await report(desk, 'With all kinds of files')
    for (const [name, content] of Object.entries(FILES)) await attach(made, name, content)
    const page = await desk.open()
    let dialogs = 0
    page.on('dialog', (dialog) => {
      dialogs++
      void dialog.dismiss()
    })
    await page.goto(`/desk/incidents/${made.number}`)
    const stream = page.getByRole('region', { name: 'Activity' })
    for (const name of ['notes.txt', 'drawing.svg', 'figures.csv', 'events.json']) {
      const entry = stream.getByRole('listitem').filter({ hasText: name })
      await entry.locator('summary').press('Enter')
      const shown = entry.getByRole('region', { name })
      await shown.waitFor()
      const [text, wanted] = [(await shown.textContent()) ?? '', FILES[name] ?? '']
      assert.ok(wanted.startsWith(text.trimEnd()), `${name}: ${text.slice(0, 200)}`)
      assert.ok(text.length > 20 && (await shown.locator('*').count()) === 0, name)
    }
    const csv = stream.getByRole('listitem').filter({ hasText: 'figures.csv' })
    assert.equal(((await csv.getByRole('region').textContent()) ?? '').split('\n').length, 200)
    await csv.getByText('This is the beginning.').waitFor()
    const paper = stream.getByRole('listitem').filter({ hasText: 'paper.pdf' })
    await paper.getByRole('button', { name: 'paper.pdf' }).waitFor()
    assert.equal(await paper.locator('summary, iframe, embed, object').count(), 0)
    for (const name of Object.keys(FILES)) {
      const entry = stream.getByRole('listitem').filter({ hasText: name })
      const down = page.waitForEvent('download')
      await entry.getByRole('button', { name }).press('Enter')
      assert.equal((await down).suggestedFilename(), name)
    }
    assert.deepEqual([await page.evaluate(() => 'hacked' in window), dialogs], [false, 0])
    assert.doesNotMatch(await page.title(), /hacked/)
    await page.context().close()
  })

  it('have their first lines in the tab of files as well', async () => {
    const made = await report(desk, 'With a log')
    await attach(made, 'mill.log', 'one\ntwo')
    const page = await desk.open()
    await page.goto(`/desk/incidents/${made.number}?tab=files`)
    await page.getByRole('table').locator('summary').press('Enter')
    await page.getByRole('region', { name: 'mill.log' }).getByText('two').waitFor()
    await page.context().close()
  })
})

describe('attached sound and film', () => {
  it('is played where it hangs, found by its bytes and fetched in parts; what cannot be played says so', async () => {
    const made = await report(desk, 'With sound and film')
    const page = await desk.open()
    await page.goto('/settings/about')
    await attach(made, 'alarm.bin', wave(2))
    await attach(made, 'belt.html', Buffer.from(await filmed(page), 'base64'))
    await attach(made, 'broken.wav', Buffer.concat([wave(0).subarray(0, 12), Buffer.alloc(400, 0x58)]))
    await attach(made, 'song.mp3', '<html><script>alert(1)</script>')
    await page.goto(`/desk/incidents/${made.number}`)
    const stream = page.getByRole('region', { name: 'Activity' })
    const entry = (name: string) => stream.getByRole('listitem').filter({ hasText: name })
    const scripts = scriptsOf(page)
    for (const [name, deed, part] of [
      ['alarm.bin', 'Listen', 'audio'],
      ['belt.html', 'Watch', 'video'],
    ] as const) {
      const asked = page.waitForResponse((answer) => answer.url().includes('/api/v1/files/'))
      await entry(name).locator('summary', { hasText: deed }).press('Enter')
      const answer = await asked
      assert.deepEqual(
        [answer.status(), (answer.headers()['content-range'] ?? '').startsWith('bytes 0-')],
        [206, true],
        name,
      )
      const player = entry(name).locator(part)
      await player.waitFor()
      assert.equal(await player.getAttribute('aria-label'), name)
      await player.evaluate(async (element: HTMLMediaElement) => {
        element.muted = true
        await element.play()
        if (element.readyState < 3) await new Promise((ready) => element.addEventListener('canplay', ready, { once: true })) // oxfmt-ignore
      })
    }
    const length = await entry('alarm.bin')
      .locator('audio')
      .evaluate((element: HTMLAudioElement) => element.duration)
    assert.equal(length, 2)
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(
      scripts.filter((name) => name === 'player'),
      ['player'],
      'it came with the first of them',
    )
    await entry('broken.wav').locator('summary').press('Enter')
    await entry('broken.wav').getByText('This browser cannot play it.').waitFor()
    // Closed, it is silent and gone.
    await entry('alarm.bin').locator('summary').press('Enter')
    await entry('alarm.bin').locator('audio').waitFor({ state: 'detached' })
    await entry('song.mp3').getByText('First lines').waitFor()
    await page.goto(`/desk/incidents/${made.number}?tab=files`)
    await page.getByRole('table').locator('summary', { hasText: 'Listen' }).first().waitFor()
    await page.context().close()
  })
})

/** So many seconds of a tone, as a WAV file of 8,000 bytes a second. */
function wave(seconds: number): Buffer {
  const sound = Buffer.from(Array.from({ length: seconds * 8000 }, (_, at) => 128 + Math.round(60 * Math.sin(at / 3))))
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + sound.length, 4)
  head.write('WAVEfmt ', 8)
  for (const [at, value] of [[16, 16], [24, 8000], [28, 8000], [40, sound.length]] as const) head.writeUInt32LE(value, at) // oxfmt-ignore
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    head.writeUInt16LE(value, at)
  head.write('data', 36)
  return Buffer.concat([head, sound])
}
/** A short film that the browser itself has made (WebM), in base64. */
function filmed(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 })
    const pen = canvas.getContext('2d')
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm;codecs=vp8' })
    const parts: Blob[] = []
    recorder.addEventListener('dataavailable', ({ data }) => void parts.push(data))
    const stopped = new Promise((done) => recorder.addEventListener('stop', done, { once: true }))
    recorder.start()
    for (let at = 0; at < 20; at++) {
      pen?.fillRect(at * 3, 4, 8, 40)
      await new Promise((done) => setTimeout(done, 50))
    }
    recorder.stop()
    await stopped
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
    return btoa(String.fromCharCode(...bytes))
  })
}

async function attach(to: Row, name: string, content: string | Buffer): Promise<void> {
  const form = new FormData()
  form.append('file', new Blob([content as BlobPart], { type: 'text/plain' }), name)
  const cookie = `pilothouse=${await desk.demo.session('manager')}`
  const answer = await fetch(`${desk.demo.url}/api/v1/incidents/${to.id}/attachments`, { method: 'POST', headers: { cookie }, body: form }) // oxfmt-ignore
  assert.equal(answer.status, 201, await answer.text())
}

describe('the form of a new record', () => {
  const kept = (page: Page): Promise<unknown> =>
    page.waitForResponse((answer) => answer.url().endsWith('/me/unsent') && answer.status() === 204)
  const left = async (): Promise<number> =>
    ((await desk.call('agent', 'GET', '/me/unsent?on=new:incident'))['items'] as unknown[]).length

  it('is there again in another browser, until it is created', async () => {
    const one = await desk.open('agent')
    await one.goto('/desk/incidents/new')
    const written = kept(one)
    await one.getByRole('textbox', { name: 'Subject' }).fill('Begun at the desk')
    await written
    await one.context().close()
    const other = await desk.open('agent')
    await other.goto('/desk/incidents/new')
    await other.getByText(/^You wrote this .* and did not create it/).waitFor()
    const subject = other.getByRole('textbox', { name: 'Subject' })
    assert.equal(await subject.inputValue(), 'Begun at the desk')
    const gone = kept(other)
    await subject.press('Control+Enter')
    await other.getByRole('heading', { name: 'Begun at the desk' }).waitFor()
    await gone
    assert.equal(await left(), 0)
    await other.context().close()
  })

  it('is empty again when it is thrown away, and one that an address fills has nothing to do with it', async () => {
    const page = await desk.open('agent')
    await page.goto('/desk/incidents/new')
    const written = kept(page)
    await page.getByRole('textbox', { name: 'Subject' }).fill('Never mind')
    await written
    await page.goto('/desk/incidents/new?subject=From%20a%20link')
    const subject = page.getByRole('textbox', { name: 'Subject' })
    await subject.waitFor()
    assert.equal(await subject.inputValue(), 'From a link')
    assert.equal(await left(), 1)
    await page.goto('/desk/incidents/new')
    const gone = kept(page)
    await page.getByRole('button', { name: 'Throw it away' }).press('Enter')
    await gone
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name=subject]')?.value === '')
    assert.equal(await left(), 0)
    await page.context().close()
  })

  it('asks before it is left when what stands there could not be kept, and only then', async () => {
    const page = await desk.open('agent', ['ERR_FAILED'])
    let asked = 0
    page.on('dialog', (dialog) => {
      asked++
      void dialog.dismiss()
    })
    await page.goto('/desk/incidents/new')
    const subject = page.getByRole('textbox', { name: 'Subject' })
    await page.route('**/me/unsent', (route) => route.abort())
    const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/me/unsent'))
    await subject.fill('Not kept')
    await failed
    const estate = page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Estate' })
    const dialog = page.waitForEvent('dialog')
    await estate.press('Enter')
    await dialog
    assert.equal(await subject.inputValue(), 'Not kept')
    await page.unroute('**/me/unsent')
    const written = kept(page)
    await subject.fill('Kept')
    await written
    await estate.press('Enter')
    await page.waitForURL(/\/estate/)
    assert.equal(asked, 1)
    await page.context().close()
  })

  it('is there again for whoever comes back before it has arrived', async () => {
    await desk.call('agent', 'PUT', '/me/unsent', { on: 'new:incident', part: 'form', value: null, rev: null })
    const page = await desk.open('agent')
    await page.goto('/desk/incidents/new')
    const subject = page.getByRole('textbox', { name: 'Subject' })
    await subject.waitFor()
    const release = await held(page, /\/me\/unsent$/)
    const sent = page.waitForRequest((request) => request.method() === 'PUT' && request.url().endsWith('/me/unsent'))
    await subject.fill('On its way')
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Estate' }).press('Enter')
    await sent
    await page.waitForURL(/\/estate/)
    await page.goBack()
    await subject.waitFor()
    release()
    await page.getByText(/^You wrote this .* and did not create it/).waitFor()
    assert.equal(await subject.inputValue(), 'On its way')
    const gone = kept(page)
    await page.getByRole('button', { name: 'Throw it away' }).press('Enter')
    await gone
    await page.context().close()
  })

  it('wrote no error into the console', () => assert.deepEqual(desk.troubles(), []))
})
