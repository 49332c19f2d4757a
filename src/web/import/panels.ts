// What imports add to their own page.
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { registerPanel } from '../screens/panels.ts'

registerPanel(
  {
    record: 'importBatch',
    where: 'top',
    name: 'undo',
    get label() {
      return messages.screens.imported
    },
  },
  () => withWords('imports', import('./undo-panel.tsx')),
)
