// The words of scanning: loaded with it.
import { wordsOf } from './language.ts'

export const scanWords = wordsOf('scan')
