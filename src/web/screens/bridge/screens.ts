// The bridge, the start page.
import { messages } from '../../messages/messages.ts'
import type { Screen } from '../registry.ts'

export const bridgeScreens: Screen[] = [
  {
    path: '/bridge',
    place: 'bridge',
    get label() {
      return messages.bridge.title
    },
    first: true,
    load: () => import('./bridge-page.tsx'),
  },
]
