// After how many days a resolved incident closes by itself, and for how many more it may be reopened.
import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../data/http.ts'
import { useMe } from '../data/model.ts'
import { Problem } from '../data/problem.ts'
import { sectionsWords } from '../messages/sections.ts'
import { Alert } from '../security/alert.tsx'
import { say } from '../ui/toast.tsx'

/** Whole days. */
export interface Terms {
  closeAfterDays: number
  reopenWithinDays: number
}

const words = sectionsWords.deskSettings
const figures = [
  ['closeAfterDays', 'closeAfter', 1],
  ['reopenWithinDays', 'reopenWithin', 0],
] as const

export function DeskTerms({ terms: { closeAfterDays, reopenWithinDays } }: { terms: Terms }) {
  const client = useQueryClient()
  const may = useMe().roles.includes('administrator')
  const [draft, setDraft] = useState<Record<keyof Terms, string>>({
    closeAfterDays: String(closeAfterDays),
    reopenWithinDays: String(reopenWithinDays),
  })
  const [refusal, setRefusal] = useState<unknown>(null)
  const errors = refusal instanceof Problem ? refusal.byField : {}
  async function save(event: React.FormEvent) {
    event.preventDefault()
    setRefusal(null)
    // What is no number is refused by the server, at its field.
    const body = Object.fromEntries(
      Object.entries(draft).map(([name, text]) => [name, text === '' ? null : Number(text)]),
    )
    try {
      await call('/settings', { method: 'PATCH', body })
      await client.invalidateQueries({ queryKey: ['screen', 'settings'] })
      say(words.termsSaved)
    } catch (error) {
      setRefusal(error)
    }
  }
  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
      {figures.map(([name, label, least]) => (
        <TextInput
          key={name}
          label={words[label]}
          value={draft[name]}
          disabled={!may}
          type="number"
          min={least}
          max={365}
          required
          onChange={({ currentTarget: { value } }) => setDraft((before) => ({ ...before, [name]: value }))}
          error={errors[name]}
          style={{ maxInlineSize: 320 }}
        />
      ))}
      {Object.keys(errors).length === 0 && <Alert of={refusal} />}
      {may && (
        <div>
          <Button type="submit" variant="filled">
            {words.saveTerms}
          </Button>
        </div>
      )}
    </form>
  )
}
