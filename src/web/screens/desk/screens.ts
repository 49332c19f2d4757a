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
]
