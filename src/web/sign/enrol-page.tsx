// The organisation asks for a second factor that this person does not have yet: nothing else opens before.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { call } from '../data/http.ts'
import { signInWords } from '../messages/sign-in.ts'
import { AppSetup, beginApp, type Begun } from '../security/app-setup.tsx'
import { addPasskey } from '../security/passkeys-part.tsx'
import { usePasskeyHost } from '../security/passkey.ts'
import { useProof } from '../security/prove.tsx'
import { RecoveryCodes } from '../security/recovery-codes.tsx'
import { useSecurity } from '../security/security.ts'
import { useTitle } from '../ui/title.ts'
import { SignFrame } from './frame.tsx'

const words = signInWords.enrol

export function EnrolPage() {
  const security = useSecurity()
  const { proved, dialog } = useProof(security.data)
  const [begun, setBegun] = useState<Begun | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const passkeys = usePasskeyHost()
  useTitle(words.title)
  const leave = () => void call('/session', { method: 'DELETE' }).finally(() => location.assign('/login'))
  const device = signInWords.security.here
  return (
    <SignFrame title={words.title} text={words.text}>
      {codes ? (
        <RecoveryCodes codes={codes} onKept={() => location.assign('/')} />
      ) : begun ? (
        <AppSetup begun={begun} onCodes={setCodes} />
      ) : (
        <div className="stack">
          <Button variant="filled" onClick={() => proved(async () => setBegun(await beginApp()))}>
            {signInWords.security.appSetUp}
          </Button>
          {passkeys?.isHere === true && (
            <Button onClick={() => proved(async () => setCodes(await addPasskey(device)))}>
              {signInWords.security.passkeyAdd}
            </Button>
          )}
        </div>
      )}
      {!codes && (
        <Button variant="subtle" onClick={leave}>
          {words.signOut}
        </Button>
      )}
      {dialog}
    </SignFrame>
  )
}
