// The words of Settings, Webhooks: loaded with that screen, not with the first page.
import { wordsOf } from './language.ts'

export const webhookWords = wordsOf('webhooks')
