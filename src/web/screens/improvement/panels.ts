// What a measure's page shows beside its fields, and how obligations and measurements say theirs.
import { registerOwnField } from '../../fields/own-fields.ts'
import { messages } from '../../messages/messages.ts'
import { registerPanel } from '../panels.ts'
import { ruleInWords } from './rule.ts'

/** What Pilothouse counts; a source of another kind as people wrote it. */
function sourceInWords(source: string): string {
  const { sources } = messages.measures
  return sources[source.replace(/\.\d+$/, '')] ?? source
}

registerPanel(
  {
    record: 'measure',
    where: 'first',
    name: 'values',
    get label() {
      return messages.measures.tab
    },
  },
  () => import('./values-panel.tsx'),
)
registerOwnField('obligation.rule', { words: (rule) => ruleInWords(String(rule)) }, () => import('./rule-field.tsx'))
registerOwnField('measure.source', { words: (source) => sourceInWords(String(source)) })
registerOwnField('measurement.list', {
  get linkText() {
    return messages.measurementList
  },
})
