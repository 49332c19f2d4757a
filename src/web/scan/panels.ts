// What scanning adds to the page of every record: a label with its code.
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { registerCommand } from '../screens/panels.ts'

registerCommand(
  {
    record: '*',
    name: 'label',
    get label() {
      return messages.phone.printLabel
    },
    when: () => true,
  },
  () => withWords('scan', import('./label-dialog.tsx')),
)
