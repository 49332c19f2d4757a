// The words of Settings, Backup: loaded with those screens, not with the first page.
import { wordsOf } from './language.ts'

export const backupWords = wordsOf('backup')
