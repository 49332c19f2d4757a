// The desk's own pages.
import { withWords } from '../../messages/language.ts'
import { messages } from '../../messages/messages.ts'
import type { Screen } from '../registry.ts'

export const deskScreens: Screen[] = [
  {
    path: '/desk/report',
    place: 'desk',
    get label() {
      return messages.desk.report
    },
    load: () => withWords('deskReport', import('./report-page.tsx')).then(({ ReportPage }) => ({ Screen: ReportPage })),
  },
  // Reached from the front page of reports and from the result of an import, not from the navigation.
  {
    path: '/reports/incident-log',
    place: '',
    get label() {
      return messages.screens.incidentLog
    },
    load: () => withWords('deskReport', import('./log-page.tsx')).then(({ LogPage }) => ({ Screen: LogPage })),
  },
]
