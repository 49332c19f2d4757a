// The words of Settings, Journal: loaded with that screen, not with the first page.
import { journal } from './en/journal.ts'

export const journalWords: typeof journal = journal
