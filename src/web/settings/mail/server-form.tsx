// The mail server: where it is, how it is spoken to, who the mails are from. The password is typed, never shown.
import { Button, Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../data/http.ts'
import { Problem } from '../../data/problem.ts'
import { mailWords as words } from '../../messages/mail.ts'
import { Alert } from '../../security/alert.tsx'
import { say } from '../../ui/toast.tsx'
import { mailKey, type MailSettings } from './contract.ts'

const usual: MailSettings = {
  isOn: true,
  host: '',
  port: 587,
  tls: 'starttls',
  isInside: false,
  authority: '',
  user: '',
  senderName: 'Pilothouse',
  senderAddress: '',
}
const texts = [
  { name: 'host', required: true, type: 'text' },
  { name: 'port', required: true, type: 'number' },
  { name: 'senderName', required: true, type: 'text' },
  { name: 'senderAddress', required: true, type: 'email' },
  { name: 'user', required: false, type: 'text' },
] as const

export function ServerForm({ settings, hasPassword }: { settings: MailSettings | null; hasPassword: boolean }) {
  const client = useQueryClient()
  const [draft, setDraft] = useState(settings ?? usual)
  const [password, setPassword] = useState('')
  const [isRemoved, setRemoved] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const errors = errorsOf(refusal)
  const change = (part: Partial<MailSettings>) => setDraft((before) => ({ ...before, ...part }))
  async function save(event: React.FormEvent) {
    event.preventDefault()
    setRefusal(null)
    const secret = isRemoved ? { password: '' } : password === '' ? {} : { password }
    try {
      await call('/admin/mail', { method: 'PUT', body: { settings: draft, ...secret } })
      setPassword('')
      setRemoved(false)
      say(words.saved)
    } catch (error) {
      setRefusal(error)
    }
    await client.invalidateQueries({ queryKey: mailKey })
  }
  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
      <Checkbox
        label={words.isOn}
        checked={draft.isOn}
        onChange={(event) => change({ isOn: event.currentTarget.checked })}
      />
      <div className="attribute-grid">
        <NativeSelect
          label={words.tls}
          value={draft.tls}
          error={errors['tls']}
          data={Object.entries(words.ways).map(([value, label]) => ({ value, label }))}
          onChange={(event) => change({ tls: event.currentTarget.value as MailSettings['tls'] })}
        />
        {texts.map(({ name, required, type }) => (
          <TextInput
            key={name}
            label={words[name]}
            description={name === 'host' ? words.hostHelp : undefined}
            required={required}
            type={type}
            autoComplete="off"
            value={draft[name]}
            error={errors[name]}
            onChange={({ currentTarget: { value } }) => change({ [name]: type === 'number' ? Number(value) : value })}
          />
        ))}
        <PasswordInput
          label={words.password}
          description={hasPassword ? words.passwordSet : words.passwordNone}
          autoComplete="new-password"
          value={password}
          disabled={isRemoved}
          error={errors['password']}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </div>
      {hasPassword && (
        <Checkbox
          label={words.removePassword}
          checked={isRemoved}
          onChange={(event) => setRemoved(event.currentTarget.checked)}
        />
      )}
      <Checkbox
        label={words.isInside}
        description={words.isInsideHelp}
        checked={draft.isInside}
        error={errors['isInside']}
        onChange={(event) => change({ isInside: event.currentTarget.checked })}
      />
      <Textarea
        label={words.authority}
        description={words.authorityHelp}
        autosize
        minRows={2}
        maxRows={8}
        value={draft.authority}
        error={errors['authority']}
        onChange={(event) => change({ authority: event.currentTarget.value })}
      />
      {Object.keys(errors).length === 0 && <Alert of={refusal} />}
      <div>
        <Button type="submit" variant="filled">
          {words.save}
        </Button>
      </div>
    </form>
  )
}
/** By the last part of the pointer: /settings/host is about the host. */
function errorsOf(refusal: unknown): Record<string, string> {
  if (!(refusal instanceof Problem)) return {}
  return Object.fromEntries(
    (refusal.body.errors ?? []).map(({ pointer, detail }) => [pointer?.split('/').at(-1) ?? '', detail]),
  )
}
