// The outbox: who was written to, why, what became of it; send again, discard.
import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Tone } from '../../data/contract.ts'
import { call, read } from '../../data/http.ts'
import { attempt } from '../../data/writes.ts'
import { relativeText } from '../../fields/format.ts'
import { mailWords as words } from '../../messages/mail.ts'
import { FactsTable } from '../../ui/facts-table.tsx'
import { Fault } from '../../ui/fault.tsx'
import { State } from '../../ui/state.tsx'
import { say } from '../../ui/toast.tsx'
import { mailKey, type Mail, type MailState, type Which } from './contract.ts'

interface Page {
  items: Mail[]
  next: string | null
}
const tones: Record<Which, Tone> = { queued: 'info', sending: 'info', sent: 'good', failed: 'bad', held: 'hold', discarded: 'none' } // oxfmt-ignore

export function Outbox({ standing }: { standing: MailState['standing'] }) {
  const client = useQueryClient()
  const [state, setState] = useState('')
  const mails = useInfiniteQuery({
    queryKey: [...mailKey, 'outbox', state],
    queryFn: ({ pageParam }) => read<Page>(`/admin/mails?${state === '' ? '' : `state=${state}&`}${pageParam === '' ? '' : `after=${pageParam}`}`), // oxfmt-ignore
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: 10_000,
  })
  const again = () => client.invalidateQueries({ queryKey: mailKey })
  const items = mails.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <h3>{words.outbox}</h3>
      <p className="quiet">{words.outboxAbout}</p>
      <div className="row">
        <NativeSelect
          label={words.show}
          value={state}
          data={[
            { value: '', label: words.all },
            ...Object.entries(words.states).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(event) => setState(event.currentTarget.value)}
        />
      </div>
      <AllDeeds standing={standing} again={again} />
      {mails.error && <Fault error={mails.error} again={() => void mails.refetch()} />}
      {items.length === 0 && !mails.isPending && <p className="quiet">{words.empty}</p>}
      {items.length > 0 && <MailTable items={items} again={again} />}
      {mails.hasNextPage && (
        <div>
          <Button onClick={() => void mails.fetchNextPage()}>{words.more}</Button>
        </div>
      )}
    </>
  )
}

function MailTable({ items, again }: { items: Mail[]; again: () => Promise<void> }) {
  return (
    <FactsTable
      label={words.outbox}
      items={items}
      keyOf={(mail) => mail.id}
      columns={[
        { label: words.to, cell: ({ name, address }) => <Recipient name={name} address={address} /> },
        { label: words.subject, cell: (mail) => <Letter mail={mail} /> },
        { label: words.state, cell: (mail) => <Became mail={mail} /> },
        { label: words.when, cell: ({ createdAt }) => relativeText(createdAt) },
        { label: words.deeds, isDeed: true, cell: (mail) => <Deeds mail={mail} again={again} /> },
      ]}
    />
  )
}
function Recipient({ name, address }: Pick<Mail, 'name' | 'address'>) {
  return (
    <>
      <bdi>{name}</bdi>
      <br />
      <span className="quiet">{address}</span>
    </>
  )
}
function Letter({ mail }: { mail: Mail }) {
  return (
    <details>
      <summary>
        <bdi>{mail.subject}</bdi>
      </summary>
      <p className="quiet">{mail.because}</p>
      <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{mail.text}</pre>
    </details>
  )
}
function Became({ mail }: { mail: Mail }) {
  const { state, attempts, lastError, answer, nextAt } = mail
  return (
    <>
      <State tone={tones[state]}>{words.states[state]}</State>
      <div className="quiet small">
        {[attempts > 1 ? words.tries(attempts) : '', nextAt ? words.next(relativeText(nextAt)) : '']
          .filter(Boolean)
          .join(', ')}
      </div>
      <div className="small">{lastError ?? answer}</div>
    </>
  )
}

function Deeds({ mail, again }: { mail: Mail; again: () => Promise<void> }) {
  if (!['queued', 'held', 'failed'].includes(mail.state)) return null
  const { id, subject, address } = mail
  async function act(deed: 'send' | 'discard') {
    if (deed === 'discard' && !confirm(words.discardSure(subject))) return
    if (await attempt(() => call(`/admin/mails/${id}/${deed}`, { method: 'POST', body: {} })))
      say(deed === 'send' ? words.queued : words.discarded)
    await again()
  }
  return (
    <div className="row">
      <Button size="compact-xs" aria-label={words.sendOf(subject, address)} onClick={() => void act('send')}>
        {words.send}
      </Button>
      <Button size="compact-xs" aria-label={words.discardOf(subject, address)} onClick={() => void act('discard')}>
        {words.discard}
      </Button>
    </div>
  )
}
function AllDeeds({ standing, again }: { standing: MailState['standing']; again: () => Promise<void> }) {
  async function act(state: 'held' | 'failed', deed: 'send' | 'discard') {
    if (deed === 'discard' && !confirm(words.discardAllSure)) return
    let count = 0
    const isDone = await attempt(async () => {
      count = (await call<{ count: number }>('/admin/mails/all', { method: 'POST', body: { state, deed } })).body.count
    })
    if (isDone) say(words.allDone(count))
    await again()
  }
  const states = (['held', 'failed'] as const).filter((state) => standing[state] > 0)
  if (states.length === 0) return null
  return (
    <div className="row">
      {states.map((state) => (
        <span key={state} className="row">
          {standing.isOn && <Button onClick={() => void act(state, 'send')}>{words.sendAll[state]}</Button>}
          <Button onClick={() => void act(state, 'discard')}>{words.discardAll[state]}</Button>
        </span>
      ))}
    </div>
  )
}
