// The words of signing in through other systems: loaded with those screens, not with the first page.
import { federation } from './en/federation.ts'

export const federationWords: typeof federation = federation
