// The words of help in place and of the guide's frame: loaded with them.
import { wordsOf } from './language.ts'

export const helpWords = wordsOf('help')
