// The authenticator app and the recovery codes.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { call } from '../data/http.ts'
import { relativeText } from '../fields/format.ts'
import { signInWords } from '../messages/sign-in.ts'
import { AppSetup, beginApp, type Begun } from './app-setup.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import type { Security } from './security.ts'

const words = signInWords.security

interface AppPartProps {
  security: Security
  proved: (work: () => Promise<unknown>) => void
}

export function AppPart({ security, proved }: AppPartProps) {
  const [begun, setBegun] = useState<Begun | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const isOn = security.totpAt !== null
  const remove = () => {
    if (confirm(words.appRemoveSure)) proved(() => call('/me/totp', { method: 'DELETE' }))
  }
  const renew = () =>
    proved(async () =>
      setCodes((await call<{ recoveryCodes: string[] }>('/me/recovery-codes', { method: 'POST' })).body.recoveryCodes),
    )
  return (
    <section className="stack" aria-labelledby="security-app">
      <h3 id="security-app">{words.app}</h3>
      <p className="quiet">
        {words.appAbout} {security.totpAt && words.appOn(relativeText(security.totpAt))}
      </p>
      {begun && (
        <AppSetup
          begun={begun}
          onCodes={(made) => {
            setBegun(null)
            setCodes(made)
            proved(async () => {})
          }}
        />
      )}
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />}
      {!begun && !codes && (
        <div className="row">
          <Button onClick={() => proved(async () => setBegun(await beginApp()))}>
            {isOn ? words.appReplace : words.appSetUp}
          </Button>
          {isOn && <Button onClick={remove}>{words.appRemove}</Button>}
        </div>
      )}
      {(isOn || security.passkeys.length > 0) && !codes && (
        <>
          <h3>{words.codes}</h3>
          <p className="quiet">{words.codesLeft(security.recoveryCodes)}</p>
          <div>
            <Button onClick={renew}>{words.codesNew}</Button>
          </div>
        </>
      )}
    </section>
  )
}
