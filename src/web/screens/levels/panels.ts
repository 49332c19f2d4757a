// What service levels add to the page of an agreement, and to the form of a target.
import { durationText } from '../../fields/format.ts'
import { registerOwnField } from '../../fields/own-fields.ts'
import { messages } from '../../messages/messages.ts'
import { registerPanel } from '../panels.ts'
import { clockName, fractionsIn, percents, stepInWords, stepsIn } from './targets/contract.ts'

registerPanel(
  {
    record: 'agreement',
    where: 'first',
    name: 'targets',
    get label() {
      return messages.targets.tab
    },
  },
  () => import('./targets-panel.tsx'),
)
registerOwnField(
  'target.clock',
  { words: (clock) => clockName(String(clock)) },
  () => import('./targets/clock-field.tsx'),
)
registerOwnField('target.workingMinutes', { words: (minutes) => durationText(Number(minutes)) })
registerOwnField('agreement.pauses', { inPanel: true }, () => import('./pauses-field.tsx'))
registerOwnField(
  'target.escalations',
  { words: (steps) => stepsIn(steps).map(stepInWords).join(' ') },
  () => import('./targets/steps-field.tsx'),
)
registerOwnField(
  'target.warnAt',
  { words: (fractions) => percents(fractionsIn(fractions)) },
  () => import('./targets/warn-field.tsx'),
)
