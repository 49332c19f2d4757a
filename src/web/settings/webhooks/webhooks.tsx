// Settings, Webhooks: where what happens is sent, what became of it, and sending it again.
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DeliveryShown } from '#kit/webhooks/delivery-routes.ts'
import type { WebhookShown } from '#kit/webhooks/routes.ts'
import { call, read } from '../../data/http.ts'
import { Problem } from '../../data/problem.ts'
import { attempt } from '../../data/writes.ts'
import { instantText, relativeText } from '../../fields/format.ts'
import { webhookWords as words } from '../../messages/webhooks.ts'
import { Alert } from '../../security/alert.tsx'
import { FactsTable } from '../../ui/facts-table.tsx'
import { Fault } from '../../ui/fault.tsx'
import { say } from '../../ui/toast.tsx'

const key = ['screen', 'webhooks']
const EVENTS = ['created', 'changed', 'moved', 'removed', 'commented'] as const

export function Section() {
  const client = useQueryClient()
  const hooks = useQuery({ queryKey: key, queryFn: () => read<{ items: WebhookShown[] }>('/admin/webhooks') })
  const [secret, setSecret] = useState<string | null>(null)
  const [open, setOpen] = useState<number | null>(null)
  const again = () => client.invalidateQueries({ queryKey: key })
  const change = async (work: () => Promise<unknown>, done?: string) => {
    if ((await attempt(work)) && done !== undefined) say(done)
    await again()
  }
  if (hooks.error) return <Fault error={hooks.error} again={() => void hooks.refetch()} />
  const items = hooks.data?.items ?? []
  const deeds = (hook: WebhookShown) => (
    <div className="row">
      <Button
        size="compact-sm"
        aria-label={`${words.test}: ${hook.name}`}
        onClick={() =>
          void change(() => call(`/admin/webhooks/${hook.id}/test`, { method: 'POST', body: {} }), words.tested)
        }
      >
        {words.test}
      </Button>
      <Button
        size="compact-sm"
        aria-label={`${words.log}: ${hook.name}`}
        aria-expanded={open === hook.id}
        onClick={() => setOpen(open === hook.id ? null : hook.id)}
      >
        {words.log}
      </Button>
      <Button
        size="compact-sm"
        aria-label={`${hook.isOn ? words.off : words.on}: ${hook.name}`}
        onClick={() =>
          void change(() => call(`/admin/webhooks/${hook.id}`, { method: 'PATCH', body: { isOn: !hook.isOn } }))
        }
      >
        {hook.isOn ? words.off : words.on}
      </Button>
      <Button
        size="compact-sm"
        aria-label={`${words.remove}: ${hook.name}`}
        onClick={() =>
          confirm(words.removeSure(hook.name)) &&
          void change(() => call(`/admin/webhooks/${hook.id}`, { method: 'DELETE' }))
        }
      >
        {words.remove}
      </Button>
    </div>
  )
  return (
    <>
      <p className="quiet">{words.about}</p>
      <HookForm
        onMake={async (body) => {
          setSecret((await call<{ secret: string }>('/admin/webhooks', { method: 'POST', body })).body.secret)
          await again()
        }}
      />
      {secret !== null && (
        <div role="status">
          <p className="strong">{words.once}</p>
          <p className="token-once">
            <code aria-label={words.secret}>{secret}</code>
          </p>
        </div>
      )}
      {!hooks.isPending && items.length === 0 ? (
        <p className="quiet">{words.empty}</p>
      ) : (
        <FactsTable
          label={words.title}
          items={items}
          keyOf={(hook) => hook.id}
          columns={[
            { label: words.name, cell: (hook) => hook.name },
            { label: words.url, cell: (hook) => <span style={{ overflowWrap: 'anywhere' }}>{hook.url}</span> },
            { label: words.events, cell: (hook) => hook.events.map((event) => words.eventNames[event] ?? event).join(', ') }, // oxfmt-ignore
            { label: words.state, cell: stateOf },
            { label: words.deeds, isDeed: true, cell: deeds },
          ]}
        />
      )}
      {items.map((hook) => hook.held > 0 && <Held key={hook.id} hook={hook} again={again} />)}
      {open !== null && <Deliveries hook={open} />}
    </>
  )
}

function stateOf({ isOn, failingSince, nextAt }: WebhookShown): string {
  if (!isOn) return words.isOff
  if (failingSince === null) return words.isOn
  return words.failing(relativeText(failingSince), nextAt === null ? '' : relativeText(nextAt))
}
/** What waited when a backup was restored: it may have been sent since, so somebody decides. */
function Held({ hook, again }: { hook: WebhookShown; again: () => Promise<unknown> }) {
  const decide = async (deed: 'send' | 'discard') => {
    await attempt(() => call(`/admin/webhooks/${hook.id}/held`, { method: 'POST', body: { deed } }))
    await again()
  }
  return (
    <div role="status" className="row">
      <span>{words.held(hook.held, hook.name)}</span>
      <Button size="compact-sm" onClick={() => void decide('send')}>
        {words.sendHeld}
      </Button>
      <Button size="compact-sm" onClick={() => void decide('discard')}>
        {words.discardHeld}
      </Button>
    </div>
  )
}

function HookForm({ onMake }: { onMake: (body: object) => Promise<void> }) {
  const [name, setName] = useState('')
  const [url, setUrl] = useState('')
  const [events, setEvents] = useState<readonly string[]>(['created', 'moved'])
  const [refusal, setRefusal] = useState<unknown>(null)
  const errors: Record<string, string> = refusal instanceof Problem ? refusal.byField : {}
  const make = async () => {
    setRefusal(null)
    await onMake({ name: name.trim(), url: url.trim(), events }).catch(setRefusal)
  }
  return (
    <form
      className="stack token-form"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <TextInput
        label={words.name}
        value={name}
        required
        maxLength={100}
        error={errors['name']}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={words.url}
        type="url"
        value={url}
        required
        maxLength={2000}
        error={errors['url']}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <fieldset className="feed-kinds">
        <legend>{words.events}</legend>
        {EVENTS.map((event) => (
          <Checkbox
            key={event}
            label={words.eventNames[event]}
            checked={events.includes(event)}
            onChange={(change) => setEvents(change.currentTarget.checked ? [...events, event] : events.filter((one) => one !== event))} // oxfmt-ignore
          />
        ))}
      </fieldset>
      {errors['events'] !== undefined && (
        <p className="error-text" role="alert">
          {errors['events']}
        </p>
      )}
      {Object.keys(errors).length === 0 && <Alert of={refusal} />}
      <div>
        <Button
          type="submit"
          variant="filled"
          disabled={name.trim() === '' || url.trim() === '' || events.length === 0}
        >
          {words.make}
        </Button>
      </div>
    </form>
  )
}

function Deliveries({ hook }: { hook: number }) {
  const log = useQuery({ queryKey: [...key, hook], queryFn: () => read<{ items: DeliveryShown[] }>(`/admin/webhooks/${hook}/deliveries`), refetchInterval: 5000 }) // oxfmt-ignore
  if (log.error) return <Fault error={log.error} again={() => void log.refetch()} />
  const items = log.data?.items ?? []
  if (items.length === 0) return <p className="quiet">{words.noLog}</p>
  return (
    <FactsTable
      label={words.log}
      items={items}
      keyOf={(one) => one.id}
      columns={[
        { label: words.message, cell: (one) => one.type },
        { label: words.state, cell: (one) => words.states[one.state] },
        { label: words.answer, cell: (one) => one.lastError ?? one.status ?? '' },
        { label: words.tries, isNumber: true, cell: (one) => one.attempts },
        { label: words.at, cell: (one) => instantText(one.createdAt) },
        { label: words.next, cell: (one) => (one.nextAt === null ? '' : relativeText(one.nextAt)) },
        {
          label: words.again,
          isDeed: true,
          cell: (one) => (
            <Button
              size="compact-sm"
              aria-label={`${words.again}: ${one.type} ${one.id}`}
              onClick={() =>
                void attempt(() => call(`/admin/webhook-deliveries/${one.id}/send`, { method: 'POST', body: {} })).then(
                  () => log.refetch(),
                )
              }
            >
              {words.again}
            </Button>
          ),
        },
      ]}
    />
  )
}
