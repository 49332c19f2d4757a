// Programs that the product is held against (a directory, a proxy, a database of another make, readers of files), which a machine may not have.

/**
 * For the `skip` of a test. A newcomer's run goes on without the test, and its last lines say what to install. Where CI is
 * set, nobody would see that nothing was checked: there it is a failure.
 * @param missing why this machine has none, with what to install, or null
 * @throws {Error} with CI in the environment and a peer that is missing
 */
export function unlessMissing(missing: string | null, env: NodeJS.ProcessEnv = process.env): string | false {
  if (missing === null) return false
  if (isCi(env)) throw new Error(`With CI set, no test is left out for want of a program: ${missing}`)
  return missing
}
function isCi({ CI = '' }: NodeJS.ProcessEnv): boolean {
  return !['', '0', 'false'].includes(CI.toLowerCase())
}
