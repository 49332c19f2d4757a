// The menu of the settings: what somebody may not do is not offered to them, and whatever is offered answers.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { openContext, openPage, settled } from '../setup/browser.ts'
import { startDemo, type Demo } from '../setup/demo.ts'

let demo: Demo
before(async () => {
  demo = await startDemo()
})

describe('the settings', () => {
  it('offer an administrator what they keep running, and an employee what is theirs', async () => {
    const offered = { manager: await menuOf('manager'), requester: await menuOf('requester') }
    for (const name of ['Health', 'Backup', 'Sign-in rules', 'Journal'])
      assert.ok(offered.manager.includes(name), `${name} is missing`)
    for (const name of ['Preferences', 'Notices', 'Security', 'About'])
      assert.ok(offered.requester.includes(name), `${name} is missing`)
    assert.deepEqual(
      offered.requester.filter((name) => ['Health', 'Jobs', 'Backup', 'Retention', 'Journal', 'Mail', 'Webhooks'].includes(name)), // oxfmt-ignore
      [],
    )
  })
})

/** What the menu offers, each opened once: none of them refuses whom it is offered to. */
async function menuOf(login: 'manager' | 'requester'): Promise<string[]> {
  const context = await openContext(demo.url, await demo.session(login))
  const { page } = await openPage(context)
  const refused: string[] = []
  page.on('response', (response) => {
    if (response.status() === 403) refused.push(`${response.url()} from ${page.url()}`)
  })
  await page.goto('/settings/preferences')
  const menu = page.getByRole('navigation', { name: 'Settings' }).getByRole('link')
  await menu.first().waitFor()
  const names = await menu.allInnerTexts()
  for (const name of names) {
    await menu.and(page.getByRole('link', { name, exact: true })).click()
    await page.getByRole('heading', { name, level: 2 }).waitFor()
    await settled(page)
  }
  await context.close()
  assert.deepEqual(refused, [], `offered to ${login}, and refused`)
  return names
}
