// The keys of a record's page.
import type { FieldInfo } from '../data/contract.ts'
import { messages } from '../messages/messages.ts'
import { panelsOf } from '../screens/panels.ts'
import { useActions, type Action } from '../ui/actions.ts'
import { focusSoon } from '../ui/focus-soon.ts'
import type { RecordProps } from './record-page.tsx'

/**
 * A assigns, P sets the priority, E edits the title, R comments, S moves, M goes to worked time, when the record has such a thing.
 * @param open shows a tab of the page
 */
export function useRecordKeys(props: RecordProps, open: (tab: string) => void) {
  const { record, row } = props
  const words = messages.record
  const group = record.label
  /** What stands in another tab, or is not loaded yet, takes the focus when it is there. */
  function reach(tab: string, selector: string) {
    if (document.querySelector(selector) === null) open(tab)
    focusSoon(selector)
  }
  const hasTime = panelsOf(record, 'side', row).some(({ name }) => name === 'time')
  const all: (Action | false)[] = [
    ...editActions(props),
    { id: 'comment', keys: 'r', label: words.comment, group, run: () => reach('activity', '#composer') },
    hasTime && {
      id: 'time',
      keys: 'm',
      label: words.time,
      group,
      run: () => reach('details', '#panel-time :is(input, button)'),
    },
    (row.moves?.length ?? 0) > 0 && {
      id: 'move',
      keys: 's',
      label: words.status,
      group,
      run: () => document.getElementById('moves')?.querySelector('button')?.focus(),
    },
  ]
  useActions(all.filter((action) => action !== false))
}

function editActions({ record, row, setEditing }: RecordProps): Action[] {
  if (!(row.can?.update ?? record.can.update)) return []
  const free = record.fields.filter((field) => !field.stamped)
  const person =
    free.find((field) => field.name === 'assignee') ??
    free.find((field) => field.kind === 'person' || field.to === 'person')
  const priority = free.find((field) => field.name === 'priority') ?? free.find((field) => field.kind === 'choice')
  const edit = (keys: string, field: FieldInfo): Action => ({
    id: `edit-${keys}`,
    keys,
    label: messages.record.edit(field.label),
    group: record.label,
    run: () => setEditing(field.name),
  })
  const title = {
    id: 'edit-title',
    keys: 'e',
    label: messages.record.editTitle,
    group: record.label,
    run: () => setEditing(record.title),
  }
  return [...(person ? [edit('a', person)] : []), ...(priority ? [edit('p', priority)] : []), title]
}
