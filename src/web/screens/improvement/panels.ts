// What a measure's page shows beside its fields, and how obligations and measurements say theirs.
import { registerOwnField } from '../../fields/own-fields.ts'
import { messages } from '../../messages/messages.ts'
import { registerPanel } from '../panels.ts'
import { ruleInWords } from './rule.ts'

registerPanel(
  { record: 'measure', where: 'first', name: 'values', label: messages.measures.tab },
  () => import('./values-panel.tsx'),
)
registerOwnField('obligation.rule', { words: ruleInWords }, () => import('./rule-field.tsx'))
registerOwnField('measurement.list', { linkText: messages.measurementList })
