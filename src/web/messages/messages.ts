// The messages of the screens in the language of this browser session. English is the type: another language must say everything.
import { en } from './en.ts'

export type Messages = typeof en

export const messages: Messages = en
