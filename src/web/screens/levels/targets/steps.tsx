// The steps of an escalation as lines of a form: at which percent, what, for whom.
import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { recordNamed, useModel } from '../../../data/model.ts'
import { RefChooser } from '../../../fields/ref-editor.tsx'
import { isRef } from '../../../fields/format.ts'
import { messages } from '../../../messages/messages.ts'
import { Icon } from '../../../ui/icon.tsx'
import type { Step } from './contract.ts'

const words = messages.targets
const somebody = 'P-'

export function Steps({ steps, onChange }: { steps: Step[]; onChange: (steps: Step[]) => void }) {
  return (
    <div className="stack">
      {steps.map((step, at) => (
        <OneStep
          key={at}
          step={step}
          name={`${words.step} ${at + 1}`}
          onChange={(next) => onChange(steps.with(at, next))}
          onRemove={() => onChange(steps.toSpliced(at, 1))}
        />
      ))}
      <div>
        <Button
          size="compact-xs"
          onClick={() => onChange([...steps, { at: steps.length === 0 ? 0.8 : 1, do: 'notify', to: 'assignee' }])}
        >
          {words.addStep}
        </Button>
      </div>
    </div>
  )
}

interface OneStepProps {
  step: Step
  name: string
  onChange: (step: Step) => void
  onRemove: () => void
}

function OneStep({ step, name, onChange, onRemove }: OneStepProps) {
  const people = recordNamed(useModel(), 'person')
  const [percent, setPercent] = useState(() => String(Math.round(step.at * 100)))
  const isPerson = step.to.startsWith(somebody)
  const whom = [
    ...Object.entries(words.who).map(([value, label]) => ({ value, label })),
    { value: somebody, label: words.person },
  ]
  return (
    <div className="step-line" role="group" aria-label={name}>
      <TextInput
        label={words.at}
        value={percent}
        inputMode="numeric"
        maxLength={4}
        onChange={(event) => {
          const value = Number(event.currentTarget.value)
          setPercent(event.currentTarget.value)
          if (value > 0 && value <= 1000) onChange({ ...step, at: value / 100 })
        }}
      />
      <Select
        label={words.doWhat}
        data={Object.entries(words.does).map(([value, label]) => ({ value, label }))}
        value={step.do}
        allowDeselect={false}
        onChange={(what) => what && onChange({ ...step, do: what })}
      />
      <Select
        label={words.to}
        data={whom}
        value={isPerson ? somebody : step.to}
        allowDeselect={false}
        onChange={(to) => to && onChange({ ...step, to })}
      />
      {isPerson && (
        <RefChooser
          record={people}
          field={{ name: 'to', label: words.personNamed, kind: 'person', to: 'person', required: true }}
          value={step.to === somebody ? null : { id: Number(step.to.slice(2)), number: step.to, title: step.to }}
          onChange={(to) => isRef(to) && onChange({ ...step, to: to.number })}
        />
      )}
      <ActionIcon aria-label={words.removeStep(Number(name.split(' ').at(-1)))} onClick={onRemove}>
        <Icon name="close" size={14} />
      </ActionIcon>
    </div>
  )
}
