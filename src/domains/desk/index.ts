/** Desk: incidents and what stands around them. */
import type { Reaction } from '#kit/reaction.ts'
import type { RecordType } from '#kit/record.ts'
import type { Rules } from '#kit/store.ts'
import { commentRules } from './answers.ts'
import { cannedReply, category, majorIncident, news, survey, timeEntry } from './around.ts'
import { closeResolved, resumeWaiting } from './housekeeping.ts'
import { incident } from './incident.ts'
import { incidentRules, timeEntryRules } from './incident-rules.ts'
import { majorRules } from './major.ts'
import { mergeFollowsUndo } from './merge.ts'
import { arrivesAtSurvivor, linkRules, notOnMerged } from './merged.ts'
import { newsRules, noteLateNews } from './news.ts'
import { incidentExtras, majorExtras } from './page.ts'
import type { PageParts } from './page.ts'
import type { DeskParts } from './routes.ts'
import { servicenowEventLog } from './servicenow.mapping.ts'
import { ticketTexts } from './tickets.mapping.ts'
import { surveyRules, surveysFollowResolution } from './surveys.ts'
import { refreshWords } from './words-of-incidents.ts'

export { cannedReply, category, majorIncident, news, survey, timeEntry } from './around.ts'
export { incident, PRIORITIES } from './incident.ts'
export { incidentClocks } from './incident-clocks.ts'
export { routes } from './routes.ts'
export type { DeskParts } from './routes.ts'

/** Mappings of imports that are ready to use. */
export const readyMappings = [servicenowEventLog, ticketTexts]
export const records: readonly RecordType[] = [incident, majorIncident, news, category, timeEntry, cannedReply, survey]
/** Also for what may hang on an incident: nothing more is put on a merged one, and a comment may be an answer. */
export const rules: Readonly<Record<string, Rules>> = {
  incident: incidentRules,
  timeEntry: timeEntryRules,
  majorIncident: majorRules,
  news: newsRules,
  survey: surveyRules,
  comment: commentRules,
  file: arrivesAtSurvivor,
  task: notOnMerged,
  link: linkRules,
  watcher: notOnMerged,
}

export function reactions({ store }: Pick<DeskParts, 'store'>): Reaction[] {
  return [surveysFollowResolution(store), mergeFollowsUndo(store)]
}
/** What time does; each can run twice without harm. */
export function schedules({
  store,
}: Pick<DeskParts, 'store'>): { name: string; cron: string; work: () => Promise<void> }[] {
  return [
    {
      name: 'close-resolved',
      cron: '23 * * * *',
      work: async () => void (await closeResolved(store, `close-resolved-${store.now()}`)),
    },
    {
      name: 'resume-waiting',
      cron: '*/5 * * * *',
      work: async () => void (await resumeWaiting(store, `resume-waiting-${store.now()}`)),
    },
    {
      name: 'late-news',
      cron: '* * * * *',
      work: async () => void (await noteLateNews(store, `late-news-${store.now()}`)),
    },
    { name: 'desk-words', cron: '41 * * * *', work: async () => void (await refreshWords(store.db, store.now())) },
  ]
}
export { EXTRA_SHAPES as extraShapes } from './page-shape.ts'
/** What the pages of these records show besides their fields. */
export function extras(parts: PageParts): {
  readonly incident: ReturnType<typeof incidentExtras>
  readonly majorIncident: ReturnType<typeof majorExtras>
} {
  return { incident: incidentExtras(parts), majorIncident: majorExtras(parts) }
}
