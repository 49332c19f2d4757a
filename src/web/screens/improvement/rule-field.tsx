// How often, by choosing; a rule that is more than a rhythm stays a line of text.
import { Chip, Input, Select, TextInput } from '@mantine/core'
import '@mantine/core/styles/Chip.layer.css'
import { useState } from 'react'
import type { EditorProps } from '../../fields/input-props.ts'
import { weekOrder } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import './improvement.css'
import { isMonthDay, rhythmOf, ruleOf, type Frequency, type Rhythm } from './rule.ts'

const words = messages.rule
const OWN = 'own'
const first: Rhythm = { frequency: 'MONTHLY', interval: 1, days: [], monthDay: null }

export function OwnEditor({ field, value, error, onChange, labelled = true, autoFocus }: EditorProps) {
  const rule = String(value ?? '')
  const rhythm = rhythmOf(rule)
  const [isOwn, setIsOwn] = useState(rhythm === null && rule !== '')
  const now = rhythm ?? first
  const set = (more: Partial<Rhythm>) => onChange(ruleOf({ ...now, ...more }))
  const choices = [
    ...Object.entries(words.names).map(([name, label]) => ({ value: name, label })),
    { value: OWN, label: words.own },
  ]
  function choose(choice: string | null) {
    setIsOwn(choice === OWN)
    if (choice !== OWN && choice !== null) set({ frequency: choice as Frequency })
  }
  return (
    <Input.Wrapper
      label={labelled ? field.label : undefined}
      withAsterisk={labelled && field.required}
      error={error ?? undefined}
      labelElement="div"
      role="group"
      aria-label={field.label}
    >
      <div className="row rule-line">
        {!isOwn && (
          <TextInput
            label={words.interval}
            type="number"
            min={1}
            max={999}
            value={now.interval}
            w={72}
            autoFocus={autoFocus}
            onChange={(event) => {
              const next = event.currentTarget.valueAsNumber
              if (Number.isInteger(next) && next > 0) set({ interval: next })
            }}
          />
        )}
        <Select
          label={words.frequency}
          data={choices}
          value={isOwn ? OWN : now.frequency}
          allowDeselect={false}
          w={150}
          onChange={choose}
        />
        {!isOwn && now.frequency === 'MONTHLY' && (
          <TextInput
            label={words.monthDay}
            type="number"
            title={words.monthDayHelp}
            min={-1}
            max={31}
            value={now.monthDay ?? ''}
            w={130}
            onChange={(event) => {
              const next = event.currentTarget.valueAsNumber
              set({ monthDay: isMonthDay(next) ? next : null })
            }}
          />
        )}
      </div>
      {!isOwn && now.frequency === 'WEEKLY' && (
        <Chip.Group multiple value={now.days} onChange={(days) => set({ days })}>
          <div className="row rule-days" role="group" aria-label={words.days}>
            {weekOrder(Object.entries(words.weekdays)).map(([day, name]) => (
              <Chip key={day} value={day} size="xs">
                {name}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      )}
      {isOwn && (
        <TextInput
          label={words.ownLabel}
          description={field.help}
          value={rule}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Input.Wrapper>
  )
}
