// The inbox, beside the bridge.
import { withWords } from '../../messages/language.ts'
import { messages } from '../../messages/messages.ts'
import type { Screen } from '../registry.ts'

export const noticeScreens: Screen[] = [
  {
    path: '/inbox',
    place: 'bridge',
    get label() {
      return messages.screens.inbox
    },
    load: () => withWords('inbox', import('../../notices/inbox-page.tsx')).then(({ InboxPage }) => ({ Screen: InboxPage })), // oxfmt-ignore
  },
]
