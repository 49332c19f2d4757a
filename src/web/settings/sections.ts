// The sections of the settings in their order: the menu, and the list of pages that the tests visit.
import { lazy, type ComponentType } from 'react'
import type { Me } from '../data/contract.ts'
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'

const words = messages.settings

function section(load: () => Promise<{ Section: ComponentType }>) {
  return lazy(() => load().then(({ Section }) => ({ default: Section })))
}

/** What the sections are about, in the order of the menu. */
export const sectionGroups = ['own', 'organisation', 'exchange', 'operation'] as const
type Group = (typeof sectionGroups)[number]

export interface Section {
  readonly name: string
  readonly group: Group
  /** Who finds it in the menu, by their roles; everybody when absent. Its page says to the others whose it is. */
  readonly roles?: Me['roles']
  readonly label: string
  readonly component: ReturnType<typeof section>
}

export const sections: readonly Section[] = [
  {
    name: 'preferences',
    group: 'own',
    get label() {
      return words.preferences
    },
    component: section(() => import('./preferences.tsx')),
  },
  {
    name: 'notices',
    group: 'own',
    get label() {
      return words.notices
    },
    component: section(() => withWords('inbox', import('../notices/settings.tsx'))),
  },
  {
    name: 'security',
    group: 'own',
    get label() {
      return words.security
    },
    component: section(() => withWords('signIn', import('./security.tsx'))),
  },
  {
    name: 'calendars',
    group: 'own',
    get label() {
      return words.calendars
    },
    component: section(() => withWords('calendars', import('./calendars.tsx'))),
  },
  {
    name: 'tokens',
    group: 'own',
    get label() {
      return words.tokens
    },
    component: section(() => withWords('sections', withWords('signIn', import('./tokens.tsx')))),
  },
  {
    name: 'desk',
    group: 'organisation',
    get label() {
      return words.desk
    },
    component: section(() => withWords('sections', import('./desk.tsx'))),
  },
  {
    name: 'custom-fields',
    group: 'organisation',
    get label() {
      return words.customFields
    },
    component: section(() => withWords('sections', import('./custom-fields.tsx'))),
  },
  {
    name: 'access',
    group: 'organisation',
    get label() {
      return words.access
    },
    component: section(() => withWords('access', import('./access.tsx'))),
  },
  {
    name: 'sign-in',
    group: 'organisation',
    roles: ['administrator'],
    get label() {
      return words.signIn
    },
    component: section(() => withWords('signIn', import('./sign-in-policy.tsx'))),
  },
  {
    name: 'providers',
    group: 'organisation',
    roles: ['administrator'],
    get label() {
      return words.providers
    },
    component: section(() => withWords('federation', import('./providers/providers.tsx'))),
  },
  {
    name: 'mail',
    group: 'exchange',
    roles: ['administrator'],
    get label() {
      return words.mail
    },
    component: section(() => withWords('mail', import('./mail/mail.tsx'))),
  },
  {
    name: 'webhooks',
    group: 'exchange',
    roles: ['administrator'],
    get label() {
      return words.webhooks
    },
    component: section(() => withWords('webhooks', import('./webhooks/webhooks.tsx'))),
  },
  {
    name: 'api',
    group: 'exchange',
    get label() {
      return words.api
    },
    component: section(() => withWords('sections', import('./api.tsx'))),
  },
  {
    name: 'imports',
    group: 'exchange',
    get label() {
      return words.imports
    },
    component: section(() => withWords('imports', import('./imports.tsx'))),
  },
  {
    name: 'health',
    group: 'operation',
    roles: ['administrator'],
    get label() {
      return words.health
    },
    component: section(() => withWords('sections', import('./health.tsx'))),
  },
  {
    name: 'jobs',
    group: 'operation',
    roles: ['administrator'],
    get label() {
      return words.jobs
    },
    component: section(() => withWords('sections', import('./jobs.tsx'))),
  },
  {
    name: 'backup',
    group: 'operation',
    roles: ['administrator'],
    get label() {
      return words.backup
    },
    component: section(() => withWords('backup', import('./backup.tsx'))),
  },
  {
    name: 'retention',
    group: 'operation',
    roles: ['administrator'],
    get label() {
      return words.retention
    },
    component: section(() => withWords('retention', import('./retention.tsx'))),
  },
  {
    name: 'journal',
    group: 'operation',
    roles: ['administrator', 'auditor'],
    get label() {
      return words.journal
    },
    component: section(() => withWords('journal', import('./journal.tsx'))),
  },
  {
    name: 'demo',
    group: 'operation',
    roles: ['administrator'],
    get label() {
      return words.demo
    },
    component: section(() => withWords('demo', import('../welcome/demo-section.tsx'))),
  },
  {
    name: 'about',
    group: 'operation',
    get label() {
      return words.about
    },
    component: section(() => import('./about.tsx')),
  },
]
