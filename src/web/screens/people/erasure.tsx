// For administrators, on a person's page: erasing the person, and what is left to be looked at by hand.
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ErasureShown } from '#kit/routes/person-erasure.ts'
import { call, read } from '../../data/http.ts'
import { attempt } from '../../data/writes.ts'
import { retentionWords as words } from '../../messages/retention.ts'
import { Fault } from '../../ui/fault.tsx'
import { State } from '../../ui/state.tsx'
import { say } from '../../ui/toast.tsx'
import type { PanelProps } from '../panels.ts'

const tones = { waiting: 'info', done: 'none', refused: 'bad' } as const

export function Erasure({ row }: PanelProps) {
  const client = useQueryClient()
  const key = ['erasure', row.id]
  const path = `/persons/${row.id}/erasure`
  const found = useQuery({
    queryKey: key,
    queryFn: () => read<{ erasure: ErasureShown | null }>(path),
    refetchInterval: 3_000,
  })
  const [reason, setReason] = useState('')
  const [isConfirmed, setConfirmed] = useState(false)
  async function erase(event: React.FormEvent) {
    event.preventDefault()
    if (!confirm(words.eraseSure)) return
    if (await attempt(() => call(path, { method: 'POST', body: { reason, isConfirmed } }))) say(words.erasing)
    await client.invalidateQueries({ queryKey: key })
  }
  if (found.error) return <Fault error={found.error} again={() => void found.refetch()} />
  const erasure = found.data?.erasure ?? null
  return (
    <section className="stack" aria-labelledby="erasure">
      <h2 id="erasure">{words.erase}</h2>
      {erasure && <Standing erasure={erasure} />}
      {(erasure === null || erasure.state === 'refused') && (
        <form className="stack" onSubmit={(event) => void erase(event)}>
          <p className="quiet">{words.eraseAbout}</p>
          <TextInput
            label={words.eraseReason}
            value={reason}
            required
            minLength={3}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {row['status'] === 'active' && (
            <Checkbox
              label={words.eraseActive}
              checked={isConfirmed}
              onChange={(event) => setConfirmed(event.currentTarget.checked)}
            />
          )}
          <div>
            <Button type="submit">{words.erase}</Button>
          </div>
        </form>
      )}
    </section>
  )
}

function Standing({ erasure }: { erasure: ErasureShown }) {
  const state = erasure.state === 'done' || erasure.state === 'refused' ? erasure.state : 'waiting'
  return (
    <>
      <p>
        <State tone={tones[state]}>{words.erasureStates[state]}</State> {erasure.because}
      </p>
      {erasure.look.length > 0 && (
        <>
          <p className="quiet">{words.lookAt}</p>
          <ul>
            {erasure.look.map(({ record, field, label, count }) => (
              <li key={`${record}.${field}`}>
                {label} ({field}): {count}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
