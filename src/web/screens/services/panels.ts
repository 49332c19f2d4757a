// What services add to the pages of records: the map, the impact, the hours of a calendar.
import { registerOwnField } from '../../fields/own-fields.ts'
import { withWords } from '../../messages/language.ts'
import { messages } from '../../messages/messages.ts'
import { registerPanel } from '../panels.ts'

const impact = () => import('./impact-panel.tsx')

registerPanel(
  {
    record: 'service',
    where: 'tab',
    name: 'map',
    get label() {
      return messages.serviceMap.tab
    },
  },
  () => import('./map-panel.tsx'),
)
registerPanel(
  {
    record: 'service',
    where: 'tab',
    name: 'needs',
    get label() {
      return messages.needs.tab
    },
  },
  () => import('./needs-panel.tsx'),
)
for (const record of ['service', 'incident'])
  registerPanel(
    {
      record,
      where: 'side',
      name: 'impact',
      get label() {
        return messages.impact.title
      },
    },
    impact,
  )
registerPanel(
  {
    record: 'calendar',
    where: 'first',
    name: 'hours',
    get label() {
      return messages.screens.hours
    },
  },
  () => withWords('hours', import('./hours-panel.tsx')),
)
registerOwnField('calendar.definition', { inPanel: true }, () => withWords('hours', import('./hours/field.tsx')))
