// Changing one's password: with the present one, and every other session ends.
import { Button, PasswordInput } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../data/http.ts'
import { Problem } from '../data/problem.ts'
import { relativeText } from '../fields/format.ts'
import { signInWords } from '../messages/sign-in.ts'
import { say } from '../ui/toast.tsx'
import { Alert } from './alert.tsx'
import { securityKey, type Security } from './security.ts'

const words = signInWords.security
const empty = { present: '', next: '' }

export function PasswordPart({ security }: { security: Security }) {
  const client = useQueryClient()
  const [draft, setDraft] = useState(empty)
  const [refusal, setRefusal] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  async function change(event: React.FormEvent) {
    event.preventDefault()
    setBusy(true)
    setRefusal(null)
    try {
      await call('/me/password', { method: 'POST', body: { present: draft.present, password: draft.next } })
      setDraft(empty)
      say(words.changed)
      await client.invalidateQueries({ queryKey: securityKey })
    } catch (error) {
      setRefusal(error)
    }
    setBusy(false)
  }
  const isNext = refusal instanceof Problem && refusal.status === 422
  return (
    <section className="stack" aria-labelledby="security-password">
      <h3 id="security-password">{words.password}</h3>
      <p className="quiet">
        {!security.hasPassword
          ? words.noPassword
          : security.passwordAt
            ? words.changedAt(relativeText(security.passwordAt))
            : words.neverChanged}
      </p>
      {security.hasPassword && (
        <form className="stack security-form" onSubmit={(event) => void change(event)}>
          <input type="hidden" name="username" autoComplete="username" value={security.email} readOnly />
          <PasswordInput
            label={words.present}
            autoComplete="current-password"
            required
            value={draft.present}
            onChange={({ currentTarget: { value } }) => setDraft((before) => ({ ...before, present: value }))}
          />
          <PasswordInput
            label={words.next}
            description={signInWords.link.help(security.passwordLength)}
            autoComplete="new-password"
            required
            value={draft.next}
            onChange={({ currentTarget: { value } }) => setDraft((before) => ({ ...before, next: value }))}
            error={isNext ? refusal.byField['password'] : undefined}
          />
          {!isNext && <Alert of={refusal} />}
          <div>
            <Button type="submit" variant="filled" loading={busy}>
              {words.change}
            </Button>
          </div>
        </form>
      )}
    </section>
  )
}
