// Some changes ask for a fresh proof that it is really this person. Whoever makes one wraps it: the dialog appears only when the server asks.
import { Button, PasswordInput, TextInput } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../data/http.ts'
import { Problem, sentenceOf } from '../data/problem.ts'
import { messages } from '../messages/messages.ts'
import { signInWords } from '../messages/sign-in.ts'
import { Dialog } from '../ui/dialog.tsx'
import { complain } from '../ui/toast.tsx'
import { Alert } from './alert.tsx'
import { usePasskeyHost, usePasskeyOf, type AskedToUse } from './passkey.ts'
import { securityKey, type Security } from './security.ts'

const words = signInWords.security
type Work = () => Promise<unknown>

/** `proved` runs a change, after the proof if one is asked for; put `dialog` into the page. Other refusals become a toast. */
export function useProof(security: Security | undefined): { proved: (work: Work) => void; dialog: React.ReactNode } {
  const [waiting, setWaiting] = useState<Work | null>(null)
  const client = useQueryClient()
  const run = async (work: Work) => {
    try {
      await work()
      await client.invalidateQueries({ queryKey: securityKey })
    } catch (error) {
      if (error instanceof Problem && error.body.type?.endsWith(':proof') === true) setWaiting(() => work)
      else complain(sentenceOf(error))
    }
  }
  const dialog = waiting && security && (
    <Prove
      security={security}
      onClose={() => setWaiting(null)}
      onDone={() => {
        setWaiting(null)
        void run(waiting)
      }}
    />
  )
  return { proved: (work) => void run(work), dialog }
}

function Prove({ security, onClose, onDone }: { security: Security; onClose: () => void; onDone: () => void }) {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [refusal, setRefusal] = useState<unknown>(null)
  const passkeys = usePasskeyHost()
  async function attempt(body: () => Promise<object>) {
    setRefusal(null)
    try {
      await call('/me/proof', { method: 'POST', body: await body() })
      onDone()
    } catch (error) {
      setRefusal(error)
    }
  }
  const byPasskey = () =>
    attempt(async () => {
      const asked = (await call<AskedToUse>('/me/proof/options', { method: 'POST', body: {} })).body
      return { step: asked.step, response: await usePasskeyOf(asked) }
    })
  return (
    <Dialog title={words.prove} size={420} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void attempt(async () => (security.totpAt === null ? { password } : { password, code }))
        }}
      >
        <p className="quiet">{words.proveHelp}</p>
        {security.hasPassword && (
          <PasswordInput
            label={signInWords.door.password}
            autoComplete="current-password"
            required
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        {security.hasPassword && security.totpAt !== null && (
          <TextInput
            label={signInWords.door.code}
            autoComplete="one-time-code"
            required
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <Alert of={refusal} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{messages.record.cancel}</Button>
          {security.passkeys.length > 0 && passkeys?.isHere === true && (
            <Button onClick={() => void byPasskey()}>{words.provePasskey}</Button>
          )}
          {security.hasPassword && (
            <Button type="submit" variant="filled">
              {words.proveGo}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}
