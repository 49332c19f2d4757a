// Granting a role: to whom, which one, and where it holds. Only what the person at the screen may grant is offered.
import { Button, Select } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FieldInfo, Ref } from '../data/contract.ts'
import { call, read } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { Editor } from '../fields/editor.tsx'
import { isRef } from '../fields/format.ts'
import { accessWords as words } from '../messages/access.ts'
import { say } from '../ui/toast.tsx'
import type { RoleChoice, Scope } from './contract.ts'
import { grantsKey } from './grant-table.tsx'

interface Draft {
  person: Ref | null
  role: string | null
  scope: Scope | null
  at: Ref | null
}

export function GrantForm({ person }: { person: Ref | null }) {
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft>({ person, role: null, scope: null, at: null })
  const choices = useQuery({
    queryKey: ['screen', 'grant-choices'],
    queryFn: () => read<{ items: RoleChoice[] }>('/grants/choices'),
  })
  const roles = choices.data?.items ?? []
  const chosen = roles.find(({ role }) => role === draft.role)
  const scope = draft.scope ?? chosen?.scopes[0] ?? null
  const isPlaced = scope === 'unit' || scope === 'team'
  const isWhole = draft.person !== null && chosen !== undefined && (!isPlaced || draft.at !== null)
  async function grant(event: React.FormEvent) {
    event.preventDefault()
    const body = { person: draft.person?.id, role: draft.role, scope, at: isPlaced ? draft.at?.id : null }
    const isGranted = await attempt(() => call('/grants', { method: 'POST', body }))
    if (!isGranted) return
    say(words.granted(draft.person?.title ?? ''))
    setDraft({ person, role: null, scope: null, at: null })
    await client.invalidateQueries({ queryKey: grantsKey })
  }
  if (choices.data && roles.length === 0) return null
  return (
    <form className="stack token-form" onSubmit={(event) => void grant(event)}>
      {person === null && (
        <RefField
          name="person"
          to="person"
          label={words.person}
          value={draft.person}
          onChange={(one) => setDraft({ ...draft, person: one })}
        />
      )}
      <div className="token-form-row">
        <Select
          label={words.role}
          data={roles.map(({ role, label }) => ({ value: role, label }))}
          value={draft.role}
          searchable
          allowDeselect={false}
          onChange={(role) => setDraft({ ...draft, role, scope: null, at: null })}
        />
        <Select
          label={words.where}
          data={(chosen?.scopes ?? []).map((one) => ({ value: one, label: words.scopes[one] }))}
          value={scope}
          disabled={chosen === undefined}
          allowDeselect={false}
          onChange={(one) =>
            setDraft({ ...draft, scope: chosen?.scopes.find((known) => known === one) ?? null, at: null })
          }
        />
      </div>
      {isPlaced && (
        <RefField
          key={scope}
          name="at"
          to={scope}
          label={words[scope]}
          value={draft.at}
          onChange={(at) => setDraft({ ...draft, at })}
        />
      )}
      <div>
        <Button type="submit" variant="filled" disabled={!isWhole}>
          {words.grant}
        </Button>
      </div>
    </form>
  )
}

interface RefFieldProps {
  name: string
  to: string
  label: string
  value: Ref | null
  onChange: (value: Ref | null) => void
}
function RefField({ name, to, label, value, onChange }: RefFieldProps) {
  const field: FieldInfo = { name, label, kind: 'ref', to, required: true }
  return <Editor field={field} value={value} onChange={(one) => onChange(isRef(one) ? one : null)} />
}
