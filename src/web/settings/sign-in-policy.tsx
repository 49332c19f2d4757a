// What the organisation asks of everybody who signs in.
import { messages } from '../messages/messages.ts'
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, read } from '../data/http.ts'
import { useMe } from '../data/model.ts'
import { Problem } from '../data/problem.ts'
import { signInWords } from '../messages/sign-in.ts'
import { Alert } from '../security/alert.tsx'
import { Fault } from '../ui/fault.tsx'
import { say } from '../ui/toast.tsx'

interface Policy {
  secondFactor: string[]
  idleMinutes: number
  sessionHours: number
  tokenDays: number
  passwordLength: number
}

const words = signInWords.policy
const key = ['screen', 'sign-in-policy']
const roles = ['everyone', 'administrator', 'manager', 'lead', 'agent', 'requester', 'officer', 'auditor']
const figures = [
  ['idleMinutes', 'idle', 'idleUnit'],
  ['sessionHours', 'session', 'sessionUnit'],
  ['tokenDays', 'tokens', 'tokensUnit'],
  ['passwordLength', 'length', 'lengthUnit'],
] as const

export function Section() {
  const isAdministrator = useMe().roles.includes('administrator')
  const policy = useQuery({
    queryKey: key,
    queryFn: () => read<Policy>('/admin/sign-in-policy'),
    enabled: isAdministrator,
  })
  if (!isAdministrator) return <p className="quiet">{words.onlyAdministrators}</p>
  if (policy.error) return <Fault error={policy.error} again={() => void policy.refetch()} />
  return policy.data ? <PolicyForm policy={policy.data} /> : null
}

function PolicyForm({ policy }: { policy: Policy }) {
  const client = useQueryClient()
  const [draft, setDraft] = useState(policy)
  const [refusal, setRefusal] = useState<unknown>(null)
  const errors = refusal instanceof Problem ? refusal.byField : {}
  async function save(event: React.FormEvent) {
    event.preventDefault()
    setRefusal(null)
    try {
      await call('/admin/sign-in-policy', { method: 'PATCH', body: draft })
      await client.invalidateQueries({ queryKey: key })
      say(words.saved)
    } catch (error) {
      setRefusal(error)
    }
  }
  const label = (role: string) => (role === 'everyone' ? words.everyone : (messages.roles[role] ?? role))
  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
      <p className="quiet">{words.about}</p>
      <Checkbox.Group
        label={words.second}
        description={words.secondHelp}
        value={draft.secondFactor}
        onChange={(secondFactor) => setDraft((before) => ({ ...before, secondFactor }))}
        error={errors['secondFactor']}
      >
        <div className="stack" style={{ gap: 'var(--space-2)', paddingBlock: 'var(--space-2)' }}>
          {roles.map((role) => (
            <Checkbox key={role} value={role} label={label(role)} />
          ))}
        </div>
      </Checkbox.Group>
      {figures.map(([name, text, unit]) => (
        <TextInput
          key={name}
          label={`${text} (${unit})`}
          value={draft[name]}
          required
          type="number"
          min={1}
          onChange={({ currentTarget: { value } }) => setDraft((before) => ({ ...before, [name]: Number(value) }))}
          error={errors[name]}
          style={{ maxInlineSize: 320 }}
        />
      ))}
      {Object.keys(errors).length === 0 && <Alert of={refusal} />}
      <div>
        <Button type="submit" variant="filled">
          {words.save}
        </Button>
      </div>
    </form>
  )
}
