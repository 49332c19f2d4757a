// First run: the one-time link creates the first administrator.
import { Button, PasswordInput, Select, TextInput } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../data/http.ts'
import { Problem, sentenceOf } from '../data/problem.ts'
import { usualZone, zones } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { useTitle } from '../ui/title.ts'
import { SignFrame } from './frame.tsx'

const words = messages.sign
const shortestPassword = 12

export function SetupPage() {
  const { token } = useParams({ strict: false })
  const [draft, setDraft] = useState({
    name: '',
    email: '',
    password: '',
    organisation: '',
    timeZone: usualZone(),
  })
  const [refusal, setRefusal] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  useTitle(words.setupTitle)
  const errors = refusal instanceof Problem ? refusal.byField : {}
  const set = (name: keyof typeof draft) => (event: React.ChangeEvent<HTMLInputElement>) => {
    const { value } = event.currentTarget
    setDraft((before) => ({ ...before, [name]: value }))
  }
  async function send(event: React.FormEvent) {
    event.preventDefault()
    setBusy(true)
    try {
      await call('/setup', { method: 'POST', body: { token, ...draft } })
      location.assign('/first-steps')
    } catch (error) {
      setRefusal(error)
      setBusy(false)
    }
  }
  return (
    <SignFrame title={words.setupTitle} text={words.setupText}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <TextInput
          size="sm"
          label={words.name}
          name="name"
          autoComplete="name"
          required
          autoFocus
          value={draft.name}
          onChange={set('name')}
          error={errors['name']}
        />
        <TextInput
          size="sm"
          label={words.email}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={draft.email}
          onChange={set('email')}
          error={errors['email']}
        />
        <PasswordInput
          size="sm"
          label={words.password}
          description={words.passwordHelp}
          name="password"
          autoComplete="new-password"
          minLength={shortestPassword}
          required
          value={draft.password}
          onChange={set('password')}
          error={errors['password']}
        />
        <TextInput
          size="sm"
          label={words.organisation}
          name="organisation"
          autoComplete="organization"
          required
          value={draft.organisation}
          onChange={set('organisation')}
          error={errors['organisation']}
        />
        <Select
          size="sm"
          label={words.zone}
          name="timeZone"
          searchable
          limit={60}
          data={zones().includes(draft.timeZone) ? zones() : [draft.timeZone, ...zones()]}
          value={draft.timeZone}
          allowDeselect={false}
          onChange={(zone) => setDraft((before) => ({ ...before, timeZone: zone ?? before.timeZone }))}
          error={errors['timeZone']}
        />
        {refusal !== null && Object.keys(errors).length === 0 && (
          <p className="error-text" role="alert">
            {sentenceOf(refusal)}
          </p>
        )}
        <Button size="sm" type="submit" variant="filled" loading={busy}>
          {words.setup}
        </Button>
      </form>
    </SignFrame>
  )
}
