// The words of the bridge: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const bridgeWords = wordsOf('bridge')
