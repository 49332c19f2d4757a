// When backups are made, how many are kept, and how often one is proven.
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { backupWords as words } from '../messages/backup.ts'

export interface Schedule {
  isOn: boolean
  at: string
  daily: number
  weekly: number
  monthly: number
  proveDays: number
}
interface Props {
  settings: Schedule
  /** What the environment of the server decides. */
  fixed: readonly (keyof Schedule)[]
  save: (settings: Schedule) => void
}
const counts = [
  { name: 'daily', min: 1, max: 366 },
  { name: 'weekly', min: 0, max: 260 },
  { name: 'monthly', min: 0, max: 120 },
  { name: 'proveDays', min: 0, max: 90 },
] as const

export function BackupSchedule({ settings, fixed, save }: Props) {
  const [draft, setDraft] = useState(settings)
  function submit(event: React.FormEvent) {
    event.preventDefault()
    save(draft)
  }
  return (
    <form className="backup-schedule" onSubmit={submit}>
      <Checkbox
        label={words.isOn}
        checked={draft.isOn}
        disabled={fixed.includes('isOn')}
        onChange={(event) => setDraft({ ...draft, isOn: event.currentTarget.checked })}
      />
      <div className="backup-counts">
        <TextInput
          label={words.at}
          type="time"
          required
          value={draft.at}
          disabled={fixed.includes('at')}
          onChange={(event) => setDraft({ ...draft, at: event.currentTarget.value })}
        />
        {counts.map(({ name, min, max }) => (
          <TextInput
            type="number"
            key={name}
            label={words[name]}
            min={min}
            max={max}
            required
            value={draft[name]}
            disabled={fixed.includes(name)}
            onChange={(event) => setDraft({ ...draft, [name]: Number(event.currentTarget.value) })}
          />
        ))}
      </div>
      {fixed.length > 0 && <p className="quiet">{words.fixed}</p>}
      <p>
        <Button type="submit" variant="default">
          {words.save}
        </Button>
      </p>
    </form>
  )
}
