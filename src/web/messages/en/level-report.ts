// English: The report on how service levels were kept.
import { count } from './count.ts'

export const levelReport = {
  levels: {
    nav: 'Level report',
    title: 'How service levels were kept',
    by: 'Rows',
    bys: { month: 'Month', service: 'Service', priority: 'Priority', agreement: 'Agreement' },
    clock: 'Clock',
    span: 'Period',
    spans: {
      '-30d': 'last 30 days',
      '-90d': 'last 90 days',
      '-12mo': 'last 12 months',
      startOfYear: 'this year',
      '-24mo': 'last 24 months',
    } as Record<string, string>,
    asOf: (time: string) => `as of ${time}`,
    total: 'All',
    percent: 'Kept',
    met: 'Met',
    breached: 'Missed',
    running: 'Running',
    none: 'No clock of this kind ran in this period. A service level with targets starts them.',
    noneLink: 'Service levels',
    noneKey: 'none',
    chart: (from: string, to: string) =>
      `Percent kept by month, from ${from} to ${to}; the table below has the figures.`,
    openList: (count: number, state: string, row: string) => `${count} ${state}: ${row}`,
    behind: (state: string, row: string) => `${state}: ${row}`,
    states: { met: 'Met', breached: 'Missed', running: 'Running' } as Record<string, string>,
    close: 'Close the list',
    asList: 'Open all of them as a list',
    more: 'Show more',
    counted:
      'A clock counts in the period in which it began, so an incident counts when it was opened. The bridge’s “resolved in time” counts on the day of resolution.',
    ended: (n: number) => count(n, 'clock ended', 'clocks ended'),
    waiting: 'Counting…',
    export: 'Copy as CSV',
    subject: 'Subject',
    noPercent: '–',
  },
}
