// Sign-in providers on the screen: made, tested, offered at the door; and the way through a real provider and back.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { mkdirSync } from 'node:fs'
import { run, sql } from '#kit/sql.ts'
import { violations } from '../setup/axe.ts'
import { openContext, openPage, settled, widths, type Theme } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

const pictures = process.env.PILOTHOUSE_PICTURES
let demo: Demo
let session = ''
before(async () => {
  demo = await startDemo()
  session = await demo.session('manager')
  await run(
    demo.db,
    sql`insert into role_grant (org, person, role) select org, person, 'administrator' from role_grant where role = 'manager' order by person limit 1 on conflict do nothing`,
  )
})

describe('sign-in providers', () => {
  it('are made by an administrator, tested, and offered at the door', async () => {
    const { page, troubles } = await openPage(await openContext(demo.url, session), ['400', '409', '422'])
    await page.goto('/settings/providers')
    await page.getByRole('button', { name: 'Add: OpenID Connect' }).click()
    await page.getByLabel('Name', { exact: false }).first().fill('Harbour ID')
    await page.getByLabel('Issuer').fill('https://127.0.0.1:9/')
    await page.getByLabel('Client ID').fill('pilothouse')
    await page.getByLabel('Groups and their roles').fill('no rule')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('"no rule" is not understood').waitFor()
    await page.getByLabel('Groups and their roles').fill('cn=desk,ou=groups = agent, lead\nboss = manager in 3')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Callback address').waitFor()
    await page.getByRole('button', { name: 'Test' }).click()
    await page.getByText('is inside our own network').waitFor()
    assert.equal(
      await page.getByLabel('Groups and their roles').inputValue(),
      'cn=desk,ou=groups = agent, lead\nboss = manager in 3',
    )
    const door = await openPage(await openContext(demo.url, null), ['401'])
    await door.page.goto('/login?to=/incidents')
    const link = door.page.getByRole('link', { name: 'Sign in with Harbour ID' })
    assert.match((await link.getAttribute('href')) ?? '', /^\/api\/v1\/sign-in\/oidc\/[0-9a-f]{18}\?to=%2Fincidents$/)
    await link.click()
    await door.page.getByRole('alert').getByText('is inside our own network').waitFor()
    assert.deepEqual([...troubles, ...door.troubles], [])
  })
  for (const theme of ['light', 'dark'] as Theme[])
    for (const width of widths)
      it(`are readable, ${theme}, ${width} px`, async () => {
        const { page, troubles } = await openPage(await openContext(demo.url, session, { theme, width }), ['401'])
        const look = async (name: string): Promise<void> => {
          await settled(page)
          assert.deepEqual(await violations(page), [], name)
          const isWide = await page.evaluate(
            'document.documentElement.scrollWidth > document.documentElement.clientWidth',
          )
          assert.equal(isWide, false, `${name} is wider than the window`)
          if (pictures === undefined) return
          mkdirSync(pictures, { recursive: true })
          await page.screenshot({ path: `${pictures}/${name}-${theme}-${width}.png`, fullPage: true })
        }
        await page.goto('/settings/providers')
        await page.getByRole('button', { name: 'Harbour ID' }).waitFor()
        await look('list')
        await page.getByRole('button', { name: 'Add: LDAP directory' }).click()
        await look('ldap')
        await page.getByRole('button', { name: 'Back to the list' }).click()
        await page.getByRole('button', { name: 'Harbour ID' }).click()
        await page.getByText('Callback address').waitFor()
        await look('oidc')
        await page.context().clearCookies()
        await page.goto('/login')
        await page.getByRole('link', { name: 'Sign in with Harbour ID' }).waitFor()
        await look('door')
        assert.deepEqual(troubles, [])
      })
})
