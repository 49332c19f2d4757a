// A field under edit: Enter or leaving saves, Esc reverts. Loaded when the first field is edited, or somebody is about to.
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { FieldInfo, Row } from '../data/contract.ts'
import { valueOf } from '../data/model.ts'
import { Problem, sentenceOf } from '../data/problem.ts'
import { same } from '../data/same.ts'
import { Editor } from '../fields/editor.tsx'
import { ownFieldOf } from '../fields/own-fields.ts'
import { Value } from '../fields/value.tsx'
import { messages } from '../messages/messages.ts'
import type { InlineProps } from './inline-field.tsx'
import { fieldsUnderWay } from './under-way.ts'
import { dropUnsent, keepUnsent, leaveUnsent, unsentNow, useKeepsUnsent } from './unsent.ts'

/** Choices save when chosen, lines when left, long and compound values by button. */
const byButton = new Set<FieldInfo['kind']>([
  'longText',
  'money',
  'json',
  'refs',
  'any',
  'tags',
  'instant',
  'day',
  'attachment',
])

/** What was typed in this field and not saved, with what stood there before. */
interface Begun {
  mine: unknown
  before: unknown
}

/** The row as it was when the edit began: what comes in meanwhile must touch neither what is typed nor what it is compared with. */
function begin({ row, field }: InlineProps): { seen: Row; mine: unknown } {
  const kept = unsentNow({ on: row.number, part: field.name })
  if (kept === undefined || kept.rev === null) return { seen: row, mine: valueOf(row, field) }
  const { mine, before } = kept.value as Begun // as keepUnsent is given it below
  const held = field.custom ? { custom: { ...row.custom, [field.name]: before } } : { [field.name]: before }
  return { seen: { ...row, ...held, rev: kept.rev }, mine }
}

export function Editing(props: InlineProps) {
  const { row, field, saving, setEditing } = props
  const [{ seen, mine }] = useState(() => begin(props))
  const before = valueOf(seen, field)
  const [value, setValue] = useState<unknown>(mine)
  const latest = useRef(value)
  const [error, setError] = useState<string | null>(null)
  const busy = useRef(false)
  const isKept = useKeepsUnsent()
  const place = { on: row.number, part: field.name }
  useEffect(() => () => leaveUnsent({ on: row.number, part: field.name }), [row.number, field.name])
  const stop = () => {
    dropUnsent(place)
    setEditing(null)
  }
  async function save() {
    if (busy.current) return
    if (fieldsUnderWay().includes(field.name)) return setError(messages.files.stillSending)
    if (same(latest.current, before)) return stop()
    busy.current = true
    try {
      const how = await saving.save({ [field.name]: latest.current }, messages.record.saved(field.label), seen)
      if (how === 'saved') stop()
    } catch (refusal) {
      setError(refusal instanceof Problem ? (refusal.byField[field.name] ?? sentenceOf(refusal)) : sentenceOf(refusal))
    } finally {
      busy.current = false
    }
  }
  const isOvertaken = !same(valueOf(row, field), before)
  const buttons = byButton.has(field.kind) || ownFieldOf(field)?.editor !== undefined
  return (
    <div
      className="inline-editing"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation()
          busy.current = true
          stop()
        }
      }}
    >
      <Editor
        field={field}
        value={value}
        labelled={false}
        autoFocus
        error={error}
        onDone={buttons ? undefined : () => void save()}
        onChange={(next) => {
          latest.current = next
          setValue(next)
          setError(null)
          if (isKept) keepUnsent(place, { mine: next, before } satisfies Begun, seen.rev ?? null)
        }}
      />
      {isOvertaken && (
        <p role="status" className="small overtaken">
          {messages.unsent.overtaken(row.updatedBy?.title ?? messages.timeline.system)}{' '}
          <Value record={props.record} field={field} value={valueOf(row, field)} />
        </p>
      )}
      {buttons && (
        <div className="row" style={{ marginBlockStart: 6, justifyContent: 'flex-end' }}>
          <Button size="compact-xs" onClick={stop}>
            {messages.record.cancel}
          </Button>
          <Button size="compact-xs" variant="filled" onClick={() => void save()}>
            {messages.record.save}
          </Button>
        </div>
      )}
    </div>
  )
}
