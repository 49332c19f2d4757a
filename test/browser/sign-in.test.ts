// Signing in as people do it: password, authenticator app, passkeys of a virtual authenticator, a link for a new password, what an administrator sees.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { CDPSession, Page } from 'playwright-core'
import { codeAt, stepOf } from '#engines/totp.ts'
import { violations } from '../setup/axe.ts'
import { openContext, openPage, settled } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

let demo: Demo
let site: string
let page: Page
let cdp: CDPSession
let authenticator: string
let troubles: string[]
let login: { email: string; password: string }
let recovery: string[] = []

before(async () => {
  demo = await startDemo()
  site = demo.url.replace('127.0.0.1', 'localhost')
  login = await demo.login('agent')
  const opened = await openPage(await openContext(site, null), [
    '401 (Unauthorized)',
    '403 (Forbidden)',
    '409 (Conflict)',
    '422 (',
    '429 (',
  ])
  page = opened.page
  troubles = opened.troubles
  page.setDefaultTimeout(30_000)
  cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  authenticator = await addAuthenticator(true)
})
async function addAuthenticator(isUserVerified: boolean): Promise<string> {
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  })
  return authenticatorId
}
const button = (name: string | RegExp) => page.getByRole('button', { name })
async function byPassword(password = login.password): Promise<void> {
  await page.goto(`${site}/login`)
  await page.getByLabel('E-mail').fill(login.email)
  await page.locator('input[name=password]').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).press('Enter')
}
const isInside = (): Promise<unknown> => page.waitForURL((url) => !/login|second-factor|password/.test(url.pathname))
async function clean(): Promise<void> {
  await settled(page)
  assert.deepEqual(await violations(page), [])
}

describe('signing in', () => {
  it('says in one sentence what is wrong, and lets in who knows the password', async () => {
    await page.goto(`${site}/login`)
    await clean()
    await byPassword('not the password')
    await page.getByRole('alert').getByText('do not belong together').waitFor()
    await byPassword()
    await isInside()
  })
  it('adds a passkey, with recovery codes for the first second factor', async () => {
    await page.goto(`${site}/settings/security`)
    await page.getByLabel('Name, such as the device').fill('Work laptop')
    await button('Add a passkey').press('Enter')
    await button('I have kept them').waitFor()
    recovery = await page.locator('.recovery-codes code').allTextContents()
    assert.equal(recovery.length, 10)
    await clean()
    await button('I have kept them').press('Enter')
    await page.getByRole('cell', { name: 'Work laptop', exact: true }).waitFor()
  })
  it('takes the passkey without a password or a name', async () => {
    await page.context().clearCookies()
    await page.goto(`${site}/login`)
    await button('Sign in with a passkey').press('Enter')
    await isInside()
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: authenticator })
    assert.equal(credentials.length, 1)
    assert.ok((credentials[0]?.signCount ?? 0) > 1)
  })
  it('asks for the passkey after the password, or for a recovery code, which works once', async () => {
    await page.context().clearCookies()
    await byPassword()
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
    await clean()
    await button('Use a passkey').press('Enter')
    await isInside()
    for (const [expected, code] of [
      ['in', recovery[0]],
      ['out', recovery[0]],
    ] as const) {
      await page.context().clearCookies()
      await byPassword()
      await page.getByLabel('Recovery code').fill(code ?? '')
      await button('Continue').press('Enter')
      await (expected === 'in' ? isInside() : page.getByRole('alert').getByText('not right').waitFor())
    }
  })
  it('lets nobody in by a passkey that did not check its user', async () => {
    await page.context().clearCookies()
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified: false })
    await page.goto(`${site}/login`)
    await button('Sign in with a passkey').press('Enter')
    await page.getByRole('alert').waitFor()
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified: true })
  })
  it('sets up an authenticator app by QR code and asks for its code from then on', async () => {
    await button('Sign in with a passkey').press('Enter')
    await isInside()
    await page.goto(`${site}/settings/security`)
    await button('Set up an app').press('Enter')
    const picture = page.getByAltText('QR code for the authenticator app')
    await picture.waitFor()
    assert.ok(
      await picture.evaluate((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0),
    )
    await clean()
    const used = stepOf(Date.now())
    const secret = bytesOf((await page.locator('.key-text').textContent()) ?? '')
    await page.locator('input[name=code]').fill(codeAt(secret, used))
    await button('Confirm').press('Enter')
    await button('I have kept them').press('Enter')
    await page.context().clearCookies()
    await demo.db.query('delete from sign_in_delay')
    await byPassword()
    await page.getByLabel('Code of your authenticator app').fill(codeAt(secret, used + 1))
    await button('Continue').press('Enter')
    await isInside()
  })
  it('asks again before the app is removed, once the proof is old', async () => {
    await demo.db.query("update session set proved_at = now() - interval '1 hour'")
    await page.waitForTimeout(2100) // identities are remembered for two seconds
    await page.goto(`${site}/settings/security`)
    page.once('dialog', (dialog) => void dialog.accept())
    await button('Remove the app').press('Enter')
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor()
    await clean()
    await button('Confirm with a passkey').press('Enter')
    await button('Set up an app').waitFor()
  })
  it('changes the password, and ends the other sessions', async () => {
    const other = await demo.session('agent')
    await page.goto(`${site}/settings/security`)
    await page.getByLabel('Present password').fill(login.password)
    await page.getByLabel('New password').fill('password1234')
    await button('Change password').press('Enter')
    await page.getByText('everybody tries first').waitFor()
    await page.getByLabel('New password').fill('seven lamps on a pier')
    await button('Change password').press('Enter')
    await page.getByText('other sessions have ended').waitFor()
    const answer = await fetch(`${demo.url}/api/v1/me`, { headers: { cookie: `pilothouse=${other}` } })
    assert.equal(answer.status, 401)
    login = { ...login, password: 'seven lamps on a pier' }
  })
  it('breaks no content policy and writes no other error', () => assert.deepEqual(troubles, []))
})

describe('an administrator', () => {
  it('asks everybody for a second factor: who has none sets one up before anything else opens', async () => {
    await demo.db.query(`update organisation set settings = settings || '{"signIn": {"secondFactor": ["requester"]}}'`)
    const { email, password } = await demo.login('requester')
    const opened = await openPage(await openContext(site, null), ['403 (Forbidden)'])
    await opened.page.goto(`${site}/login`)
    await opened.page.getByLabel('E-mail').fill(email)
    await opened.page.locator('input[name=password]').fill(password)
    await opened.page.getByRole('button', { name: 'Sign in', exact: true }).press('Enter')
    await opened.page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
    assert.deepEqual(await violations(opened.page), [])
    await opened.page.getByRole('button', { name: 'Set up an app' }).press('Enter')
    const secret = bytesOf((await opened.page.locator('.key-text').textContent()) ?? '')
    await opened.page.locator('input[name=code]').fill(codeAt(secret, stepOf(Date.now())))
    await opened.page.getByRole('button', { name: 'Confirm' }).press('Enter')
    await opened.page.getByRole('button', { name: 'I have kept them' }).press('Enter')
    await opened.page.waitForURL((url) => !/login|second-factor/.test(url.pathname))
    assert.deepEqual(opened.troubles, [])
  })
  it('makes a link with which somebody sets a password', async () => {
    const session = await demo.session('administrator')
    const opened = await openPage(await openContext(site, session))
    const [row] = await demo.db.query<{ person: number }>('select person from credential where email = $1', [
      login.email,
    ])
    await opened.page.goto(`${site}/people/persons/P-${row?.person}?tab=sign-in`)
    await opened.page.getByRole('tab', { name: 'Sign-in' }).click()
    await opened.page.getByRole('button', { name: 'Make a link for a new password' }).press('Enter')
    const link = (await opened.page.locator('.key-text').textContent()) ?? ''
    assert.deepEqual(await violations(opened.page), [])
    await page.context().clearCookies()
    await page.goto(link.replace('127.0.0.1', 'localhost'))
    await page.getByText(login.email).waitFor()
    await clean()
    await page.getByLabel('New password').fill('nine buoys in the fog')
    await button('Set the password').press('Enter')
    await page.getByText('Your password is set.').waitFor()
    login = { ...login, password: 'nine buoys in the fog' }
    await byPassword()
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
    assert.deepEqual(opened.troubles, [])
  })
})

function bytesOf(text: string): Buffer {
  const bits = Array.from(text.replaceAll(' ', ''), (sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('') // oxfmt-ignore
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
