// The words of the report on service levels: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const levelReportWords = wordsOf('levelReport')
