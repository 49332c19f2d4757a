// The words of the desk's report and of the survey: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const deskReportWords = wordsOf('deskReport')
