// The words of the inbox and of how somebody is told: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const inboxWords = wordsOf('inbox')
