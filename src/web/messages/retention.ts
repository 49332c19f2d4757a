// The words of Settings, Retention: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const retentionWords = wordsOf('retention')
