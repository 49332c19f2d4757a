// Other ways to sign in, and what went wrong on the way back from one of them.
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, read } from '../data/http.ts'
import { federationWords } from '../messages/federation.ts'

const words = federationWords.door
interface Way {
  provider: string
  name: string
  kind: 'oidc' | 'saml' | 'ldap'
}
interface Props {
  to: string | undefined
  /** The key of a sentence that the server keeps. */
  trouble: string | undefined
  isBusy: boolean
  onEnter: (enter: () => Promise<object>) => Promise<void>
}

export function OtherWays({ to, trouble, isBusy, onEnter }: Props) {
  const ways = useQuery({
    queryKey: ['screen', 'other-ways'],
    queryFn: () => read<{ items: Way[] }>('/sign-in/providers'),
    staleTime: 60_000,
  })
  const [directory, setDirectory] = useState<Way | null>(null)
  const items = ways.data?.items ?? []
  return (
    <>
      <Trouble of={trouble} />
      {directory && <DirectoryForm way={directory} isBusy={isBusy} onEnter={onEnter} />}
      {items.length > 0 && (
        <div className="stack" role="group" aria-label={words.ways}>
          {items.map((way) =>
            way.kind === 'ldap' ? (
              <Button
                key={way.provider}
                size="sm"
                disabled={isBusy || way === directory}
                onClick={() => setDirectory(way)}
              >
                {words.with(way.name)}
              </Button>
            ) : (
              <Button
                key={way.provider}
                size="sm"
                component="a"
                href={`/api/v1/sign-in/${way.kind}/${way.provider}${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`}
              >
                {words.with(way.name)}
              </Button>
            ),
          )}
        </div>
      )}
    </>
  )
}

function DirectoryForm({ way, isBusy, onEnter }: { way: Way } & Pick<Props, 'isBusy' | 'onEnter'>) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  async function send(event: React.FormEvent) {
    event.preventDefault()
    await onEnter(
      async () =>
        (await call<object>(`/sign-in/ldap/${way.provider}`, { method: 'POST', body: { name, password } })).body,
    )
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <TextInput
        size="sm"
        label={words.nameAt(way.name)}
        autoComplete="username"
        required
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        size="sm"
        label={words.password}
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button size="sm" type="submit" variant="filled" loading={isBusy}>
        {words.with(way.name)}
      </Button>
    </form>
  )
}

function Trouble({ of }: { of: string | undefined }) {
  const told = useQuery({
    queryKey: ['screen', 'trouble', of],
    queryFn: () => read<{ because: string | null }>(`/sign-in/trouble/${encodeURIComponent(of ?? '')}`),
    enabled: of !== undefined,
    staleTime: Infinity, // told once
    retry: false,
  })
  return told.data?.because ? (
    <p className="error-text" role="alert">
      {told.data.because}
    </p>
  ) : null
}
