// The service map, and the calculator of due times.
import { withWords } from '../../messages/language.ts'
import { messages } from '../../messages/messages.ts'
import type { Screen } from '../registry.ts'

const map = () => import('./map-page.tsx')
const label = () => messages.serviceMap.nav

export const serviceScreens: Screen[] = [
  {
    path: '/estate/map',
    place: 'estate',
    shows: 'dependency',
    get label() {
      return label()
    },
    load: map,
  },
  // The map of one service stands under the entry above, not in the navigation.
  {
    path: '/estate/map/$number',
    place: '',
    get label() {
      return label()
    },
    load: map,
  },
  {
    path: '/desk/calculator',
    place: 'desk',
    get label() {
      return messages.screens.calculator
    },
    load: () => withWords('hours', import('./calculator-page.tsx')),
  },
]
