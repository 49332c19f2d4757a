// The words of Settings, Journal: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const journalWords = wordsOf('journal')
