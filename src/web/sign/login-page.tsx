// Sign in. Pasting and password managers work; the page comes back to where the person was going.
import { Button, PasswordInput, TextInput } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Search } from '../data/address.ts'
import { call } from '../data/http.ts'
import { sentenceOf } from '../data/problem.ts'
import { messages } from '../messages/messages.ts'
import { useTitle } from '../ui/title.ts'
import { SignFrame } from './frame.tsx'

const words = messages.sign

export function LoginPage() {
  const search = useSearch({ strict: false }) as Search
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useTitle(words.inTitle)
  async function send(event: React.FormEvent) {
    event.preventDefault()
    setBusy(true)
    try {
      await call('/session', { method: 'POST', body: { email, password } })
      location.assign(search.to?.startsWith('/') && !search.to.startsWith('//') ? search.to : '/')
    } catch (error) {
      setRefusal(sentenceOf(error))
      setBusy(false)
    }
  }
  return (
    <SignFrame title={words.inTitle}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <TextInput
          size="sm"
          label={words.email}
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          size="sm"
          label={words.password}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {refusal && (
          <p className="error-text" role="alert">
            {refusal}
          </p>
        )}
        <Button size="sm" type="submit" variant="filled" loading={busy}>
          {words.in}
        </Button>
      </form>
    </SignFrame>
  )
}
