/** The measures that Pilothouse computes itself: the first evidence for the duties. */
import type { MeasureSource } from '#kit/measure.ts'
import { clockShare, described, effective, keptTasks, openInTime, reopened, satisfaction } from './computed.ts'

const percent = (
  duty: string,
  name: string,
  definition: string,
  [target, limit]: readonly [number, number],
): MeasureSource['declares'] => ({
  duty: duty as '4',
  name,
  definition,
  unit: '%',
  better: target >= limit ? 'higher' : 'lower',
  target,
  limit,
  cadence: 'day',
})

/** In the order of the duties. A measure appears once it has evidence. */
export const SOURCES: readonly MeasureSource[] = [
  {
    source: 'desk.resolution',
    declares: percent(
      '4',
      'Incidents resolved in time',
      'Incidents resolved in the last 30 days whose resolution clock was met, of all resolved ones with such a clock. They count on the day they were resolved; the level report counts them in the month they were opened.',
      [95, 85],
    ),
    ...clockShare('resolution', 'resolvedAt'),
  },
  {
    source: 'desk.firstResponse',
    declares: percent(
      '4',
      'First answers in time',
      'Incidents answered in the last 30 days whose first-response clock was met, of all answered ones with such a clock. They count on the day they were answered; the level report counts them in the month they were opened.',
      [95, 85],
    ),
    ...clockShare('firstResponse', 'respondedAt'),
  },
  {
    source: 'desk.openInTime',
    declares: percent(
      '4',
      'Open incidents within their time',
      'Open incidents whose resolution clock has time left, of all open ones with such a clock: what is late and still open.',
      [95, 85],
    ),
    ...openInTime,
  },
  {
    source: 'desk.satisfaction',
    declares: {
      duty: '4',
      name: 'Satisfaction with the desk',
      definition: 'Mean of the answers (1 to 5) of the last 90 days.',
      unit: 'of 5',
      better: 'higher',
      target: 4.3,
      limit: 3.5,
      cadence: 'day',
    },
    ...satisfaction,
  },
  {
    source: 'services.described',
    declares: percent(
      '10',
      'Services with owner, team and dependencies',
      'Live services that name an owner and a team and have at least one dependency, of all live services.',
      [95, 70],
    ),
    ...described,
  },
  {
    source: 'desk.reopened',
    declares: percent(
      '11',
      'Incidents reopened',
      'Incidents opened in the last 30 days and reopened since, of those resolved.',
      [3, 8],
    ),
    ...reopened,
  },
  {
    source: 'improvement.effective',
    declares: percent(
      '11',
      'Improvement actions on course',
      'Actions that are effective, or open and not late, of all that changed within a year and were not dropped.',
      [85, 60],
    ),
    ...effective,
  },
  ...['1', '2', '3', '5', '6', '7', '8', '9', '12'].map((duty) => ({
    source: `obligations.${duty}`,
    declares: percent(
      duty,
      'Obligations kept in time',
      'Tasks from obligations of this duty whose day passed within a year and that were done by then, of all that were not cancelled.',
      [95, 80],
    ),
    ...keptTasks(duty),
  })),
]
