// The step after the password: a code of the app, a recovery code, or a passkey.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../data/http.ts'
import { Problem } from '../data/problem.ts'
import { signInWords } from '../messages/sign-in.ts'
import { Alert } from '../security/alert.tsx'
import { usePasskeyHost, usePasskeyOf, type AskedToUse } from '../security/passkey.ts'
import { SignFrame } from './frame.tsx'

const words = signInWords.door

export type Way = 'code' | 'passkey' | 'recovery'
interface SecondStepProps {
  step: string
  ways: Way[]
  onDone: () => void
  onBack: () => void
}

export function SecondStep({ step, ways, onDone, onBack }: SecondStepProps) {
  const [way, setWay] = useState<'code' | 'recovery'>(ways.includes('code') ? 'code' : 'recovery')
  const [code, setCode] = useState('')
  const [refusal, setRefusal] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const passkeys = usePasskeyHost()
  const isOver = refusal instanceof Problem && refusal.body.type?.endsWith(':step-over') === true
  async function attempt(enter: () => Promise<unknown>) {
    setBusy(true)
    setRefusal(null)
    try {
      await enter()
      onDone()
    } catch (error) {
      setRefusal(error)
      setCode('')
      setBusy(false)
    }
  }
  async function byCode(event: React.FormEvent) {
    event.preventDefault()
    await attempt(() => call('/session/second', { method: 'POST', body: { step, code } }))
  }
  const byPasskey = () =>
    attempt(async () => {
      const asked = (await call<AskedToUse>('/session/passkey/options', { method: 'POST', body: { step } })).body
      const response = await usePasskeyOf(asked)
      await call('/session/passkey', { method: 'POST', body: { step: asked.step, second: step, response } })
    })
  const hasCodes = ways.includes('code') || ways.includes('recovery')
  return (
    <SignFrame title={words.secondTitle}>
      {hasCodes && !isOver && (
        <form className="stack" onSubmit={(event) => void byCode(event)}>
          <TextInput
            key={way}
            size="sm"
            label={way === 'code' ? words.code : words.recovery}
            description={way === 'code' ? words.codeHelp : words.recoveryHelp}
            name="code"
            inputMode={way === 'code' ? 'numeric' : 'text'}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            required
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Alert of={refusal} />
          <Button size="sm" type="submit" variant="filled" loading={busy}>
            {words.continue}
          </Button>
        </form>
      )}
      {(!hasCodes || isOver) && <Alert of={refusal} />}
      {ways.includes('passkey') && passkeys?.isHere === true && !isOver && (
        <Button size="sm" disabled={busy} onClick={() => void byPasskey()}>
          {words.usePasskey}
        </Button>
      )}
      <div className="row">
        {ways.includes('code') && ways.includes('recovery') && !isOver && (
          <Button variant="subtle" onClick={() => setWay(way === 'code' ? 'recovery' : 'code')}>
            {way === 'code' ? words.useRecovery : words.useCode}
          </Button>
        )}
        <Button variant="subtle" onClick={onBack}>
          {words.back}
        </Button>
      </div>
    </SignFrame>
  )
}
