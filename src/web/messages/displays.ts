// The words of calendars, timelines, boards and maps: loaded with them, not with the first page.
import { wordsOf } from './language.ts'

export const displaysWords = wordsOf('displays')
