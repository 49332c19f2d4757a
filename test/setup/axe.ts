// axe-core on the page as it stands: WCAG 2.2 A and AA and the best practices.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Found {
  id: string
  help: string
  nodes: { target: unknown[]; html: string; failureSummary?: string }[]
}

/** A sentence per violation and place. @param only these rules; all when absent */
export async function violations(page: Page, only?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(source)
  const options = only
    ? { runOnly: { type: 'rule', values: only }, resultTypes: ['violations'] }
    : { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }
  const found = (await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then((result) => result.violations)`,
  )) as Found[]
  return found.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 4)
      .map(
        (node) =>
          `${id}: ${help} at ${String(node.target[0])} ${node.html.slice(0, 160)} ${id === 'color-contrast' ? (node.failureSummary ?? '').split('\n')[1] : ''}`,
      ),
  )
}
