// Settings: what each person prefers, and what an administrator looks after.
import { Link, useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useMe } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { NotFound } from '../shell/not-found.tsx'
import { useTitle } from '../ui/title.ts'
import { sectionGroups, sections, type Section } from './sections.ts'
import './settings.css'

const words = messages.settings

/** On a phone the sections are one line that scrolls: the open one has to be seen in it. */
function bringIntoView(link: HTMLElement | null): void {
  const line = link?.closest('nav')
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
  const mine = useMe().roles
  const found = sections.filter(({ roles }) => roles === undefined || roles.some((role) => mine.includes(role)))
  useTitle(open ? `${open.label} · ${words.title}` : words.title)
  if (!open) return <NotFound />
  const Opened = open.component
  return (
    <div className="page settings">
      <h1>{words.title}</h1>
      <div className="settings-columns">
        <nav aria-label={words.title} className="settings-nav">
          {sectionGroups.map((group) => (
            <Group key={group} name={group} sections={found.filter((one) => one.group === group)} open={open} />
          ))}
        </nav>
        <section className="panel settings-panel" aria-labelledby="settings-section">
          <h2 id="settings-section">{open.label}</h2>
          <Suspense fallback={<p className="quiet">{messages.list.loading}</p>}>
            <Opened />
          </Suspense>
        </section>
      </div>
    </div>
  )
}

interface GroupProps {
  name: (typeof sectionGroups)[number]
  sections: readonly Section[]
  open: Section
}

function Group({ name, sections: own, open }: GroupProps) {
  if (own.length === 0) return null
  return (
    <div role="group" aria-label={words.groups[name]} className="settings-group">
      <span className="settings-group-name" aria-hidden="true">
        {words.groups[name]}
      </span>
      {own.map((one) => (
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
    </div>
  )
}
