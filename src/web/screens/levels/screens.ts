// The report on service levels.
import { messages } from '../../messages/messages.ts'
import type { Screen } from '../registry.ts'

export const levelScreens: Screen[] = [
  {
    path: '/desk/levels',
    place: 'desk',
    shows: 'agreement',
    get label() {
      return messages.levels.nav
    },
    load: () => import('./levels-page.tsx'),
  },
]
