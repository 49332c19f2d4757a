// The bridge, the start page.
import { withWords } from '../../messages/language.ts'
import { messages } from '../../messages/messages.ts'
import type { Screen } from '../registry.ts'

export const bridgeScreens: Screen[] = [
  {
    path: '/bridge',
    place: 'bridge',
    get label() {
      return messages.screens.bridge
    },
    first: true,
    load: () => withWords('bridge', import('./bridge-page.tsx')),
  },
]
