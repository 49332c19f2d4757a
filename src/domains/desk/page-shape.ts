/** What the pages of incidents and major incidents answer besides their fields. */
import type { JsonSchema } from '#kit/contract.ts'
import { INSTANT, listOf, orNull, shape, shapeOf, TEXT, TEXT_OR_NULL, WHOLE, YES_NO } from '#kit/routes/shape.ts'
import type { NextNews } from './chronicle.ts'
import type { IncidentPage } from './page.ts'

export const BECAUSE = listOf(shape({ because: TEXT }))
export const NEXT_NEWS = orNull(shapeOf<NextNews>({ dueAt: INSTANT, isLate: YES_NO, lateMinutes: WHOLE }))

const INCIDENT: { readonly [K in keyof IncidentPage]: JsonSchema } = {
  warnings: BECAUSE,
  children: shape({ total: WHOLE, open: WHOLE, reported: WHOLE }),
  majorIncident: orNull(
    shapeOf<NonNullable<IncidentPage['majorIncident']>>({ id: WHOLE, number: TEXT, title: TEXT, status: TEXT }),
  ),
  survey: orNull(
    shapeOf<NonNullable<IncidentPage['survey']>>({
      id: WHOLE,
      number: TEXT,
      status: TEXT,
      score: { type: ['integer', 'null'] },
      link: TEXT_OR_NULL,
    }),
  ),
}
export const MAJOR_PAGE = { nextNews: NEXT_NEWS }
export const EXTRA_SHAPES: readonly (readonly [record: string, Readonly<Record<string, JsonSchema>>])[] = [
  ['incident', INCIDENT],
  ['majorIncident', MAJOR_PAGE],
]
