// The hours of a calendar as a form: the week, dates with other hours, breaks, own holidays.
import { hoursWords } from '../../../messages/hours.ts'
import type { Definition } from './contract.ts'
import { Dated } from './dated.tsx'
import { OwnHolidays } from './own-holidays.tsx'
import { Week } from './week.tsx'
import './hours.css'

const words = hoursWords.hours

interface DefinitionEditorProps {
  value: Definition
  onChange: (value: Definition) => void
  disabled?: boolean
}

export function DefinitionEditor({ value, onChange, disabled = false }: DefinitionEditorProps) {
  return (
    <div className="hours">
      <Week hours={value.hours} disabled={disabled} onChange={(hours) => onChange({ ...value, hours })} />
      <Dated
        title={words.shifts}
        help={words.shiftsHelp}
        days={value.shifts ?? {}}
        first={[['09:00', '12:00']]}
        disabled={disabled}
        onChange={(shifts) => onChange({ ...value, shifts })}
      />
      <Dated
        title={words.breaks}
        help={words.breaksHelp}
        days={value.breaks ?? {}}
        first={[['12:00', '13:00']]}
        disabled={disabled}
        onChange={(breaks) => onChange({ ...value, breaks })}
      />
      <OwnHolidays
        days={value.holidays ?? []}
        disabled={disabled}
        onChange={(holidays) => onChange({ ...value, holidays })}
      />
    </div>
  )
}
