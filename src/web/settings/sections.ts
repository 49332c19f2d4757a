// The sections of the settings in their order: the menu, and the list of pages that the tests visit.
import { lazy, type ComponentType } from 'react'
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'

const words = messages.settings

function section(load: () => Promise<{ Section: ComponentType }>) {
  return lazy(() => load().then(({ Section }) => ({ default: Section })))
}

export const sections = [
  {
    name: 'preferences',
    get label() {
      return words.preferences
    },
    component: section(() => import('./preferences.tsx')),
  },
  {
    name: 'notices',
    get label() {
      return words.notices
    },
    component: section(() => withWords('inbox', import('../notices/settings.tsx'))),
  },
  {
    name: 'security',
    get label() {
      return words.security
    },
    component: section(() => withWords('signIn', import('./security.tsx'))),
  },
  {
    name: 'tokens',
    get label() {
      return words.tokens
    },
    component: section(() => withWords('sections', withWords('signIn', import('./tokens.tsx')))),
  },
  {
    name: 'calendars',
    get label() {
      return words.calendars
    },
    component: section(() => withWords('calendars', import('./calendars.tsx'))),
  },
  {
    name: 'access',
    get label() {
      return words.access
    },
    component: section(() => withWords('access', import('./access.tsx'))),
  },
  {
    name: 'custom-fields',
    get label() {
      return words.customFields
    },
    component: section(() => withWords('sections', import('./custom-fields.tsx'))),
  },
  {
    name: 'desk',
    get label() {
      return words.desk
    },
    component: section(() => withWords('sections', import('./desk.tsx'))),
  },
  {
    name: 'sign-in',
    get label() {
      return words.signIn
    },
    component: section(() => withWords('signIn', import('./sign-in-policy.tsx'))),
  },
  {
    name: 'providers',
    get label() {
      return words.providers
    },
    component: section(() => withWords('federation', import('./providers/providers.tsx'))),
  },
  {
    name: 'api',
    get label() {
      return words.api
    },
    component: section(() => withWords('sections', import('./api.tsx'))),
  },
  {
    name: 'imports',
    get label() {
      return words.imports
    },
    component: section(() => withWords('imports', import('./imports.tsx'))),
  },
  {
    name: 'jobs',
    get label() {
      return words.jobs
    },
    component: section(() => withWords('sections', import('./jobs.tsx'))),
  },
  {
    name: 'demo',
    get label() {
      return words.demo
    },
    component: section(() => withWords('demo', import('../welcome/demo-section.tsx'))),
  },
  {
    name: 'backup',
    get label() {
      return words.backup
    },
    component: section(() => withWords('backup', import('./backup.tsx'))),
  },
  {
    name: 'mail',
    get label() {
      return words.mail
    },
    component: section(() => withWords('mail', import('./mail/mail.tsx'))),
  },
  {
    name: 'webhooks',
    get label() {
      return words.webhooks
    },
    component: section(() => withWords('webhooks', import('./webhooks/webhooks.tsx'))),
  },
  {
    name: 'retention',
    get label() {
      return words.retention
    },
    component: section(() => withWords('retention', import('./retention.tsx'))),
  },
  {
    name: 'journal',
    get label() {
      return words.journal
    },
    component: section(() => withWords('journal', import('./journal.tsx'))),
  },
  {
    name: 'health',
    get label() {
      return words.health
    },
    component: section(() => withWords('sections', import('./health.tsx'))),
  },
  {
    name: 'about',
    get label() {
      return words.about
    },
    component: section(() => import('./about.tsx')),
  },
]
