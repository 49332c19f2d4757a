// The words of the screens in the language that is spoken. English is the type: another language must say everything.
import { wordsOf } from './language.ts'
import type { Catalogues } from './catalogues.ts'

export type Messages = Catalogues['core']

export const messages: Messages = wordsOf('core')
