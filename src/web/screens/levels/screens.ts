// The report on service levels.
import { withWords } from '../../messages/language.ts'
import { messages } from '../../messages/messages.ts'
import type { Screen } from '../registry.ts'

export const levelScreens: Screen[] = [
  {
    path: '/desk/levels',
    place: 'desk',
    shows: 'agreement',
    get label() {
      return messages.screens.levels
    },
    load: () => withWords('levelReport', import('./levels-page.tsx')),
  },
]
