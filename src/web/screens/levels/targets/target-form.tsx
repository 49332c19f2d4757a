// One target as a form, with the sentences that read back what was set.
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Problem, sentenceOf } from '../../../data/problem.ts'
import { messages } from '../../../messages/messages.ts'
import { clocksOffered, sentencesOf, type Target } from './contract.ts'
import { Steps } from './steps.tsx'
import { WarnInput } from './warn-field.tsx'

const words = messages.targets
type Unit = keyof typeof words.units

interface TargetFormProps {
  target: Target
  priorities: string[]
  onSave: (target: Target) => Promise<void>
  onClose: () => void
}

export function TargetForm({ target: first, priorities, onSave, onClose }: TargetFormProps) {
  const [target, setTarget] = useState(first)
  const [unit, setUnit] = useState<Unit>(unitOf(first))
  const [amount, setAmount] = useState(() => amountOf(first, unitOf(first)))
  const [problem, setProblem] = useState<unknown>(null)
  const set = (change: Partial<Target>) => setTarget((before) => ({ ...before, ...change }))
  const errors = problem instanceof Problem ? problem.byField : {}
  const isWrong = !(Number(amount.replace(',', '.')) > 0)
  function setTime(text: string, next: Unit) {
    setAmount(text)
    setUnit(next)
    const value = Number(text.replace(',', '.'))
    if (!(value > 0)) return
    if (next === 'days') set({ workingDays: Math.max(1, Math.round(value)), workingMinutes: null })
    else
      set({
        workingMinutes: Math.max(1, Math.round(next === 'hours' ? value * 60 : value)),
        workingDays: null,
        endOfDay: false,
      })
  }
  async function save(event: React.FormEvent) {
    event.preventDefault()
    if (isWrong) return
    try {
      await onSave(target)
    } catch (error) {
      setProblem(error)
    }
  }
  return (
    <form className="target-form stack" onSubmit={(event) => void save(event)}>
      <div className="target-fields">
        <Select
          label={words.clock}
          data={clocksOffered(target.clock)}
          value={target.clock}
          allowDeselect={false}
          onChange={(clock) => clock && set({ clock })}
        />
        <Select
          label={words.priority}
          data={[{ value: '', label: words.every }, ...priorities.map((value) => ({ value, label: value }))]}
          value={target.priority ?? ''}
          allowDeselect={false}
          error={errors['priority']}
          onChange={(priority) => set({ priority: priority === '' ? null : priority })}
        />
        <TextInput
          label={words.time}
          value={amount}
          inputMode="decimal"
          maxLength={8}
          error={isWrong ? words.timeWrong : (errors['workingMinutes'] ?? errors['workingDays'])}
          onChange={(event) => setTime(event.currentTarget.value, unit)}
        />
        <Select
          label={words.unit}
          data={Object.entries(words.units).map(([value, label]) => ({ value, label }))}
          value={unit}
          allowDeselect={false}
          onChange={(next) => setTime(amount, next === 'days' || next === 'hours' ? next : 'minutes')}
        />
        <WarnInput label={words.warnAt} value={target.warnAt} onChange={(warnAt) => set({ warnAt })} />
      </div>
      {unit === 'days' && (
        <Checkbox
          label={words.endOfDay}
          checked={target.endOfDay}
          onChange={(event) => set({ endOfDay: event.currentTarget.checked })}
        />
      )}
      <p className="small strong">{words.escalations}</p>
      <Steps steps={target.escalations} onChange={(escalations) => set({ escalations })} />
      <div className="read-back" aria-live="polite">
        {sentencesOf(target).map((sentence, at) => (
          <p key={at}>{sentence}</p>
        ))}
      </div>
      {problem !== null && (
        <p role="alert" className="error-text">
          {sentenceOf(problem)}
        </p>
      )}
      <div className="row">
        <Button type="submit" variant="filled" disabled={isWrong}>
          {messages.record.save}
        </Button>
        <Button onClick={onClose}>{messages.record.cancel}</Button>
      </div>
    </form>
  )
}

function unitOf({ workingDays, workingMinutes }: Target): Unit {
  if (workingDays !== null) return 'days'
  return workingMinutes !== null && workingMinutes % 60 === 0 ? 'hours' : 'minutes'
}
function amountOf({ workingDays, workingMinutes }: Target, unit: Unit): string {
  if (unit === 'days') return String(workingDays ?? 1)
  return String(unit === 'hours' ? (workingMinutes ?? 0) / 60 : (workingMinutes ?? 0))
}
