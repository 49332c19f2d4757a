// What a measure's page shows beside its fields.
import { messages } from '../../messages/messages.ts'
import { registerPanel } from '../panels.ts'

registerPanel(
  { record: 'measure', where: 'first', name: 'values', label: messages.measures.tab },
  () => import('./values-panel.tsx'),
)
