// How many people have reported one trouble, and who; once it is solved, what was reported with it and is still open.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { read } from '../../data/http.ts'
import { addressOf } from '../../data/model.ts'
import { sentenceOf } from '../../data/problem.ts'
import { messages } from '../../messages/messages.ts'
import type { PanelProps } from '../panels.ts'
import { aroundOf, isOpen, type Family } from './contract.ts'
import { Notice } from './notice.tsx'

const words = messages.desk
const ResolveFamily = lazy(() =>
  import('./resolve-family.tsx').then(({ ResolveFamily: component }) => ({ default: component })),
)

export function Reported({ record, row }: PanelProps) {
  const { children } = aroundOf(row)
  const [isShown, setShown] = useState(false)
  if (children.reported < 2) return null
  return (
    <Notice tone="info">
      <b>{words.reported(children.reported)}</b>
      <button type="button" className="link-button" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
        {isShown ? words.reportedHide : words.reportedWho}
      </button>
      {isShown && <Names record={record} row={row} />}
    </Notice>
  )
}

function Names({ record, row }: PanelProps) {
  const family = useQuery({
    queryKey: ['on', record.plural, row.id, 'family'],
    queryFn: ({ signal }) => read<Family>(`/incidents/${row.id}/family`, signal),
  })
  if (family.error) return <p className="error-text">{sentenceOf(family.error)}</p>
  if (!family.data) return <p className="quiet small">{messages.list.loading}</p>
  return (
    <ul className="plain reporters" aria-label={words.reportedWho}>
      {family.data.reporters.map(({ person, incident }) => (
        <li key={person.id}>
          {person.title} <Link to={addressOf(record, incident.number)}>{incident.number}</Link>
        </li>
      ))}
    </ul>
  )
}

export function StillOpen({ record, row }: PanelProps) {
  const { children } = aroundOf(row)
  const [resolving, setResolving] = useState(false)
  if (isOpen(row) || children.open === 0) return null
  return (
    <Notice tone="warn">
      {words.stillOpen(children.open)}
      {row.can?.update && !row.binnedAt && (
        <Button size="compact-xs" onClick={() => setResolving(true)}>
          {words.resolveFamily(children.open)}
        </Button>
      )}
      {resolving && (
        <Suspense fallback={null}>
          <ResolveFamily record={record} row={row} onClose={() => setResolving(false)} />
        </Suspense>
      )}
    </Notice>
  )
}
