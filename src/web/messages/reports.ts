// The words of reports: loaded with their screens, not with the first page.
import { wordsOf } from './language.ts'

export const reportWords = wordsOf('reports')
