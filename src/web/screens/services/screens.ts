// The service map, and the calculator of due times.
import { messages } from '../../messages/messages.ts'
import type { Screen } from '../registry.ts'

const map = { label: messages.serviceMap.nav, load: () => import('./map-page.tsx') }

export const serviceScreens: Screen[] = [
  { path: '/estate/map', place: 'estate', shows: 'dependency', ...map },
  // The map of one service stands under the entry above, not in the navigation.
  { path: '/estate/map/$number', place: '', ...map },
  {
    path: '/desk/calculator',
    place: 'desk',
    label: messages.calculator.nav,
    load: () => import('./calculator-page.tsx'),
  },
]
