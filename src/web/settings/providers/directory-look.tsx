// Trying a directory with one account: what would be read of it, and who it would be here.
import { Button, PasswordInput, TextInput } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { useState } from 'react'
import { call } from '../../data/http.ts'
import { federationWords } from '../../messages/federation.ts'
import { Alert } from '../../security/alert.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import type { Attribute } from './fields.ts'

const words = federationWords.look
interface Looked {
  found: number
  dn: string | null
  values: { field: Attribute; attribute: string; value: string | null }[]
  groups: string[]
  roles: string[]
  password: keyof typeof words.passwords
  says: string[]
}

export function DirectoryLook({ id }: { id: number }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [looked, setLooked] = useState<Looked | null>(null)
  const [refusal, setRefusal] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  async function look(event: React.FormEvent) {
    event.preventDefault()
    setBusy(true)
    setLooked(null)
    setRefusal(null)
    await call<Looked>(`/admin/sign-in-providers/${id}/look`, { method: 'POST', body: { name, password } }).then(
      ({ body }) => setLooked(body),
      setRefusal,
    )
    setPassword('')
    setBusy(false)
  }
  return (
    <section className="stack" aria-labelledby="directory-look">
      <h3 id="directory-look">{words.title}</h3>
      <p className="quiet">{words.about}</p>
      <form className="stack" onSubmit={(event) => void look(event)}>
        <TextInput
          label={words.name}
          required
          maxLength={320}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={words.password}
          description={words.passwordHelp}
          autoComplete="off"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <div className="row">
          <Button type="submit" loading={busy}>
            {words.go}
          </Button>
        </div>
      </form>
      <Alert of={refusal} />
      {looked && <Found of={looked} />}
    </section>
  )
}
function Found({ of }: { of: Looked }) {
  return (
    <div className="stack" role="status">
      <ul>
        {of.says.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {of.password !== 'not tried' && <li>{words.passwords[of.password]}</li>}
      </ul>
      {of.found === 1 && (
        <Scroll label={words.read}>
          <table className="facts">
            <thead>
              <tr>
                <th>{words.field}</th>
                <th>{words.attribute}</th>
                <th>{words.value}</th>
              </tr>
            </thead>
            <tbody>
              {of.values.map(({ field, attribute, value }) => (
                <tr key={field}>
                  <td>{federationWords.attributes.names[field]}</td>
                  <td>
                    <code>{attribute}</code>
                  </td>
                  <td>{value ?? <span className="quiet">{words.nothing}</span>}</td>
                </tr>
              ))}
              <tr>
                <td>{words.groups}</td>
                <td />
                <td>{of.groups.join(' · ') || <span className="quiet">{words.nothing}</span>}</td>
              </tr>
              <tr>
                <td>{words.roles}</td>
                <td />
                <td>{of.roles.join(', ') || <span className="quiet">{words.nothing}</span>}</td>
              </tr>
            </tbody>
          </table>
        </Scroll>
      )}
    </div>
  )
}
