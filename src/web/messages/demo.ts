// The words of the demonstration: loaded where it is offered, shown or left.
import { wordsOf } from './language.ts'

export const demoWords = wordsOf('demo')
