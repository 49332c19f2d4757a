// Settings: what each person prefers, and what an administrator looks after.
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { messages } from '../messages/messages.ts'
import { NotFound } from '../shell/not-found.tsx'
import { useTitle } from '../ui/title.ts'
import './settings.css'

const words = messages.settings

const sections = [
  { name: 'preferences', label: words.preferences, component: lazy(() => import('./preferences.tsx')) },
  { name: 'tokens', label: words.tokens, component: lazy(() => import('./tokens.tsx')) },
  { name: 'custom-fields', label: words.customFields, component: lazy(() => import('./custom-fields.tsx')) },
  { name: 'jobs', label: words.jobs, component: lazy(() => import('./jobs.tsx')) },
  { name: 'health', label: words.health, component: lazy(() => import('./health.tsx')) },
  { name: 'about', label: words.about, component: lazy(() => import('./about.tsx')) },
]

export function SettingsPage() {
  const { section = 'preferences' } = useParams({ strict: false })
  const open = sections.find((one) => one.name === section)
  useTitle(open ? `${open.label} · ${words.title}` : words.title)
  if (!open) return <NotFound />
  const Section = open.component
  return (
    <div className="page settings">
      <h1>{words.title}</h1>
      <div className="settings-columns">
        <nav aria-label={words.title} className="settings-nav">
          {sections.map((one) => <Link key={one.name} to="/settings/$section" params={{ section: one.name }} className="nav-item" aria-current={one === open ? 'page' : undefined}>{one.label}</Link>)}
        </nav>
        <section className="panel settings-panel" aria-labelledby="settings-section">
          <h2 id="settings-section">{open.label}</h2>
          <Suspense fallback={<p className="quiet">{messages.list.loading}</p>}><Section /></Suspense>
        </section>
      </div>
    </div>
  )
}
