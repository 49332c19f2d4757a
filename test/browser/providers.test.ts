// Sign-in providers on the screen: made, tested, offered at the door; and the way through a real provider and back.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { run, sql } from '#kit/sql.ts'
import { openContext, openPage, widths, type Theme } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'
import { assertFits } from '../setup/fits.ts'
import { person, reader, slapdMissing, startSlapd, suffix, unit } from '../setup/slapd.ts'
import { unlessMissing } from '../setup/peers.ts'

const missing = unlessMissing(await slapdMissing())
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
  it(
    'of a directory say what is read from where, with presets, and are tried with an account',
    { skip: missing },
    async () => {
      const slapd = await startSlapd([unit('people'), reader, person({ uid: 'mia', cn: 'Mia Møller', title: 'Analyst', l: 'Kiel', userPassword: 'mias long word' })].join('')) // oxfmt-ignore
      const { page, troubles } = await openPage(await openContext(demo.url, session), ['400', '422'])
      page.setDefaultTimeout(30_000)
      await page.goto('/settings/providers')
      await page.getByRole('button', { name: 'Add: LDAP directory' }).click()
      const part = page.getByRole('group', { name: 'What is read from where' })
      await page.getByLabel('Name', { exact: false }).first().fill('Harbour LDAP')
      await page.getByLabel('Address').fill(slapd.tls)
      await page.getByLabel('Certificate of its authority').fill(slapd.authority)
      await page.getByLabel('Account that reads').fill(`cn=reader,${suffix}`)
      await page.getByLabel('Password of that account').fill('reads only')
      await page.getByLabel('Base').fill(suffix)
      await page.getByLabel('Servers inside our network').fill(new URL(slapd.tls).host)
      await part.getByRole('button', { name: 'As in Active Directory' }).click()
      assert.equal(await part.getByLabel('Unchanging id').inputValue(), 'objectGUID')
      assert.equal(await page.getByLabel('Disabled when').inputValue(), 'userAccountControl&2')
      assert.match(await page.getByLabel('Filter for signing in').inputValue(), /sAMAccountName=\{name\}/)
      await part.getByRole('button', { name: 'As in OpenLDAP' }).click()
      await part.getByLabel('Unit, by its name').fill('l')
      await part.getByLabel('E-mail').fill('not an attribute')
      await page.getByRole('button', { name: 'Save' }).click()
      await part.getByText('This is not the name of an attribute.').waitFor()
      await part.getByLabel('E-mail').fill('mail')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('heading', { name: 'Try with an account' }).waitFor()
      await page.getByLabel('Name or e-mail of the account').fill('mia')
      await page.getByLabel('Its password').fill('mias long word')
      await page.getByRole('button', { name: 'Look it up' }).click()
      await page.getByText('The password is right.').waitFor()
      const read = page.getByRole('table').filter({ hasText: 'Attribute' })
      for (const [field, attribute, value] of [
        ['Name', 'cn', 'Mia Møller'],
        ['Job title', 'title', 'Analyst'],
        ['Unit, by its name', 'l', 'Kiel'],
        ['Mobile', 'mobile', 'nothing'],
      ])
        // oxfmt-ignore
        await read.getByRole('row', { name: `${field} ${attribute} ${value}`, exact: true }).waitFor()
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 })
        await assertFits(page, `look-light-${width}`)
      }
      assert.deepEqual(troubles, [])
    },
  )
  for (const theme of ['light', 'dark'] as Theme[])
    for (const width of widths)
      it(`are readable, ${theme}, ${width} px`, async () => {
        const { page, troubles } = await openPage(await openContext(demo.url, session, { theme, width }), ['401'])
        const look = (name: string): Promise<void> => assertFits(page, `${name}-${theme}-${width}`)
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
