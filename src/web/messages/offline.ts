// The words of reading and writing without the network: loaded once the page is there.
import { wordsOf } from './language.ts'

export const offlineWords = wordsOf('offline')
