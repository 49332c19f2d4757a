// The words of roles and access: loaded with those screens, not with the first page.
import { access } from './en/access.ts'

export const accessWords: typeof access = access
