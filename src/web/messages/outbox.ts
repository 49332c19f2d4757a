// The words of what waits on this device: loaded when it is looked at.
import { wordsOf } from './language.ts'

export const outboxWords = wordsOf('outbox')
