/** One route for each address: a second one that nobody meant is refused at start, such as a move called "history". */
import type { Route } from './contract.ts'

/**
 * The routes without those that an earlier one replaces on purpose (`replaces: true`).
 * @throws when two routes have one address otherwise, or a route replaces nothing
 */
export function distinctRoutes(routes: readonly Route[]): Route[] {
  const taken = new Map<string, Route>()
  const replaced = new Set<Route>()
  for (const route of routes) {
    // Names of parameters make no other address: /x/{id} and /x/{number} answer the same request.
    const address = `${route.method} ${route.path.replaceAll(/\{\w+\}/g, '{}')}`
    const earlier = taken.get(address)
    if (earlier === undefined) taken.set(address, route)
    else if (earlier.replaces === true && !replaced.has(earlier)) replaced.add(earlier)
    else
      throw new Error(
        `Two routes have the address ${route.method} ${route.path}: "${earlier.summary}" and "${route.summary}". Give one another name, such as another word for a move, or say replaces: true on the first.`,
      )
  }
  const idle = routes.find((route) => route.replaces === true && !replaced.has(route))
  if (idle !== undefined)
    throw new Error(`The route ${idle.method} ${idle.path} says that it replaces another, but there is none.`)
  return [...taken.values()]
}
