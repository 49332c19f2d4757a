// What reports add to the pages of their records: the page of a report, and of an issue with its commentary.
import { registerOwnField } from '../../fields/own-fields.ts'
import { withWords } from '../../messages/language.ts'
import { messages } from '../../messages/messages.ts'
import { ruleInWords } from '../improvement/rule.ts'
import { registerPanel } from '../panels.ts'

registerPanel(
  {
    record: 'report',
    where: 'first',
    name: 'page',
    get label() {
      return messages.screens.reportPage
    },
  },
  () => withWords('reports', import('./report-panel.tsx')),
)
registerPanel(
  {
    record: 'reportIssue',
    where: 'first',
    name: 'page',
    get label() {
      return messages.screens.reportPage
    },
  },
  () => withWords('reports', import('./issue-panel.tsx')),
)
registerOwnField('report.blocks', { inPanel: true }, () => withWords('reports', import('./blocks-field.tsx')))
// They stand on the page of the report (`sending.tsx`).
for (const name of ['firstOn', 'recipients']) registerOwnField(`report.${name}`, { inPanel: true })
registerOwnField('report.rule', { inPanel: true, words: (rule) => ruleInWords(String(rule)) }, () => import('../improvement/rule-field.tsx')) // oxfmt-ignore
for (const name of ['needed', 'commentary', 'deliveries']) registerOwnField(`reportIssue.${name}`, { inPanel: true })
