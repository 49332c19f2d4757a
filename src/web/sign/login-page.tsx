// Sign in by password or passkey. Pasting and password managers work; the page comes back to where the person was going.
import { Button, PasswordInput, TextInput } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { Search } from '../data/address.ts'
import { call } from '../data/http.ts'
import { withWords } from '../messages/language.ts'
import { signInWords } from '../messages/sign-in.ts'
import { Alert } from '../security/alert.tsx'
import { usePasskeyHost, usePasskeyOf, type AskedToUse } from '../security/passkey.ts'
import { useTitle } from '../ui/title.ts'
import { SignFrame } from './frame.tsx'
import { SecondStep, type Way } from './second-step.tsx'

const OtherWays = lazy(() =>
  withWords('federation', import('./other-ways.tsx')).then(({ OtherWays: component }) => ({ default: component })),
)
const Forgot = lazy(() =>
  withWords('mail', import('./forgot.tsx')).then(({ Forgot: component }) => ({ default: component })),
)
const words = signInWords.door

interface Entered {
  step?: string
  ways?: Way[]
}

export function LoginPage() {
  const search = useSearch({ strict: false }) as Search
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [second, setSecond] = useState<{ step: string; ways: Way[] } | null>(null)
  const [hasForgot, setForgot] = useState(false)
  const passkeys = usePasskeyHost()
  useTitle(words.title)
  const goOn = () => location.assign(search.to?.startsWith('/') && !search.to.startsWith('//') ? search.to : '/')
  async function attempt(enter: () => Promise<Entered>) {
    setBusy(true)
    setRefusal(null)
    try {
      const { step, ways } = await enter()
      if (step === undefined) return goOn()
      setSecond({ step, ways: ways ?? [] })
    } catch (error) {
      setRefusal(error)
    }
    setBusy(false)
  }
  async function byPassword(event: React.FormEvent) {
    event.preventDefault()
    await attempt(async () => (await call<Entered>('/session', { method: 'POST', body: { email, password } })).body)
  }
  async function byPasskey() {
    await attempt(async () => {
      const asked = (await call<AskedToUse>('/session/passkey/options', { method: 'POST', body: {} })).body
      const response = await usePasskeyOf(asked)
      await call('/session/passkey', { method: 'POST', body: { step: asked.step, response } })
      return {}
    })
  }
  if (second)
    return (
      <SecondStep
        {...second}
        onDone={goOn}
        onBack={() => {
          setSecond(null)
          setPassword('')
        }}
      />
    )
  return (
    <SignFrame title={words.title}>
      <form className="stack" onSubmit={(event) => void byPassword(event)}>
        <TextInput
          size="sm"
          label={words.email}
          type="email"
          name="email"
          autoComplete="username webauthn"
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
        <Alert of={refusal} />
        <Button size="sm" type="submit" variant="filled" loading={busy}>
          {words.enter}
        </Button>
      </form>
      {passkeys?.isHere === true && (
        <Button size="sm" disabled={busy} onClick={() => void byPasskey()}>
          {words.passkey}
        </Button>
      )}
      <Suspense fallback={null}>
        <OtherWays to={search.to} trouble={search['trouble']} isBusy={busy} onEnter={attempt} />
      </Suspense>
      <details className="entrance-forgot" onToggle={(event) => setForgot(event.currentTarget.open)}>
        <summary>{words.forgot}</summary>
        <Suspense fallback={null}>{hasForgot && <Forgot email={email} />}</Suspense>
      </details>
    </SignFrame>
  )
}
