// Setting up an authenticator app: the QR code and the key, then a code that proves that the app has it.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../data/http.ts'
import { signInWords } from '../messages/sign-in.ts'
import { Alert } from './alert.tsx'
import './security.css'

const words = signInWords.security

export interface Begun {
  step: string
  secret: string
  qr: string
}
export async function beginApp(): Promise<Begun> {
  return (await call<Begun>('/me/totp', { method: 'POST' })).body
}

export function AppSetup({ begun, onCodes }: { begun: Begun; onCodes: (codes: string[]) => void }) {
  const [code, setCode] = useState('')
  const [refusal, setRefusal] = useState<unknown>(null)
  async function confirm(event: React.FormEvent) {
    event.preventDefault()
    try {
      const { body } = await call<{ recoveryCodes: string[] }>('/me/totp/confirm', {
        method: 'POST',
        body: { step: begun.step, code },
      })
      onCodes(body.recoveryCodes)
    } catch (error) {
      setRefusal(error)
    }
  }
  return (
    <form className="stack" onSubmit={(event) => void confirm(event)}>
      <p>{words.scan}</p>
      <img
        className="qr-code"
        width={196}
        height={196}
        alt={words.qr}
        src={`data:image/svg+xml,${encodeURIComponent(begun.qr)}`}
      />
      <p>
        {words.key}: <code className="key-text">{(begun.secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
      </p>
      <TextInput
        label={words.code}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        style={{ maxInlineSize: 200 }}
      />
      <Alert of={refusal} />
      <div>
        <Button type="submit" variant="filled">
          {words.confirm}
        </Button>
      </div>
    </form>
  )
}
