// The words of signing in and of one's own security: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const signInWords = wordsOf('signIn')
