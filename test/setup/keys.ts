// Keys that are pressed one after the other, such as g and p.
import type { Page } from 'playwright-core'

/** The second key counts for less than a second, which a loaded machine may need for itself: pressed until it has worked. */
export async function pressBoth(
  page: Page,
  [first, second]: readonly [string, string],
  isThere: (url: URL) => boolean,
): Promise<void> {
  for (let tries = 0; tries < 10 && !isThere(new URL(page.url())); tries++) {
    // Sent together, so that nothing of ours takes its time between them.
    await Promise.all([page.keyboard.press(first), page.keyboard.press(second)])
    await page.waitForURL(isThere, { timeout: 3_000 }).catch(() => {})
  }
  await page.waitForURL(isThere)
}
