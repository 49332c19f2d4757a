// The first minutes: the set-up link makes the administrator, works once, and leads to empty places that say what to do.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { newSetupLink } from '#kit/sign-in.ts'
import { openContext, openPage } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

let demo: Demo
let page: Page
let troubles: string[]
let link = ''

describe('the first minutes', () => {
  before(async () => {
    demo = await startDemo({ empty: true })
    link = await newSetupLink(demo.db)
    const opened = await openPage(await openContext(demo.url, null), [
      '401 (Unauthorized)',
      '404 (Not Found)',
      '409 (Conflict)',
      '422 (',
    ])
    page = opened.page
    troubles = opened.troubles
    page.setDefaultTimeout(30_000)
  })

  it('[ASVS 6.3.2] [ASVS 13.2.3] have no account yet, under no name and with no password', async () => {
    const [counts] = await demo.db.query<{ credentials: number; keys: number; grants: number }>(
      'select (select count(*) from credential) as credentials, (select count(*) from api_token) as keys, (select count(*) from role_grant) as grants',
    )
    assert.deepEqual(counts, { credentials: 0, keys: 0, grants: 0 })
    for (const email of ['admin', 'admin@localhost', 'administrator@example.com', 'demo@harbour.test'])
      for (const password of ['admin', 'password', 'pilothouse', 'changeme']) {
        const body = JSON.stringify({ email, password })
        const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
        const answer = await fetch(`${demo.url}/api/v1/session`, { method: 'POST', headers, body })
        assert.notEqual(answer.status, 200, `${email} ${password}`)
        assert.ok([400, 401, 422, 429].includes(answer.status), `${answer.status}`)
        assert.equal(answer.headers.get('set-cookie'), null)
      }
  })

  it('refuses a short password with a sentence', async () => {
    await page.goto(`/setup/${link}`)
    await fill({
      'Your name': 'Ines Marques',
      'E-mail': 'ines@harbour.test',
      Password: 'short',
      Organisation: 'Harbour Works',
    })
    await page.getByRole('button', { name: 'Create the administrator' }).press('Enter')
    assert.ok(page.url().includes('/setup/'))
  })

  it('makes the administrator and signs in', async () => {
    await fill({ Password: 'four quiet winter lanterns' })
    await page.getByRole('button', { name: 'Create the administrator' }).press('Enter')
    await page.getByRole('navigation', { name: 'Places' }).waitFor()
  })

  it('works once', async () => {
    const other = await openPage(await openContext(demo.url, null), ['4'])
    await other.page.goto(`/setup/${link}`)
    for (const [label, text] of Object.entries({
      'Your name': 'Eve',
      'E-mail': 'eve@harbour.test',
      Password: 'four quiet winter lanterns',
      Organisation: 'Other',
    }))
      await other.page.getByRole('textbox', { name: label }).fill(text)
    await other.page.getByRole('button', { name: 'Create the administrator' }).press('Enter')
    await other.page.getByRole('alert').waitFor()
  })

  it('says in an empty list what belongs there and how to begin', async () => {
    await page.goto('/desk/incidents')
    await page
      .getByRole('link', { name: /import/i })
      .last()
      .waitFor()
    await page
      .getByRole('link', { name: /create/i })
      .last()
      .press('Enter')
    await page.getByRole('heading', { name: 'New incident' }).waitFor()
  })

  it('wrote no error into the console', () => assert.deepEqual(troubles, []))
})

async function fill(values: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(values)) await page.getByRole('textbox', { name: label }).fill(text)
}
