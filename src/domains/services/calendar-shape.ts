/** What the calculator, public holidays and feeds answer. */
import {
  among,
  DAY,
  INSTANT,
  listOf,
  NUMBER,
  shape,
  shapeOf,
  TEXT,
  TEXT_OR_NULL,
  TEXTS,
  WHOLE,
  YES_NO,
} from '#kit/routes/shape.ts'
import type { Preview, PreviewStep } from './calendar-preview.ts'
import type { FeedPreview, HolidaysAnswer } from './calendar-routes.ts'
import type { Country, PublicHoliday } from './holidays.ts'

const STEP = shapeOf<PreviewStep>({
  kind: among('start', 'closed', 'holiday', 'shift', 'worked', 'due'),
  from: INSTANT,
  to: INSTANT,
  workedSeconds: NUMBER,
  leftSeconds: NUMBER,
  text: TEXT,
})
export const PREVIEW = shapeOf<Preview>({ due: INSTANT, steps: listOf(STEP) })
export const FEED_PREVIEW = shapeOf<FeedPreview>({
  name: TEXT_OR_NULL,
  days: listOf(shapeOf<FeedPreview['days'][number]>({ on: DAY, name: TEXT, isNew: YES_NO })),
  new: WHOLE,
  leftOut: TEXTS,
})
export const HOLIDAYS = shapeOf<HolidaysAnswer>({
  country: TEXT,
  region: TEXT_OR_NULL,
  year: WHOLE,
  days: listOf(shapeOf<PublicHoliday>({ on: DAY, name: TEXT })),
})
export const COUNTRY = shapeOf<Country>({ code: TEXT, name: TEXT, regions: listOf(shape({ code: TEXT, name: TEXT })) })
