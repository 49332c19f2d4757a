// The words of Settings, Retention: loaded with that screen, not with the first page.
import { retention } from './en/retention.ts'

export const retentionWords: typeof retention = retention
