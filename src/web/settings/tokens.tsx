// API tokens: made with a scope and an end, shown once, revoked.
import { Button, MultiSelect, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, read } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { instantText, relativeText } from '../fields/format.ts'
import { useModel } from '../data/model.ts'
import { sectionsWords } from '../messages/sections.ts'
import { messages } from '../messages/messages.ts'
import { signInWords } from '../messages/sign-in.ts'
import type { TokenShown } from '#kit/routes/security-shape.ts'
import { FactsTable } from '../ui/facts-table.tsx'
import { Fault } from '../ui/fault.tsx'
import { say } from '../ui/toast.tsx'

interface Draft {
  name: string
  days: string
  readOnly: boolean
  records: string[]
}

const words = sectionsWords.tokens
const scopes = signInWords.tokens
const key = ['screen', 'tokens']
const lengths = [7, 30, 90, 180, 365]
const blank: Draft = { name: '', days: '90', readOnly: false, records: [] }

export function Section() {
  const client = useQueryClient()
  const tokens = useQuery({ queryKey: key, queryFn: () => read<{ items: TokenShown[] }>('/tokens') })
  const [draft, setDraft] = useState(blank)
  const [once, setOnce] = useState<string | null>(null)
  async function create(event: React.FormEvent) {
    event.preventDefault()
    await attempt(async () => {
      const { name, days, readOnly, records } = draft
      const body = { name: name.trim(), days: Number(days), readOnly, records: records.length > 0 ? records : null }
      setOnce((await call<{ token: string }>('/tokens', { method: 'POST', body })).body.token)
      setDraft(blank)
      await client.invalidateQueries({ queryKey: key })
    })
  }
  async function revoke(token: TokenShown) {
    if (!confirm(words.revokeSure(token.name))) return
    await attempt(() => call(`/tokens/${token.id}`, { method: 'DELETE' }))
    await client.invalidateQueries({ queryKey: key })
  }
  if (tokens.error) return <Fault error={tokens.error} again={() => void tokens.refetch()} />
  const items = tokens.data?.items ?? []
  return (
    <>
      <p className="quiet">{words.about}</p>
      <TokenForm draft={draft} onChange={setDraft} onSubmit={(event) => void create(event)} />
      {once && (
        <div role="status">
          <p className="strong">{words.created}</p>
          <p className="token-once">
            <code>{once}</code>
            <Button onClick={() => void navigator.clipboard.writeText(once).then(() => say(words.copied))}>
              {words.copy}
            </Button>
          </p>
        </div>
      )}
      {!tokens.isPending && items.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <FactsTable
          label={messages.settings.tokens}
          items={items}
          keyOf={(token) => token.id}
          columns={[
            { label: words.name, cell: (token) => token.name },
            { label: scopes.reach, cell: (token) => <ScopeText scope={token.scope} /> },
            { label: words.made, cell: (token) => instantText(token.createdAt) },
            { label: words.lastUsed, cell: (token) => (token.usedAt ? relativeText(token.usedAt) : words.never) },
            { label: words.expires, cell: (token) => (token.expiresAt ? instantText(token.expiresAt) : words.never) },
            {
              label: words.revoke,
              isDeed: true,
              cell: (token) => (
                <Button
                  size="compact-xs"
                  onClick={() => void revoke(token)}
                  aria-label={`${words.revoke}: ${token.name}`}
                >
                  {words.revoke}
                </Button>
              ),
            },
          ]}
        />
      )}
    </>
  )
}

interface TokenFormProps {
  draft: Draft
  onChange: (draft: Draft) => void
  onSubmit: (event: React.FormEvent) => void
}

function TokenForm({ draft, onChange, onSubmit }: TokenFormProps) {
  const { records } = useModel()
  return (
    <form className="stack token-form" onSubmit={onSubmit}>
      <TextInput
        label={words.name}
        value={draft.name}
        required
        maxLength={80}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
      />
      <div className="token-form-row">
        <Select
          label={scopes.days}
          data={lengths.map((days) => ({ value: String(days), label: scopes.daysOf(days) }))}
          value={draft.days}
          allowDeselect={false}
          onChange={(days) => onChange({ ...draft, days: days ?? blank.days })}
        />
        <Select
          label={scopes.reach}
          data={[
            { value: 'all', label: scopes.reachAll },
            { value: 'read', label: scopes.reachRead },
          ]}
          value={draft.readOnly ? 'read' : 'all'}
          allowDeselect={false}
          onChange={(reach) => onChange({ ...draft, readOnly: reach === 'read' })}
        />
      </div>
      <MultiSelect
        label={scopes.records}
        placeholder={draft.records.length === 0 ? scopes.recordsAll : ''}
        data={records.map(({ name, labelPlural }) => ({ value: name, label: labelPlural }))}
        value={draft.records}
        searchable
        onChange={(chosen) => onChange({ ...draft, records: chosen })}
      />
      <div>
        <Button type="submit" variant="filled" disabled={draft.name.trim() === ''}>
          {words.create}
        </Button>
      </div>
    </form>
  )
}

function ScopeText({ scope }: { scope: TokenShown['scope'] }) {
  const { records } = useModel()
  if (scope === null) return scopes.scopeAll
  const deed = scope.readOnly ? scopes.scopeRead : scopes.scopeWrite
  if (scope.records === null) return deed
  const labels = scope.records.map((name) => records.find((record) => record.name === name)?.labelPlural ?? name)
  return scopes.scopeOf(deed, labels.join(', '))
}
