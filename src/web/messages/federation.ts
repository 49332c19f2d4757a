// The words of signing in through other systems: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const federationWords = wordsOf('federation')
