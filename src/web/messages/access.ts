// The words of roles and access: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const accessWords = wordsOf('access')
