// Passkeys: added, renamed, removed.
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../data/http.ts'
import { instantText, relativeText } from '../fields/format.ts'
import { signInWords } from '../messages/sign-in.ts'
import { Scroll } from '../ui/scroll.tsx'
import { say } from '../ui/toast.tsx'
import { makePasskey, usePasskeyHost, type AskedToMake } from './passkey.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import type { Passkey, Security } from './security.ts'

const words = signInWords.security

interface PasskeysPartProps {
  security: Security
  proved: (work: () => Promise<unknown>) => void
}

/** Makes a passkey and keeps it. @returns the recovery codes that come with the first second factor */
export async function addPasskey(name: string): Promise<string[]> {
  const asked = (await call<AskedToMake>('/me/passkeys/options', { method: 'POST' })).body
  const response = await makePasskey(asked)
  const { body } = await call<{ recoveryCodes: string[] }>('/me/passkeys', {
    method: 'POST',
    body: { step: asked.step, name, response },
  })
  return body.recoveryCodes
}

export function PasskeysPart({ security, proved }: PasskeysPartProps) {
  const [name, setName] = useState('')
  const [codes, setCodes] = useState<string[]>([])
  const at = usePasskeyHost()
  const add = (event: React.FormEvent) => {
    event.preventDefault()
    proved(async () => {
      setCodes(await addPasskey(name.trim()))
      setName('')
      say(words.passkeyAdded)
    })
  }
  return (
    <section className="stack" aria-labelledby="security-passkeys">
      <h3 id="security-passkeys">{words.passkeys}</h3>
      <p className="quiet">{words.passkeysAbout}</p>
      {security.passkeys.length === 0 ? (
        <p className="quiet">{words.passkeyNone}</p>
      ) : (
        <PasskeyTable passkeys={security.passkeys} proved={proved} />
      )}
      {codes.length > 0 && <RecoveryCodes codes={codes} onKept={() => setCodes([])} />}
      {at?.isHere === false && (
        <p className="quiet">{at.host === null ? words.passkeyNever : words.passkeyElsewhere(at.host)}</p>
      )}
      {at?.isHere === true && (
        <form className="row" style={{ alignItems: 'flex-end' }} onSubmit={add}>
          <TextInput
            label={words.passkeyName}
            value={name}
            required
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
            style={{ flex: 1, maxInlineSize: 320 }}
          />
          <Button type="submit">{words.passkeyAdd}</Button>
        </form>
      )}
    </section>
  )
}

function PasskeyTable({ passkeys, proved }: { passkeys: readonly Passkey[]; proved: PasskeysPartProps['proved'] }) {
  const rename = (passkey: Passkey) => {
    const name = prompt(words.passkeyName, passkey.name)?.trim()
    if (name) proved(() => call(`/me/passkeys/${passkey.id}`, { method: 'PATCH', body: { name } }))
  }
  const remove = (passkey: Passkey) => {
    if (confirm(words.passkeyRemoveSure(passkey.name)))
      proved(() => call(`/me/passkeys/${passkey.id}`, { method: 'DELETE' }))
  }
  return (
    <Scroll label={words.passkeys}>
      <table className="facts">
        <thead>
          <tr>
            <th>{words.passkeys}</th>
            <th>{words.passkeyMade}</th>
            <th>{words.passkeyUsed}</th>
            <th>
              <span className="hidden-text">{words.passkeyRemove}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {passkeys.map((passkey) => (
            <tr key={passkey.id}>
              <td>
                {passkey.name} {passkey.isSynced && <span className="quiet">{words.synced}</span>}
              </td>
              <td>{instantText(passkey.madeAt)}</td>
              <td>{passkey.usedAt ? relativeText(passkey.usedAt) : words.never}</td>
              <td>
                <div className="row">
                  <Button
                    size="compact-xs"
                    aria-label={`${words.passkeyRename}: ${passkey.name}`}
                    onClick={() => rename(passkey)}
                  >
                    {words.passkeyRename}
                  </Button>
                  <Button
                    size="compact-xs"
                    aria-label={`${words.passkeyRemove}: ${passkey.name}`}
                    onClick={() => remove(passkey)}
                  >
                    {words.passkeyRemove}
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
