// The tabs of a record's page: those that every record has, where the server keeps such records, and those of its domain.
import { lazy, useState } from 'react'
import { useModel } from '../data/model.ts'
import { messages } from '../messages/messages.ts'
import { panelsOf } from '../screens/panels.ts'
import { Activity } from './activity.tsx'
import { Details } from './details.tsx'
import type { RecordProps } from './record-page.tsx'

const Related = lazy(() => import('./related.tsx').then(({ Related: component }) => ({ default: component })))
const Files = lazy(() => import('./files.tsx').then(({ Files: component }) => ({ default: component })))
const References = lazy(() => import('./references.tsx').then(({ References: component }) => ({ default: component })))
const Audit = lazy(() => import('./audit.tsx').then(({ Audit: component }) => ({ default: component })))

export interface RecordTab {
  name: string
  label: string
  render: () => React.ReactNode
}

export function useTabs(props: RecordProps, narrow: boolean): RecordTab[] {
  const { record, row } = props
  const { records } = useModel()
  const words = messages.record
  // As it was when the page was opened: a text that is begun must not take the tab from under whoever writes it.
  const [isTalked] = useState(() => isTalkedAbout(props))
  const related = (plural: string, label: string, empty: string): RecordTab[] => {
    const kind = records.find((one) => one.plural === plural)
    return kind
      ? [{ name: plural, label, render: () => <Related on={record} row={row} kind={kind} empty={empty} /> }]
      : []
  }
  const own = (where: 'first' | 'tab'): RecordTab[] =>
    panelsOf(record, where, row).map(({ name, label, component: Panel }) => ({
      name,
      label,
      render: () => <Panel record={record} row={row} />,
    }))
  const activity = { name: 'activity', label: words.activity, render: () => <Activity {...props} /> }
  const details = { name: 'details', label: words.details, render: () => <Details {...props} /> }
  return [
    ...own('first'),
    ...(!narrow ? [activity] : isTalked ? [activity, details] : [details, activity]),
    ...own('tab'),
    ...related('tasks', words.tasks, messages.tasks.empty),
    ...related('links', words.links, messages.links.empty),
    ...(records.some((one) => one.plural === 'attachments')
      ? [{ name: 'files', label: words.files, render: () => <Files record={record} row={row} /> }]
      : []),
    ...(records.some((kind) => kind.fields.some((field) => field.to === record.name && !field.custom))
      ? [
          {
            name: 'references',
            label: messages.references.tab,
            render: () => <References record={record} row={row} />,
          },
        ]
      : []),
    { name: 'audit', label: words.audit, render: () => <Audit record={record} row={row} /> },
  ]
}

/** Work that somebody has in hand, and whatever has a text, is read there; of a room or a unit one looks up its facts. */
function isTalkedAbout({ record, row }: RecordProps): boolean {
  return record.fields.some(({ name, kind }) => name === 'assignee' || (kind === 'longText' && row[name]))
}
