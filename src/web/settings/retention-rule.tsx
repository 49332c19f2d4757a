// The rule of one kind of record: how long, counted from what, what happens then; looked at before it is kept.
import { messages } from '../messages/messages.ts'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Preview } from '#kit/retention/preview.ts'
import type { RuleShown } from '#kit/routes/retention.ts'
import { call } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { retentionWords as words } from '../messages/retention.ts'
import { Dialog } from '../ui/dialog.tsx'
import { say } from '../ui/toast.tsx'

type Unit = 'D' | 'M' | 'Y'
const units: Unit[] = ['D', 'M', 'Y']

export function RuleDialog({ rule, onClose }: { rule: RuleShown; onClose: () => void }) {
  const [draft, setDraft] = useState({ clock: rule.clock, keep: rule.keep, end: rule.end, binKeep: rule.binKeep })
  const [seen, setSeen] = useState<Preview | null>(null)
  const path = `/admin/retention/${rule.record}`
  const set = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part })
    setSeen(null)
  }
  const look = () =>
    attempt(async () => {
      setSeen((await call<Preview>(`${path}/preview`, { method: 'POST', body: draft })).body)
    })
  async function keep(method: 'PUT' | 'DELETE') {
    if (!(await attempt(() => call(path, method === 'PUT' ? { method, body: draft } : { method })))) return
    say(words.saved)
    onClose()
  }
  return (
    <Dialog title={words.dialog(messages.values.inSentence(rule.label))} size={520} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void keep('PUT')
        }}
      >
        <Time label={words.keep} none={words.forGood} value={draft.keep} onChange={(to) => set({ keep: to })} />
        {draft.keep !== null && (
          <>
            <NativeSelect
              label={words.clock}
              value={draft.clock}
              data={rule.clocks.map(({ name, label }) => ({ value: name, label }))}
              onChange={(event) => set({ clock: event.currentTarget.value })}
            />
            <NativeSelect
              label={words.end}
              value={draft.end}
              data={rule.ends.map((end) => ({ value: end, label: words.ends[end as RuleShown['end']] }))} // the server names no other
              onChange={(event) => set({ end: event.currentTarget.value as RuleShown['end'] })} // one of those just above
            />
          </>
        )}
        {rule.isRemovable && (
          <Time
            label={words.binKeep}
            none={words.never}
            value={draft.binKeep}
            onChange={(to) => set({ binKeep: to })}
          />
        )}
        <p role="status" className="quiet">
          {seen && `${words.wouldRemove(seen.due, seen.binned)} ${words.wouldHold(seen.held)}`}
        </p>
        <div className="row">
          <Button onClick={() => void look()}>{words.preview}</Button>
          <Button type="submit" variant="filled">
            {words.save}
          </Button>
          {rule.isOwn && <Button onClick={() => void keep('DELETE')}>{words.reset}</Button>}
        </div>
      </form>
    </Dialog>
  )
}

interface TimeProps {
  label: string
  /** What no time at all is called. */
  none: string
  value: string | null
  onChange: (value: string | null) => void
}
function Time({ label, none, value, onChange }: TimeProps) {
  const unit = unitOf(value)
  const count = value === null ? '' : value.slice(1, -1)
  return (
    <div className="row" role="group" aria-label={label}>
      <NativeSelect
        label={label}
        value={value === null ? '' : unit}
        data={[{ value: '', label: none }, ...units.map((one) => ({ value: one as string, label: words.units[one] }))]}
        onChange={(event) => {
          const to = event.currentTarget.value
          onChange(to === '' ? null : `P${count === '' ? (to === 'D' ? 30 : 1) : count}${to}`)
        }}
      />
      {value !== null && (
        <TextInput
          label={words.amount}
          type="number"
          min={1}
          max={9999}
          required
          value={count}
          onChange={(event) => onChange(`P${event.currentTarget.value}${unit}`)}
        />
      )}
    </div>
  )
}
function unitOf(value: string | null): Unit {
  return units.find((unit) => value?.endsWith(unit)) ?? 'Y'
}
/** P5Y → "5 years" */
export function durationText(value: string): string {
  const count = value.slice(1, -1)
  return `${count} ${(count === '1' ? words.one : words.units)[unitOf(value)]}`
}
