/** The six days that everybody remembers: what failed, whom it reached, what was learnt. */
import type { Audience, SiteCode } from './site-plan.ts'

export interface Outage {
  /** How long ago, in days. */
  readonly daysAgo: number
  /** Minutes after midnight UTC. */
  readonly atMinutes: number
  readonly service: string
  readonly site: SiteCode | null
  readonly audience: Audience | null
  readonly minutes: number
  /** Reports of a company of 1,200 people. */
  readonly reports: number
  readonly subject: string
  readonly fix: string
  readonly said: readonly string[]
  readonly news: readonly string[]
  readonly what: string
  readonly causes: string
  readonly lessons: string
  readonly actions: readonly string[]
}

export const OUTAGES: readonly Outage[] = [
  {
    daysAgo: 688,
    atMinutes: 455,
    service: 'E-mail and calendar',
    site: null,
    audience: null,
    minutes: 210,
    reports: 48,
    subject: 'E-mail: nobody can send or receive',
    fix: 'Expired certificate of the mail connector renewed; queues drained within 40 minutes.',
    said: [
      'Outlook shows "disconnected"',
      'No mails since this morning',
      'Cannot send mail, nobody in the office can',
      'Mail does not work on phone and notebook',
    ],
    news: [
      'We know that e-mail does not work and are on it.',
      'Cause found: a certificate has expired. The new one is being made.',
      'E-mail works again. Mails of the morning arrive within the hour; nothing is lost.',
    ],
    what: 'At 08:35 the certificate of the mail connector expired. Mail in both directions stopped for three and a half hours.',
    causes: 'The reminder of the certificate went to a colleague who had left.',
    lessons: 'Certificates are watched by monitoring and reminders go to teams, not to persons.',
    actions: ['All certificates are in monitoring with a 30-day warning'],
  },
  {
    daysAgo: 541,
    atMinutes: 580,
    service: 'Plant network Gdańsk',
    site: 'GDN',
    audience: null,
    minutes: 165,
    reports: 57,
    subject: 'Plant Gdańsk has no network',
    fix: 'Power supply of the core switch exchanged; second supply connected to the other circuit.',
    said: [
      'Terminals in Hala 1 offline',
      'Brak sieci na hali, nothing works',
      'MES not reachable at any line',
      'Telephones dead in Biurowiec',
      'Scanners in Magazyn have no connection',
    ],
    news: [
      'The plant network in Gdańsk is down since 10:40. A technician is on the way.',
      'A power supply has failed; the spare part arrives at 13:00.',
      'The network is back. Please report terminals that still hang.',
    ],
    what: 'The core switch lost both power supplies after a fuse blew. Production worked on paper for almost three hours.',
    causes: 'Both supplies hung on the same circuit since the extension of Hala 2.',
    lessons: 'Two circuits for two supplies, checked at every site; spare part on site.',
    actions: [
      'Power of core switches on separate circuits at all sites',
      'Spare power supplies in stock at each plant',
    ],
  },
  {
    daysAgo: 402,
    atMinutes: 365,
    service: 'ERP',
    site: null,
    audience: null,
    minutes: 245,
    reports: 71,
    subject: 'ERP not available: database storage full',
    fix: 'Archive logs moved and the volume enlarged by 400 GB; application nodes started one by one.',
    said: [
      'ERP does not start',
      'ERP: connection to database lost',
      'Cannot book goods receipt, ERP hangs',
      'Delivery notes cannot be printed, ERP down',
      'Order entry closed with an error',
    ],
    news: [
      'ERP is not available since 07:05. Plants work with the emergency lists.',
      'The database storage is being enlarged. Next news in an hour.',
      'ERP is available to the plants again; offices follow in 30 minutes.',
      'All are back. Please book the emergency lists until noon.',
    ],
    what: 'The volume of the archive logs filled up during the month-end run; the database stopped all writes.',
    causes: 'The alarm at 90 % had been silenced during a migration and was not switched on again.',
    lessons: 'Silenced alarms come back by themselves after a week. Growth of the database is a monthly measure.',
    actions: [
      'Silenced alarms end by themselves',
      'Monthly growth report of the databases',
      'Emergency lists are practised once a year',
    ],
  },
  {
    daysAgo: 268,
    atMinutes: 430,
    service: 'Identity service',
    site: null,
    audience: null,
    minutes: 120,
    reports: 44,
    subject: 'Sign-in fails at all sites',
    fix: 'Time source corrected on both controllers; sign-in works since 09:10.',
    said: [
      'Cannot sign in since this morning',
      'Wrong password, but it is right',
      'Single sign-on: invalid time',
      'Second factor is refused',
    ],
    news: [
      'Sign-in fails for many of you. Please do not change your password, it is not the cause.',
      'The time of the controllers was wrong and is corrected. Sign-in works again.',
    ],
    what: 'After an update both controllers took their time from the host, which was eleven minutes late.',
    causes: 'The update reset a setting that had been changed by hand.',
    lessons: 'Settings of the controllers are kept in configuration and compared daily.',
    actions: ['Daily comparison of controller settings'],
  },
  {
    daysAgo: 132,
    atMinutes: 505,
    service: 'Warehouse management',
    site: 'BHV',
    audience: 'warehouse',
    minutes: 190,
    reports: 32,
    subject: 'Warehouse Bremerhaven cannot dispatch',
    fix: 'Faulty update of the scanner program taken back on all 64 scanners.',
    said: [
      'Scanner closes when picking',
      'Cannot finish delivery on scanner',
      'Trucks are waiting, scanners do not work',
      'Picking stops with an error on all scanners',
    ],
    news: [
      'Scanners in Bremerhaven close while picking. We take the update of last night back.',
      'Half of the scanners work again.',
      'All scanners work. Thank you for your patience at the gates.',
    ],
    what: 'An update of the scanner program crashed at deliveries with more than one customs number.',
    causes: 'The test covered domestic deliveries only.',
    lessons: 'Test cases with customs; updates go to five scanners first.',
    actions: ['Updates of scanners go to a pilot group first'],
  },
  {
    daysAgo: 25,
    atMinutes: 395,
    service: 'MES Porto',
    site: 'PRT',
    audience: 'production',
    minutes: 260,
    reports: 26,
    subject: 'MES Porto: no bookings possible after power dip',
    fix: 'File system of the MES server repaired, database brought up from the log; no bookings lost.',
    said: [
      'Terminal shows "server not found"',
      'Não é possível registar produção',
      'No work orders at line',
      'MES is down in Nave 1',
    ],
    news: [
      'After a power dip MES in Porto is down. Lines work with paper.',
      'The server is being repaired; we expect bookings again at 12:00.',
      'MES works again. Shift leaders enter the paper bookings until tomorrow.',
    ],
    what: 'A dip of the mains stopped the MES server; its battery supply was at the end of its life.',
    causes: 'The yearly battery test of Porto was overdue by five months.',
    lessons: 'Battery tests become an obligation with a task; MES Porto moves to redundant power.',
    actions: ['Battery supplies of all server rooms are tested yearly', 'Second power supply for MES Porto'],
  },
]
