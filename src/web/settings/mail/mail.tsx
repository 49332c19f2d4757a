// Settings, Mail: the server, how it fares, a test message, and the outbox.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, read } from '../../data/http.ts'
import { useMe } from '../../data/model.ts'
import { relativeText } from '../../fields/format.ts'
import { mailWords as words } from '../../messages/mail.ts'
import { Alert } from '../../security/alert.tsx'
import { Fault } from '../../ui/fault.tsx'
import { State } from '../../ui/state.tsx'
import { mailKey, type MailState } from './contract.ts'
import { Outbox } from './outbox.tsx'
import { ServerForm } from './server-form.tsx'

export function Section() {
  const isAdministrator = useMe().roles.includes('administrator')
  const state = useQuery({
    queryKey: mailKey,
    queryFn: () => read<MailState>('/admin/mail'),
    enabled: isAdministrator,
    refetchInterval: 10_000,
  })
  if (!isAdministrator) return <p className="quiet">{words.onlyAdministrators}</p>
  if (state.error) return <Fault error={state.error} again={() => void state.refetch()} />
  if (!state.data) return <p className="quiet">{words.about}</p>
  const { settings, hasPassword, standing } = state.data
  return (
    <>
      <p className="quiet">{words.about}</p>
      <Standing of={standing} />
      <h3>{words.server}</h3>
      <ServerForm key={String(hasPassword)} settings={settings} hasPassword={hasPassword} />
      {settings && <TestMessage />}
      <Outbox standing={standing} />
    </>
  )
}

function Standing({ of }: { of: MailState['standing'] }) {
  const { isOn, failingSince, lastError, lastDeliveredAt, nextAt, waiting } = of
  if (!isOn) return <p>{words.standing.off}</p>
  return (
    <div role="status">
      {failingSince ? (
        <>
          <p>
            <State tone="bad">
              {words.standing.failing(relativeText(failingSince), nextAt ? relativeText(nextAt) : '')}
            </State>
          </p>
          <p>{lastError}</p>
        </>
      ) : (
        <p>
          <State tone="good">
            {lastDeliveredAt ? words.standing.good(relativeText(lastDeliveredAt)) : words.standing.none}
          </State>
        </p>
      )}
      {waiting > 0 && <p>{words.standing.waiting(waiting)}</p>}
    </div>
  )
}

interface Tested {
  to: string
  isSent: boolean
  said: string
}
function TestMessage() {
  const [busy, setBusy] = useState(false)
  const [tested, setTested] = useState<Tested | null>(null)
  const [refusal, setRefusal] = useState<unknown>(null)
  async function send() {
    setBusy(true)
    setTested(null)
    setRefusal(null)
    try {
      setTested((await call<Tested>('/admin/mail/test', { method: 'POST', body: {} })).body)
    } catch (error) {
      setRefusal(error)
    }
    setBusy(false)
  }
  return (
    <div className="stack">
      <div>
        <Button loading={busy} onClick={() => void send()}>
          {words.test}
        </Button>
      </div>
      {tested && (
        <p role="status">
          <State tone={tested.isSent ? 'good' : 'bad'}>
            {tested.isSent ? words.testGood(tested.to) : words.testBad(tested.to)} {tested.said}
          </State>
        </p>
      )}
      <Alert of={refusal} />
    </div>
  )
}
