// The words of hours and of the calculator: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const hoursWords = wordsOf('hours')
