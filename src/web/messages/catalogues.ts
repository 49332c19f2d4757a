// Where the words of each language are: what the first page needs, and what some screens need later. One language is loaded, never two.
import type { bridge } from './en/bridge.ts'
import type { demo } from './en/demo.ts'
import type { help } from './en/help.ts'
import type { hours } from './en/hours.ts'
import type { imports } from './en/imports.ts'
import type { sections } from './en/sections.ts'
import type { displays } from './en/displays.ts'
import type { levelReport } from './en/level-report.ts'
import type { deskReport } from './en/desk-report.ts'
import type { access } from './en/access.ts'
import type { calendars } from './en/calendars.ts'
import type { backup } from './en/backup.ts'
import type { federation } from './en/federation.ts'
import type { inbox } from './en/inbox.ts'
import type { journal } from './en/journal.ts'
import type { mail } from './en/mail.ts'
import type { offline } from './en/offline.ts'
import type { outbox } from './en/outbox.ts'
import type { retention } from './en/retention.ts'
import type { reports } from './en/reports.ts'
import type { scan } from './en/scan.ts'
import type { signIn } from './en/sign-in.ts'
import type { welcome } from './en/welcome.ts'
import type { webhooks } from './en/webhooks.ts'
import type { en } from './en.ts'

export interface Catalogues {
  core: typeof en
  access: typeof access
  demo: typeof demo
  deskReport: typeof deskReport
  displays: typeof displays
  levelReport: typeof levelReport
  sections: typeof sections
  imports: typeof imports
  help: typeof help
  hours: typeof hours
  bridge: typeof bridge
  backup: typeof backup
  calendars: typeof calendars
  federation: typeof federation
  inbox: typeof inbox
  journal: typeof journal
  mail: typeof mail
  offline: typeof offline
  outbox: typeof outbox
  retention: typeof retention
  reports: typeof reports
  scan: typeof scan
  signIn: typeof signIn
  welcome: typeof welcome
  webhooks: typeof webhooks
}
export type Group = keyof Catalogues
/** In the order in which they are offered; each names itself. */
export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

type Loaders = { [G in Group]: () => Promise<Catalogues[G]> }

export const catalogues: Record<Language, Loaders> = {
  en: {
    core: () => import('./en.ts').then(({ en }) => en),
    bridge: () => import('./en/bridge.ts').then(({ bridge }) => bridge),
    demo: () => import('./en/demo.ts').then(({ demo }) => demo),
    help: () => import('./en/help.ts').then(({ help }) => help),
    hours: () => import('./en/hours.ts').then(({ hours }) => hours),
    imports: () => import('./en/imports.ts').then(({ imports }) => imports),
    sections: () => import('./en/sections.ts').then(({ sections }) => sections),
    levelReport: () => import('./en/level-report.ts').then(({ levelReport }) => levelReport),
    deskReport: () => import('./en/desk-report.ts').then(({ deskReport }) => deskReport),
    displays: () => import('./en/displays.ts').then(({ displays }) => displays),
    access: () => import('./en/access.ts').then(({ access }) => access),
    backup: () => import('./en/backup.ts').then(({ backup }) => backup),
    calendars: () => import('./en/calendars.ts').then(({ calendars }) => calendars),
    federation: () => import('./en/federation.ts').then(({ federation }) => federation),
    inbox: () => import('./en/inbox.ts').then(({ inbox }) => inbox),
    journal: () => import('./en/journal.ts').then(({ journal }) => journal),
    mail: () => import('./en/mail.ts').then(({ mail }) => mail),
    offline: () => import('./en/offline.ts').then(({ offline }) => offline),
    outbox: () => import('./en/outbox.ts').then(({ outbox }) => outbox),
    retention: () => import('./en/retention.ts').then(({ retention }) => retention),
    reports: () => import('./en/reports.ts').then(({ reports }) => reports),
    scan: () => import('./en/scan.ts').then(({ scan }) => scan),
    signIn: () => import('./en/sign-in.ts').then(({ signIn }) => signIn),
    welcome: () => import('./en/welcome.ts').then(({ welcome }) => welcome),
    webhooks: () => import('./en/webhooks.ts').then(({ webhooks }) => webhooks),
  },
  de: {
    core: () => import('./de.ts').then(({ de }) => de),
    bridge: () => import('./de/bridge.ts').then(({ bridge }) => bridge),
    demo: () => import('./de/demo.ts').then(({ demo }) => demo),
    help: () => import('./de/help.ts').then(({ help }) => help),
    hours: () => import('./de/hours.ts').then(({ hours }) => hours),
    imports: () => import('./de/imports.ts').then(({ imports }) => imports),
    sections: () => import('./de/sections.ts').then(({ sections }) => sections),
    levelReport: () => import('./de/level-report.ts').then(({ levelReport }) => levelReport),
    deskReport: () => import('./de/desk-report.ts').then(({ deskReport }) => deskReport),
    displays: () => import('./de/displays.ts').then(({ displays }) => displays),
    access: () => import('./de/access.ts').then(({ access }) => access),
    backup: () => import('./de/backup.ts').then(({ backup }) => backup),
    calendars: () => import('./de/calendars.ts').then(({ calendars }) => calendars),
    federation: () => import('./de/federation.ts').then(({ federation }) => federation),
    inbox: () => import('./de/inbox.ts').then(({ inbox }) => inbox),
    journal: () => import('./de/journal.ts').then(({ journal }) => journal),
    mail: () => import('./de/mail.ts').then(({ mail }) => mail),
    offline: () => import('./de/offline.ts').then(({ offline }) => offline),
    outbox: () => import('./de/outbox.ts').then(({ outbox }) => outbox),
    retention: () => import('./de/retention.ts').then(({ retention }) => retention),
    reports: () => import('./de/reports.ts').then(({ reports }) => reports),
    scan: () => import('./de/scan.ts').then(({ scan }) => scan),
    signIn: () => import('./de/sign-in.ts').then(({ signIn }) => signIn),
    welcome: () => import('./de/welcome.ts').then(({ welcome }) => welcome),
    webhooks: () => import('./de/webhooks.ts').then(({ webhooks }) => webhooks),
  },
}
