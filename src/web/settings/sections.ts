// The sections of the settings in their order: the menu, and the list of pages that the tests visit.
import { lazy, type ComponentType } from 'react'
import { backupWords } from '../messages/backup.ts'
import { journalWords } from '../messages/journal.ts'
import { messages } from '../messages/messages.ts'
import { retentionWords } from '../messages/retention.ts'

const words = messages.settings

function section(load: () => Promise<{ Section: ComponentType }>) {
  return lazy(() => load().then(({ Section }) => ({ default: Section })))
}

export const sections = [
  { name: 'preferences', label: words.preferences, component: section(() => import('./preferences.tsx')) },
  { name: 'security', label: words.security, component: section(() => import('./security.tsx')) },
  { name: 'tokens', label: words.tokens, component: section(() => import('./tokens.tsx')) },
  { name: 'access', label: words.access, component: section(() => import('./access.tsx')) },
  { name: 'custom-fields', label: words.customFields, component: section(() => import('./custom-fields.tsx')) },
  { name: 'desk', label: words.desk, component: section(() => import('./desk.tsx')) },
  { name: 'sign-in', label: words.signIn, component: section(() => import('./sign-in-policy.tsx')) },
  {
    name: 'providers',
    label: words.providers,
    component: section(() => import('./providers/providers.tsx')),
  },
  { name: 'api', label: words.api, component: section(() => import('./api.tsx')) },
  { name: 'imports', label: words.imports, component: section(() => import('./imports.tsx')) },
  { name: 'jobs', label: words.jobs, component: section(() => import('./jobs.tsx')) },
  { name: 'backup', label: backupWords.title, component: section(() => import('./backup.tsx')) },
  { name: 'retention', label: retentionWords.title, component: section(() => import('./retention.tsx')) },
  { name: 'journal', label: journalWords.title, component: section(() => import('./journal.tsx')) },
  { name: 'health', label: words.health, component: section(() => import('./health.tsx')) },
  { name: 'about', label: words.about, component: section(() => import('./about.tsx')) },
]
