/** What the desk can do beside keeping records. */
import type { Route } from '#kit/contract.ts'
import type { RestParts } from '#kit/rest.ts'
import { logRoute } from './log-route.ts'
import { declareRoutes, majorRoutes } from './major-routes.ts'
import { familyRoutes, mergeRoutes } from './merge-routes.ts'
import { reportRoute } from './report-route.ts'
import { similarRoutes, suggestionRoutes } from './suggestion-routes.ts'
import { surveyRoutes } from './survey-routes.ts'

export interface DeskParts extends RestParts {
  /** Of the installation; signs the addresses of surveys. */
  readonly secret: Buffer
}

export function routes(parts: DeskParts): Route[] {
  return [
    ...mergeRoutes(parts),
    ...familyRoutes(parts),
    ...declareRoutes(parts),
    ...majorRoutes(parts),
    ...similarRoutes(parts),
    ...suggestionRoutes(parts),
    ...surveyRoutes(parts),
    reportRoute(parts),
    logRoute(parts),
  ]
}
