// Calendar feeds: which kinds of record, mine or all; the address is shown once.
import { Button, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CalendarFeedShown } from '#kit/routes/calendar-feeds.ts'
import type { RecordInfo } from '../data/contract.ts'
import { call, read } from '../data/http.ts'
import { useModel } from '../data/model.ts'
import { attempt } from '../data/writes.ts'
import { instantText, relativeText } from '../fields/format.ts'
import { calendarWords as words } from '../messages/calendars.ts'
import { FactsTable } from '../ui/facts-table.tsx'
import { Fault } from '../ui/fault.tsx'
import { say } from '../ui/toast.tsx'

type Whose = 'none' | 'mine' | 'all'
const key = ['screen', 'calendar-feeds']

export function Section() {
  const client = useQueryClient()
  const feeds = useQuery({ queryKey: key, queryFn: () => read<{ items: CalendarFeedShown[] }>('/calendar-feeds') })
  const [once, setOnce] = useState<string | null>(null)
  const again = () => client.invalidateQueries({ queryKey: key })
  async function make(name: string, parts: { record: string; filter: string }[]) {
    await attempt(async () => {
      const made = await call<{ address: string }>('/calendar-feeds', { method: 'POST', body: { name, parts } })
      setOnce(made.body.address)
      await again()
    })
  }
  async function end(feed: CalendarFeedShown) {
    if (!confirm(words.endSure(feed.name))) return
    await attempt(() => call(`/calendar-feeds/${feed.id}`, { method: 'DELETE' }))
    await again()
  }
  if (feeds.error) return <Fault error={feeds.error} again={() => void feeds.refetch()} />
  const items = feeds.data?.items ?? []
  return (
    <>
      <p className="quiet">{words.about}</p>
      <FeedForm onMake={(name, parts) => void make(name, parts)} />
      {once !== null && <Address address={once} />}
      {!feeds.isPending && items.length === 0 ? (
        <p className="quiet">{words.empty}</p>
      ) : (
        <FactsTable
          label={words.title}
          items={items}
          keyOf={(feed) => feed.id}
          columns={[
            { label: words.name, cell: (feed) => feed.name },
            { label: words.shows, cell: (feed) => <Shown feed={feed} /> },
            { label: words.made, cell: (feed) => instantText(feed.createdAt) },
            { label: words.lastRead, cell: (feed) => (feed.usedAt ? relativeText(feed.usedAt) : words.never) },
            {
              label: words.end,
              isDeed: true,
              cell: (feed) => (
                <Button size="compact-xs" onClick={() => void end(feed)} aria-label={`${words.end}: ${feed.name}`}>
                  {words.end}
                </Button>
              ),
            },
          ]}
        />
      )}
    </>
  )
}

function Address({ address }: { address: string }) {
  return (
    <div role="status">
      <p className="strong">{words.once}</p>
      <p className="token-once">
        <code aria-label={words.address}>{address}</code>
        <Button onClick={() => void navigator.clipboard.writeText(address).then(() => say(words.copied))}>
          {words.copy}
        </Button>
        <Button component="a" href={address.replace(/^https?:/, 'webcal:')}>
          {words.open}
        </Button>
      </p>
    </div>
  )
}

/** Each kind with whose rows it shows; one's own at first, where the kind says whose a row is. */
function FeedForm({ onMake }: { onMake: (name: string, parts: { record: string; filter: string }[]) => void }) {
  const records = useModel().records.filter((record) => record.dated !== null)
  const [name, setName] = useState(words.usualName)
  const [chosen, setChosen] = useState<Readonly<Record<string, Whose>>>({})
  const whoseOf = (record: RecordInfo): Whose =>
    chosen[record.name] ?? (record.dated?.who === undefined ? 'none' : 'mine')
  const parts = records.flatMap((record) => {
    const whose = whoseOf(record)
    if (whose === 'none') return []
    return [{ record: record.name, filter: whose === 'mine' ? `${record.dated?.who}:me` : '' }]
  })
  return (
    <form
      className="stack token-form"
      onSubmit={(event) => {
        event.preventDefault()
        onMake(name.trim(), parts)
      }}
    >
      <TextInput
        label={words.name}
        value={name}
        required
        maxLength={80}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <fieldset className="feed-kinds">
        <legend>{words.shows}</legend>
        {records.map((record) => (
          <Select
            key={record.name}
            label={record.labelPlural}
            data={[
              { value: 'none', label: words.none },
              ...(record.dated?.who === undefined ? [] : [{ value: 'mine', label: words.mine }]),
              { value: 'all', label: words.all },
            ]}
            value={whoseOf(record)}
            allowDeselect={false}
            onChange={(whose) =>
              setChosen({ ...chosen, [record.name]: whose === 'mine' || whose === 'all' ? whose : 'none' })
            }
          />
        ))}
      </fieldset>
      {parts.length === 0 && <p className="quiet">{words.choose}</p>}
      <div>
        <Button type="submit" variant="filled" disabled={name.trim() === '' || parts.length === 0}>
          {words.make}
        </Button>
      </div>
    </form>
  )
}

function Shown({ feed }: { feed: CalendarFeedShown }) {
  const { records } = useModel()
  const texts = feed.parts.map(({ record: name, filter }) => {
    const record = records.find((one) => one.name === name)
    const label = record?.labelPlural ?? name
    const isMine = record?.dated?.who !== undefined && filter === `${record.dated.who}:me`
    return isMine ? `${label} (${words.mine})` : filter === '' ? label : `${label} (${filter})`
  })
  return texts.join(', ')
}
