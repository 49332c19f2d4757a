// For administrators: how somebody signs in, and what to do when they cannot.
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, read, type Call } from '../../data/http.ts'
import { attempt } from '../../data/writes.ts'
import { instantText, relativeText } from '../../fields/format.ts'
import { messages } from '../../messages/messages.ts'
import { signInWords } from '../../messages/sign-in.ts'
import '../../security/security.css'
import { EntryTable, SessionTable } from '../../security/session-table.tsx'
import type { PersonSecurity } from '#kit/routes/security-shape.ts'
import { Fault } from '../../ui/fault.tsx'
import { say } from '../../ui/toast.tsx'
import type { PanelProps } from '../panels.ts'

const words = signInWords.person

export function Panel({ record, row }: PanelProps) {
  const client = useQueryClient()
  const path = `/${record.plural}/${row.id}`
  const key = ['person-sign-in', row.id]
  const found = useQuery({ queryKey: key, queryFn: () => read<PersonSecurity>(`${path}/sign-in`) })
  const [link, setLink] = useState<string | null>(null)
  if (found.error) return <Fault error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <p className="quiet">{messages.list.loading}</p>
  const of = found.data
  function act<T>(below: string, method: Call['method'], done: (body: T) => void): void {
    void attempt(async () => {
      done((await call<T>(`${path}${below}`, { method: method ?? 'POST' })).body)
      await client.invalidateQueries({ queryKey: key })
    })
  }
  const removeSecond = () => {
    if (confirm(words.removeSecondSure)) act('/second-factors', 'DELETE', () => say(words.removed))
  }
  const hasSecond = of.totpAt !== null || of.passkeys.length > 0
  return (
    <div className="stack">
      <Facts of={of} />
      <div className="row">
        <Button onClick={() => act<{ link: string }>('/password-link', 'POST', (body) => setLink(body.link))}>
          {words.link}
        </Button>
        {of.delay && (
          <Button onClick={() => act('/unlock-sign-in', 'POST', () => say(words.unlocked))}>{words.unlock}</Button>
        )}
        {hasSecond && <Button onClick={removeSecond}>{words.removeSecond}</Button>}
      </div>
      {link && <LinkOnce link={link} />}
      <h2>{words.sessions}</h2>
      {of.sessions.length > 0 ? (
        <>
          <SessionTable
            sessions={of.sessions}
            onEnd={(session) => act(`/sessions/${session.id}`, 'DELETE', () => say(signInWords.security.ended))}
          />
          <div>
            <Button
              onClick={() => act<{ ended: number }>('/sessions', 'DELETE', ({ ended }) => say(words.endedAll(ended)))}
            >
              {words.endAll}
            </Button>
          </div>
        </>
      ) : (
        <p className="quiet">–</p>
      )}
      <h2>{words.tokens}</h2>
      <ul className="plain stack">
        {of.tokens.map((token) => (
          <li key={token.id} className="row">
            <span>
              {token.name}{' '}
              <span className="quiet">
                {token.usedAt ? relativeText(token.usedAt) : signInWords.security.never} ·{' '}
                {token.expiresAt ? instantText(token.expiresAt) : signInWords.security.never}
              </span>
            </span>
            <Button
              size="compact-xs"
              aria-label={`${words.revoke}: ${token.name}`}
              onClick={() => act(`/tokens/${token.id}`, 'DELETE', () => say(words.revoke))}
            >
              {words.revoke}
            </Button>
          </li>
        ))}
        {of.tokens.length === 0 && <li className="quiet">–</li>}
      </ul>
      <h2>{words.entries}</h2>
      <EntryTable entries={of.entries} />
    </div>
  )
}

function LinkOnce({ link }: { link: string }) {
  return (
    <div role="status">
      <p className="strong">{words.linkOnce}</p>
      <p className="row">
        <code className="key-text">{link}</code>
        <Button onClick={() => void navigator.clipboard.writeText(link).then(() => say(signInWords.security.copied))}>
          {signInWords.security.copy}
        </Button>
      </p>
    </div>
  )
}

function Facts({ of }: { of: PersonSecurity }) {
  const second = [
    of.totpAt === null ? '' : words.app,
    of.passkeys.length === 0 ? '' : words.passkeys(of.passkeys.length),
    of.recoveryCodes === 0 ? '' : words.codes(of.recoveryCodes),
  ].filter((part) => part !== '')
  const password = of.passwordAt ? words.passwordSet(relativeText(of.passwordAt)) : words.passwordYes
  const facts = [
    [words.asName, of.email || '–'],
    [words.password, of.hasPassword ? password : words.passwordNo],
    [words.second, second.length === 0 ? words.secondNone : second.join(', ')],
    ...(of.delay ? [[words.failures, words.waits(of.delay.failures, instantText(of.delay.until))] as const] : []),
  ]
  return (
    <dl className="sign-in-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
