// Sign-in providers: the list, and one of them.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, read } from '../../data/http.ts'
import { useMe } from '../../data/model.ts'
import { attempt } from '../../data/writes.ts'
import { federationWords } from '../../messages/federation.ts'
import { Alert } from '../../security/alert.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { DirectoryLook } from './directory-look.tsx'
import { DirectoryRun, type Synced } from './directory-run.tsx'
import { ProviderForm, type Provider } from './provider-form.tsx'
import type { Kind } from './fields.ts'

const words = federationWords.settings
const key = ['screen', 'sign-in-providers']
const kinds: Kind[] = ['oidc', 'saml', 'ldap', 'scim']
interface Listed extends Provider {
  id: number
  persons: number
  synced: Synced | null
}

export function Section() {
  const isAdministrator = useMe().roles.includes('administrator')
  const client = useQueryClient()
  const [open, setOpen] = useState<number | Kind | null>(null)
  const list = useQuery({
    queryKey: key,
    queryFn: () => read<{ items: Listed[] }>('/admin/sign-in-providers'),
    enabled: isAdministrator,
    // A run ends by itself; its end is looked for while it goes on.
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ synced }) => synced?.state === 'waiting' || synced?.state === 'running') ? 1500 : false,
  })
  const again = () => void client.invalidateQueries({ queryKey: key })
  if (!isAdministrator) return <p className="quiet">{words.only}</p>
  if (list.error) return <Fault error={list.error} again={() => void list.refetch()} />
  const items = list.data?.items ?? []
  const known = items.find(({ id }) => id === open)
  if (open !== null && (typeof open === 'string' || known))
    return (
      <One
        key={open}
        provider={known ?? fresh(open as Kind)} // a number that is not known closes the page, above
        listed={known ?? null}
        onChanged={(id) => {
          again()
          setOpen(id)
        }}
      />
    )
  return (
    <>
      <p className="quiet">{words.about}</p>
      {list.isSuccess && items.length === 0 && <p className="quiet">{words.none}</p>}
      {items.length > 0 && <Table items={items} onOpen={setOpen} />}
      <ul className="stack" style={{ listStyle: 'none', padding: 0 }}>
        {kinds.map((kind) => (
          <li key={kind} className="row">
            <Button onClick={() => setOpen(kind)}>{`${words.add}: ${words.kinds[kind]}`}</Button>
            <span className="quiet">{words.kindHelp[kind]}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
function fresh(kind: Kind): Provider {
  return { id: null, kind, name: '', isOn: true, rev: 0, settings: {}, secrets: {}, addresses: {} }
}
function Table({ items, onOpen }: { items: Listed[]; onOpen: (id: number) => void }) {
  return (
    <Scroll label={words.name}>
      <table className="facts">
        <thead>
          <tr>
            <th>{words.name}</th>
            <th>{words.kind}</th>
            <th>{words.state}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <td>
                <Button size="compact-sm" variant="subtle" onClick={() => onOpen(one.id)}>
                  {one.name}
                </Button>
              </td>
              <td>{words.kinds[one.kind]}</td>
              <td>
                {one.isOn ? words.on : words.off} · {words.persons(one.persons)}
                {one.synced && ` · ${federationWords.run.states[one.synced.state]}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

/** @param onChanged with the id to show next, or null for the list */
function One({
  provider,
  listed,
  onChanged,
}: {
  provider: Provider
  listed: Listed | null
  onChanged: (id: number | null) => void
}) {
  async function remove(id: number) {
    if (!confirm(words.removeSure(provider.name))) return
    if (await attempt(() => call(`/admin/sign-in-providers/${id}`, { method: 'DELETE' }))) onChanged(null)
  }
  return (
    <div className="stack">
      <div className="row">
        <Button onClick={() => onChanged(null)}>{words.cancel}</Button>
        {listed && (
          <Button color="red" onClick={() => void remove(listed.id)}>
            {words.remove}
          </Button>
        )}
      </div>
      <h3>{words.kinds[provider.kind]}</h3>
      {listed && <Tell provider={listed} />}
      <ProviderForm key={provider.rev} provider={provider} onSaved={({ id }) => onChanged(id)} />
      {listed?.kind === 'ldap' && <DirectoryLook key={listed.rev} id={listed.id} />}
      {listed?.kind === 'ldap' && (
        <DirectoryRun id={listed.id} synced={listed.synced} onStarted={() => onChanged(listed.id)} />
      )}
    </div>
  )
}
/** What the other side has to be told, and whether it works. */
function Tell({ provider }: { provider: Listed }) {
  const [found, setFound] = useState<string[] | null>(null)
  const [refusal, setRefusal] = useState<unknown>(null)
  const [token, setToken] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  async function test() {
    setBusy(true)
    setFound(null)
    setRefusal(null)
    await call<{ found: string[] }>(`/admin/sign-in-providers/${provider.id}/test`, { method: 'POST', body: {} }).then(
      ({ body }) => setFound(body.found),
      setRefusal,
    )
    setBusy(false)
  }
  async function makeToken() {
    await attempt(async () =>
      setToken(
        (await call<{ token: string }>(`/admin/sign-in-providers/${provider.id}/token`, { method: 'POST', body: {} }))
          .body.token,
      ),
    )
  }
  const addresses = Object.entries(words.addresses).flatMap(([name, label]) =>
    provider.addresses[name] === undefined ? [] : [{ label, address: provider.addresses[name] }],
  )
  return (
    <>
      {addresses.length > 0 && (
        <dl className="stack" aria-label={words.tell}>
          {addresses.map(({ label, address }) => (
            <div key={label}>
              <dt className="quiet">{label}</dt>
              <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>
                <code>{address}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="row">
        <Button loading={busy} onClick={() => void test()}>
          {words.test}
        </Button>
        {provider.kind === 'scim' && <Button onClick={() => void makeToken()}>{words.token}</Button>}
      </div>
      {token && (
        <div role="status">
          <p className="strong">{words.tokenOnce}</p>
          <p className="token-once">
            <code>{token}</code>
          </p>
        </div>
      )}
      <Alert of={refusal} />
      {found && (
        <ul role="status" aria-label={words.found}>
          {found.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  )
}
