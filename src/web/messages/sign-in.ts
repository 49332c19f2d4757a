// The words of signing in and of one's own security: loaded with those screens, not with the first page.
import { signIn } from './en/sign-in.ts'

export const signInWords: typeof signIn = signIn
