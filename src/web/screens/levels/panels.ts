// What service levels add to the page of an agreement, and to the form of a target.
import { registerJsonField } from '../../fields/json-fields.ts'
import { messages } from '../../messages/messages.ts'
import { registerPanel } from '../panels.ts'

registerPanel(
  { record: 'agreement', where: 'first', name: 'targets', label: messages.targets.tab },
  () => import('./targets-panel.tsx'),
)
registerJsonField('agreement.pauses', { inPanel: true }, () => import('./pauses-field.tsx'))
registerJsonField('target.escalations', {}, () => import('./targets/steps-field.tsx'))
registerJsonField('target.warnAt', {}, () => import('./targets/warn-field.tsx'))
