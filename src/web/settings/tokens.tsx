// API tokens: made, shown once, revoked.
import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, read } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { instantText, relativeText } from '../fields/format.ts'
import { messages } from '../messages/messages.ts'
import { Fault } from '../ui/fault.tsx'
import { say } from '../ui/toast.tsx'
import { Scroll } from '../ui/scroll.tsx'

interface Token {
  id: number
  name: string
  createdAt: string
  usedAt: string | null
  expiresAt: string | null
}

const words = messages.tokens
const key = ['screen', 'tokens']

export function Section() {
  const client = useQueryClient()
  const tokens = useQuery({ queryKey: key, queryFn: () => read<{ items: Token[] }>('/tokens') })
  const [name, setName] = useState('')
  const [once, setOnce] = useState<string | null>(null)
  async function create(event: React.FormEvent) {
    event.preventDefault()
    await attempt(async () => {
      const { body } = await call<{ token: string }>('/tokens', { method: 'POST', body: { name: name.trim() } })
      setOnce(body.token)
      setName('')
      await client.invalidateQueries({ queryKey: key })
    })
  }
  async function revoke(token: Token) {
    if (!confirm(words.revokeSure(token.name))) return
    await attempt(() => call(`/tokens/${token.id}`, { method: 'DELETE' }))
    await client.invalidateQueries({ queryKey: key })
  }
  if (tokens.error) return <Fault error={tokens.error} again={() => void tokens.refetch()} />
  const items = tokens.data?.items ?? []
  return (
    <>
      <p className="quiet">{words.about}</p>
      <form className="row" style={{ alignItems: 'flex-end' }} onSubmit={(event) => void create(event)}>
        <TextInput
          label={words.name}
          value={name}
          required
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
          style={{ flex: 1, maxInlineSize: 320 }}
        />
        <Button type="submit" variant="filled" disabled={name.trim() === ''}>
          {words.create}
        </Button>
      </form>
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
        <Scroll label={messages.settings.tokens}>
          <table className="facts">
            <thead>
              <tr>
                <th>{words.name}</th>
                <th>{words.made}</th>
                <th>{words.lastUsed}</th>
                <th>{words.expires}</th>
                <th>
                  <span className="hidden-text">{words.revoke}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((token) => (
                <tr key={token.id}>
                  <td>{token.name}</td>
                  <td>{instantText(token.createdAt)}</td>
                  <td>{token.usedAt ? relativeText(token.usedAt) : words.never}</td>
                  <td>{token.expiresAt ? instantText(token.expiresAt) : words.never}</td>
                  <td>
                    <Button
                      size="compact-xs"
                      onClick={() => void revoke(token)}
                      aria-label={`${words.revoke}: ${token.name}`}
                    >
                      {words.revoke}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}
