// What service levels add to the page of an agreement, and to the form of a target.
import { registerOwnField } from '../../fields/own-fields.ts'
import { messages } from '../../messages/messages.ts'
import { registerPanel } from '../panels.ts'
import { clockName } from './targets/contract.ts'

registerPanel(
  { record: 'agreement', where: 'first', name: 'targets', label: messages.targets.tab },
  () => import('./targets-panel.tsx'),
)
registerOwnField('target.clock', { words: clockName })
registerOwnField('agreement.pauses', { inPanel: true }, () => import('./pauses-field.tsx'))
registerOwnField('target.escalations', {}, () => import('./targets/steps-field.tsx'))
registerOwnField('target.warnAt', {}, () => import('./targets/warn-field.tsx'))
