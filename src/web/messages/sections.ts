// The words of the sections of the settings: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const sectionsWords = wordsOf('sections')
