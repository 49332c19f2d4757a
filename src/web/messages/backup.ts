// The words of Settings, Backup: loaded with that screen, not with the first page.
import { backup } from './en/backup.ts'

export const backupWords: typeof backup = backup
