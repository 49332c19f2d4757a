// The words of the first steps: loaded with them.
import { wordsOf } from './language.ts'

export const welcomeWords = wordsOf('welcome')
