// Settings: what each person prefers, and what an administrator looks after.
import { Link, useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { messages } from '../messages/messages.ts'
import { NotFound } from '../shell/not-found.tsx'
import { useTitle } from '../ui/title.ts'
import { sections } from './sections.ts'
import './settings.css'

const words = messages.settings

/** On a phone the sections are one line that scrolls: the open one has to be seen in it. */
function bringIntoView(link: HTMLElement | null): void {
  const line = link?.parentElement
  if (line && link)
    line.scrollLeft +=
      link.getBoundingClientRect().left -
      line.getBoundingClientRect().left -
      line.clientWidth / 2 +
      link.clientWidth / 2
}

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
              ref={one === open ? bringIntoView : undefined}
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
