// The words of Settings, Mail, and of asking for a new password: loaded with those, not with the first page.
import { wordsOf } from './language.ts'

export const mailWords = wordsOf('mail')
