// What imports add to their own page.
import { messages } from '../messages/messages.ts'
import { registerPanel } from '../screens/panels.ts'

registerPanel(
  { record: 'importBatch', where: 'top', name: 'undo', label: messages.import.counts },
  () => import('./undo-panel.tsx'),
)
