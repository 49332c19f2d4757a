// How many levels a map shows in one direction: a number with a button on each side.
import { ActionIcon } from '@mantine/core'
import { messages } from '../../messages/messages.ts'

interface LevelStepProps {
  label: string
  value: number
  onChange: (value: number) => void
}

export function LevelStep({ label, value, onChange }: LevelStepProps) {
  return (
    <span role="group" aria-label={label} className="level-step">
      <span className="small">{label}</span>
      <ActionIcon
        variant="default"
        size={26}
        disabled={value <= 0}
        aria-label={messages.serviceMap.less(label)}
        onClick={() => onChange(value - 1)}
      >
        −
      </ActionIcon>
      <span className="number" aria-live="polite">
        {value}
      </span>
      <ActionIcon
        variant="default"
        size={26}
        disabled={value >= 10}
        aria-label={messages.serviceMap.more(label)}
        onClick={() => onChange(value + 1)}
      >
        +
      </ActionIcon>
    </span>
  )
}
