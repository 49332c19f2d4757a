/**
 * The number of the demonstration that stands beside one's own data: an organisation of its own, above every number that is
 * given. Nobody has an account there; administrators visit it with the session that they have (`sign-in.ts`). Its history is
 * told, not lived, and goes again with it: it is not sealed, reactions pass over what was told, and it alone may be removed.
 */
import { raw } from './sql.ts'

export const BESIDE = 999_999
/** Condition on the journal: what the seal is about. Also for COPY, which takes no parameters. */
export const SEALED_ORGS = `org <> ${BESIDE}`
export const isSealedOrg = raw(SEALED_ORGS)

/** Told by the demonstration, and not by somebody who visits it: nothing follows from it any more. */
export function isTold({ org, request }: { readonly org: number; readonly request: string }): boolean {
  return org === BESIDE && request.startsWith('demo-')
}
