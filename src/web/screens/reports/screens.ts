// The front page of reports, and the builder.
import { withWords } from '../../messages/language.ts'
import { messages } from '../../messages/messages.ts'
import type { Screen } from '../registry.ts'

const label = () => messages.screens.reports

export const reportScreens: Screen[] = [
  {
    path: '/reports/start',
    place: 'reports',
    first: true,
    shows: 'report',
    get label() {
      return label()
    },
    load: () => withWords('reports', import('./start-page.tsx')),
  },
  // Reached from the report that it builds, not from the navigation.
  {
    path: '/reports/build/$number',
    place: '',
    get label() {
      return label()
    },
    load: () => withWords('reports', import('./builder-page.tsx')),
  },
]
