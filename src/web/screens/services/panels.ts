// What services add to the pages of records: the map, the impact, the hours of a calendar.
import { registerOwnField } from '../../fields/own-fields.ts'
import { messages } from '../../messages/messages.ts'
import { registerPanel } from '../panels.ts'

const impact = { where: 'side', name: 'impact', label: messages.impact.title } as const

registerPanel(
  { record: 'service', where: 'tab', name: 'map', label: messages.serviceMap.tab },
  () => import('./map-panel.tsx'),
)
registerPanel(
  { record: 'service', where: 'tab', name: 'needs', label: messages.needs.tab },
  () => import('./needs-panel.tsx'),
)
registerPanel({ record: 'service', ...impact }, () => import('./impact-panel.tsx'))
registerPanel({ record: 'incident', ...impact }, () => import('./impact-panel.tsx'))
registerPanel(
  { record: 'calendar', where: 'first', name: 'hours', label: messages.hours.tab },
  () => import('./hours-panel.tsx'),
)
registerOwnField('calendar.definition', { inPanel: true }, () => import('./hours/field.tsx'))
