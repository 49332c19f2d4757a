// One's own security: password, second factors, sessions, and what happened.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call, read } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { signInWords } from '../messages/sign-in.ts'
import { AppPart } from '../security/app-part.tsx'
import { PasskeysPart } from '../security/passkeys-part.tsx'
import { PasswordPart } from '../security/password-part.tsx'
import { useProof } from '../security/prove.tsx'
import '../security/security.css'
import { EntryTable, SessionTable } from '../security/session-table.tsx'
import { securityKey, useSecurity, type Entry, type Session } from '../security/security.ts'
import { Fault } from '../ui/fault.tsx'
import { say } from '../ui/toast.tsx'

const words = signInWords.security

export function Section() {
  const security = useSecurity()
  const { proved, dialog } = useProof(security.data)
  if (security.error) return <Fault error={security.error} again={() => void security.refetch()} />
  if (!security.data) return null
  return (
    <>
      <PasswordPart security={security.data} />
      <PasskeysPart security={security.data} proved={proved} />
      <AppPart security={security.data} proved={proved} />
      <Sessions />
      <Entries />
      {dialog}
    </>
  )
}

function Sessions() {
  const client = useQueryClient()
  const key = [...securityKey, 'sessions']
  const sessions = useQuery({ queryKey: key, queryFn: () => read<{ items: Session[] }>('/me/sessions') })
  const items = sessions.data?.items ?? []
  async function end(path: string) {
    if (await attempt(() => call(path, { method: 'DELETE' }))) say(words.ended)
    await client.invalidateQueries({ queryKey: securityKey })
  }
  return (
    <section className="stack" aria-labelledby="security-sessions">
      <h3 id="security-sessions">{words.sessions}</h3>
      {items.length > 0 && (
        <SessionTable sessions={items} onEnd={(session) => void end(`/me/sessions/${session.id}`)} />
      )}
      {items.length > 1 && (
        <div>
          <Button onClick={() => void end('/me/sessions')}>{words.endAll}</Button>
        </div>
      )}
    </section>
  )
}

function Entries() {
  const entries = useQuery({
    queryKey: [...securityKey, 'entries'],
    queryFn: () => read<{ items: Entry[] }>('/me/sign-ins'),
  })
  return (
    <section className="stack" aria-labelledby="security-entries">
      <h3 id="security-entries">{words.entries}</h3>
      {entries.data && <EntryTable entries={entries.data.items} />}
    </section>
  )
}
