// Settings: what each person prefers, and what an administrator looks after.
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, type ComponentType } from 'react'
import { backupWords } from '../messages/backup.ts'
import { journalWords } from '../messages/journal.ts'
import { messages } from '../messages/messages.ts'
import { retentionWords } from '../messages/retention.ts'
import { NotFound } from '../shell/not-found.tsx'
import { useTitle } from '../ui/title.ts'
import './settings.css'

const words = messages.settings

function section(load: () => Promise<{ Section: ComponentType }>) {
  return lazy(() => load().then(({ Section }) => ({ default: Section })))
}

const sections = [
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

export function SettingsPage() {
  const { section: name = 'preferences' } = useParams({ strict: false })
  const open = sections.find((one) => one.name === name)
  useTitle(open ? `${open.label} · ${words.title}` : words.title)
  if (!open) return <NotFound />
  const Section = open.component
  return (
    <div className="page settings">
      <h1>{words.title}</h1>
      <div className="settings-columns">
        <nav aria-label={words.title} className="settings-nav">
          {sections.map((one) => (
            <Link
              key={one.name}
              to="/settings/$section"
              params={{ section: one.name }}
              className="nav-item"
              data-here={one === open || undefined}
            >
              {one.label}
            </Link>
          ))}
        </nav>
        <section className="panel settings-panel" aria-labelledby="settings-section">
          <h2 id="settings-section">{open.label}</h2>
          <Suspense fallback={<p className="quiet">{messages.list.loading}</p>}>
            <Section />
          </Suspense>
        </section>
      </div>
    </div>
  )
}
