// The words of Settings, Calendar feeds: loaded with that screen, not with the first page.
import { wordsOf } from './language.ts'

export const calendarWords = wordsOf('calendars')
