// The views of a list as tabs: all, the declared ones, the person's own and those of their teams; and what to do when the view was changed.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { readSearch, type Search } from '../data/address.ts'
import { call } from '../data/http.ts'
import { useMe, useModel } from '../data/model.ts'
import { attempt, refresh } from '../data/writes.ts'
import { messages } from '../messages/messages.ts'
import type { ListProps } from './list-page.tsx'
import '../ui/tabs.css'
import { Icon } from '../ui/icon.tsx'
import { mayChange, savedViewsQuery, type SavedView } from './saved-views.ts'
import { sameView, viewText } from './view.ts'

const ViewOptions = lazy(() =>
  import('./view-options.tsx').then(({ ViewOptions: component }) => ({ default: component })),
)
const SaveView = lazy(() => import('./save-view.tsx').then(({ SaveView: component }) => ({ default: component })))

export function ViewTabs({ record, search, change }: ListProps) {
  const model = useModel()
  const me = useMe()
  const saved = (useQuery(savedViewsQuery(model)).data?.items ?? []).filter((view) => view.record === record.name)
  const [saving, setSaving] = useState(false)
  const canSave = model.records.some((one) => one.plural === 'savedviews')
  const open = saved.find((view) => view.number === search.view)
  const declared = record.views.find((view) => view.name === search.view)
  const stored = open ? readSearch(open.query) : declared ? readSearch(declared.query) : {}
  // A name that nobody has, or not any more, is none.
  const isNamed = open !== undefined || declared !== undefined
  const changed = isNamed && !sameView(search, stored)
  const tabs = [
    { key: '', label: messages.list.all, problem: null, team: null, search: {} as Search },
    ...record.views.map((view) => ({
      key: view.name,
      label: view.label,
      problem: null,
      team: null,
      search: { ...readSearch(view.query), view: view.name },
    })),
    ...saved.map((view) => ({
      key: view.number,
      label: view.name,
      problem: view.problem,
      team: view.audience === 'team' ? view.team : null,
      search: { ...readSearch(view.query), view: view.number },
    })),
  ]
  return (
    <nav className="tabs" aria-label={messages.views.label}>
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          to="."
          search={{ ...tab.search, display: tab.search.display ?? search.display }}
          className="tab"
          activeProps={{ 'aria-current': undefined }}
          data-here={(search.view ?? '') === tab.key || undefined}
        >
          {tab.team && (
            <span className="tab-team" title={messages.views.ofTeam(tab.team.title)}>
              <Icon name="users" size={13} />
              <span className="hidden-text">{messages.views.ofTeam(tab.team.title)}: </span>
            </span>
          )}
          {tab.label}
          {tab.problem && (
            <span role="img" aria-label={tab.problem} title={tab.problem}>
              {' '}
              ⚠
            </span>
          )}
        </Link>
      ))}
      {open && (
        <Suspense fallback={null}>
          <ViewOptions
            record={record}
            search={search}
            view={open}
            onSaved={(number) => change({ view: number === '' ? undefined : number })}
          />
        </Suspense>
      )}
      {canSave && !changed && (
        <button type="button" className="tab link-button" onClick={() => setSaving(true)}>
          + {messages.views.save}
        </button>
      )}
      {changed && (
        <span className="tabs-changed">
          <span className="quiet small">{messages.views.changed}</span>
          {open && mayChange(open, me) && (
            <Button size="compact-xs" onClick={() => void keep(open, search)}>
              {messages.views.update}
            </Button>
          )}
          {canSave && (
            <Button size="compact-xs" onClick={() => setSaving(true)}>
              {messages.views.saveAs}
            </Button>
          )}
          <Button
            size="compact-xs"
            renderRoot={(props) => <Link {...props} to="." search={{ ...stored, view: search.view }} />}
          >
            {messages.views.reset}
          </Button>
        </span>
      )}
      {saving && (
        <Suspense fallback={null}>
          <SaveView
            record={record}
            search={search}
            existing={null}
            onClose={() => setSaving(false)}
            onSaved={(number) => {
              setSaving(false)
              change({ view: number })
            }}
          />
        </Suspense>
      )}
    </nav>
  )
}

async function keep(view: SavedView, search: Search) {
  await attempt(() =>
    call(`/savedviews/${view.id}`, { method: 'PATCH', body: { query: viewText(search) }, rev: view.rev ?? null }),
  )
  refresh('savedviews')
}
