// The words of importing: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const importsWords = wordsOf('imports')
