// One sign-in provider: its settings, what the other side has to be told, and the test.
import { Button, Checkbox, PasswordInput, Textarea, TextInput } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { useState } from 'react'
import { call } from '../../data/http.ts'
import { Problem } from '../../data/problem.ts'
import { federationWords } from '../../messages/federation.ts'
import { Alert } from '../../security/alert.tsx'
import { say } from '../../ui/toast.tsx'
import { AttributesPart, attributesOf } from './attributes-part.tsx'
import { fieldsOf, groupLines, readGroups, usual, type FieldSpec, type GroupRule, type Kind } from './fields.ts'

const words = federationWords.settings
export interface Provider {
  id: number | null
  kind: Kind
  name: string
  isOn: boolean
  rev: number
  settings: Record<string, unknown>
  secrets: Record<string, boolean>
  addresses: Record<string, string>
}

/** @param onSaved with the provider as it is now */
export function ProviderForm({ provider, onSaved }: { provider: Provider; onSaved: (now: Provider) => void }) {
  const [name, setName] = useState(provider.name)
  const [isOn, setOn] = useState(provider.isOn)
  const [values, setValues] = useState<Record<string, unknown>>({ ...usual, ...provider.settings })
  const [groups, setGroups] = useState(groupLines((provider.settings['groups'] ?? []) as GroupRule[])) // as the server keeps them
  const [secrets, setSecrets] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const errors = refusal instanceof Problem ? refusal.byField : {}
  const specs = fieldsOf[provider.kind]
  // Pointers lead into the settings: /settings/issuer.
  const settingErrors: Record<string, string> = Object.fromEntries(
    refusal instanceof Problem
      ? (refusal.body.errors ?? []).map(({ pointer, detail }) => [(pointer ?? '').split('/')[2] ?? '', detail])
      : [],
  )
  async function save(event: React.FormEvent) {
    event.preventDefault()
    const rules = readGroups(groups)
    if (typeof rules === 'string') return setRefusal(new Problem(422, { detail: words.groupsWrong(rules) }))
    setBusy(true)
    setRefusal(null)
    try {
      const own = Object.fromEntries(
        specs
          .flatMap(({ name: one, as }) => (as === 'secret' ? [] : [[one, values[one]]]))
          .filter(([, value]) => value !== undefined),
      )
      const attributes = provider.kind === 'ldap' ? { attributes: attributesOf(values['attributes']) } : {}
      const body = { name, isOn, settings: { ...provider.settings, ...own, ...attributes, groups: rules }, secrets }
      const { body: now } =
        provider.id === null
          ? await call<Provider>('/admin/sign-in-providers', { method: 'POST', body: { ...body, kind: provider.kind } })
          : await call<Provider>(`/admin/sign-in-providers/${provider.id}`, { method: 'PUT', body, rev: provider.rev })
      setSecrets({})
      say(words.saved)
      onSaved(now)
    } catch (error) {
      setRefusal(error)
    }
    setBusy(false)
  }
  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
      <TextInput
        label={words.name}
        description={words.nameHelp}
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={errors['name']}
      />
      <Checkbox label={words.isOn} checked={isOn} onChange={(event) => setOn(event.currentTarget.checked)} />
      {specs.map((spec) => (
        <Field
          key={spec.name}
          spec={spec}
          value={spec.as === 'secret' ? secrets[spec.name] : values[spec.name]}
          isSet={provider.secrets[spec.name] === true}
          error={settingErrors[spec.name]}
          onChange={(value) =>
            spec.as === 'secret'
              ? setSecrets((before) => ({ ...before, [spec.name]: String(value) }))
              : setValues((before) => ({ ...before, [spec.name]: value }))
          }
        />
      ))}
      {provider.kind === 'ldap' && (
        <AttributesPart
          value={attributesOf(values['attributes'])}
          error={settingErrors['attributes']}
          onChange={(attributes) => setValues((before) => ({ ...before, attributes }))}
          onPreset={({ attributes, settings }) => setValues((before) => ({ ...before, ...settings, attributes }))}
        />
      )}
      <Textarea
        label={words.groups}
        description={words.groupsHelp}
        autosize
        minRows={2}
        value={groups}
        onChange={(event) => setGroups(event.currentTarget.value)}
      />
      <Alert of={refusal} />
      <div className="row">
        <Button type="submit" variant="filled" loading={busy}>
          {words.save}
        </Button>
      </div>
    </form>
  )
}

interface FieldProps {
  spec: FieldSpec
  value: unknown
  isSet: boolean
  error: string | undefined
  onChange: (value: unknown) => void
}
function Field({ spec, value, isSet, error, onChange }: FieldProps) {
  const [label, help] = federationWords.fields[spec.words]
  const shared = { label, description: help === '' ? undefined : help, required: spec.required === true, error }
  const list = Array.isArray(value) ? value.map(String) : []
  switch (spec.as) {
    case 'yes':
      return (
        <Checkbox
          label={label}
          description={shared.description}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'secret':
      return (
        <PasswordInput
          {...shared}
          description={isSet ? words.secretSet : undefined}
          autoComplete="off"
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'long':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={3}
          maxRows={12}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'lines':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={1}
          value={list.join('\n')}
          onChange={(event) => onChange(event.currentTarget.value.split('\n'))}
          onBlur={() => onChange(list.map((one) => one.trim()).filter((one) => one !== ''))}
        />
      )
    case 'commas':
      return (
        <TextInput
          {...shared}
          value={list.join(',')}
          onChange={(event) => onChange(event.currentTarget.value.split(',').map((one) => one.trim()))}
          onBlur={() => onChange(list.filter((one) => one !== ''))}
        />
      )
    case 'number':
      return (
        <TextInput
          {...shared}
          inputMode="numeric"
          value={value === undefined ? '' : String(value)}
          onChange={(event) =>
            onChange(
              /^\d+$/.test(event.currentTarget.value) ? Number(event.currentTarget.value) : event.currentTarget.value,
            )
          }
        />
      )
    case 'text':
      return (
        <TextInput
          {...shared}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
  }
}
