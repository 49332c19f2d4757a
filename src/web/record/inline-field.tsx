// One field, shown as text and edited in place: click or Enter edits, Enter or leaving saves, Esc reverts.
import { lazy, Suspense } from 'react'
import type { FieldInfo } from '../data/contract.ts'
import { valueOf } from '../data/model.ts'
import { ownFieldOf } from '../fields/own-fields.ts'
import { isFile } from '../fields/format.ts'
import { Value } from '../fields/value.tsx'
import { Markdown } from '../ui/markdown.tsx'
import { Icon } from '../ui/icon.tsx'
import { messages } from '../messages/messages.ts'
import { FieldFile } from './field-file.tsx'
import type { RecordProps } from './record-page.tsx'

const load = () => import('./inline-editing.tsx')
const Editing = lazy(() => load().then(({ Editing: component }) => ({ default: component })))

/** Begins to load the editors, for somebody who has taken the mouse or the keyboard. */
export function prepareEditing(): void {
  void load().catch(() => {}) // asked for again when a field is edited
}

export interface InlineProps extends RecordProps {
  field: FieldInfo
  bare?: boolean
}

export function canEdit({ record, row, field }: Pick<InlineProps, 'record' | 'row' | 'field'>): boolean {
  return (row.can?.update ?? record.can.update) && !row.binnedAt && !field.stamped && field.kind !== 'states'
}

/** Their values are links, so the whole line cannot be the button: it stands at the end. */
const linked = new Set<FieldInfo['kind']>(['ref', 'refs', 'person', 'any', 'email', 'url', 'attachment'])

export function InlineField(props: InlineProps) {
  const { record, row, field, editing, setEditing, bare = false } = props
  const value = valueOf(row, field)
  if (editing === field.name && canEdit(props))
    return (
      <Suspense fallback={<Waiting onEscape={() => setEditing(null)} />}>
        <Editing key={field.name} {...props} />
      </Suspense>
    )
  const shown =
    field.kind === 'longText' && typeof value === 'string' ? (
      <Markdown text={value} />
    ) : isFile(value) ? (
      <FieldFile record={record} row={row} field={field} file={value} />
    ) : (
      <Value record={record} field={field} value={value} links />
    )
  if (bare) return shown
  const isLinked = linked.has(field.kind) || ownFieldOf(field)?.linkText !== undefined
  return (
    <div
      className="inline-field"
      data-editable={canEdit(props) || undefined}
      data-linked={isLinked || undefined}
      onDoubleClick={() => {
        if (canEdit(props)) setEditing(field.name)
      }}
    >
      <div className="inline-value">{shown}</div>
      {canEdit(props) && (
        <button
          type="button"
          className="inline-edit"
          aria-label={messages.record.edit(field.label)}
          onClick={() => setEditing(field.name)}
        >
          {isLinked && <Icon name="edit" size={13} />}
        </button>
      )}
    </div>
  )
}

/** Until the editor is there: it has the focus, so that what is typed already is not taken for keys of the page. */
function Waiting({ onEscape }: { onEscape: () => void }) {
  return (
    <span
      className="quiet"
      role="status"
      tabIndex={-1}
      ref={(element) => element?.focus()}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onEscape()
      }}
    >
      {messages.list.loading}
    </span>
  )
}
