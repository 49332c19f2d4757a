// Settings, Notices: event by channel, when mails go, quiet hours, and the records that are muted. Each takes effect at once.
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '../data/http.ts'
import { useMe } from '../data/model.ts'
import { queryClient } from '../data/queries.ts'
import { attempt } from '../data/writes.ts'
import { inboxWords } from '../messages/inbox.ts'
import { FactsTable } from '../ui/facts-table.tsx'
import { Fault } from '../ui/fault.tsx'
import { say } from '../ui/toast.tsx'
import { PushPart } from './push-part.tsx'
import { myNoticesQuery, refreshInbox, type MyNotices } from './queries.ts'
import './inbox.css'

const words = inboxWords.matrix
const USUAL_QUIET = { from: '20:00', until: '07:00' }

async function choose(body: object): Promise<void> {
  await attempt(async () => {
    const { body: now } = await call<MyNotices>('/me/notices', { method: 'PATCH', body })
    queryClient.setQueryData(myNoticesQuery.queryKey, now)
    say(words.saved)
  })
}

export function Section() {
  const mine = useQuery(myNoticesQuery)
  if (mine.error) return <Fault error={mine.error} again={() => void mine.refetch()} />
  if (!mine.data) return null
  return (
    <>
      <p className="quiet">{words.about}</p>
      <Matrix mine={mine.data} />
      <Webhooks />
      <PushPart />
      <Rhythm mine={mine.data} />
      <Muted mine={mine.data} />
    </>
  )
}

function Matrix({ mine }: { mine: MyNotices }) {
  const box = (event: MyNotices['events'][number], channel: 'inApp' | 'mail' | 'push') => (
    <Checkbox
      aria-label={words.on(event.label, words[channel])}
      checked={event[channel]}
      disabled={event.isFixed}
      onChange={(change) => void choose({ events: { [event.event]: { [channel]: change.currentTarget.checked } } })}
    />
  )
  return (
    <div className="notice-matrix">
      <FactsTable
        label={words.event}
        items={mine.events}
        keyOf={(event) => event.event}
        columns={[
          {
            label: words.event,
            cell: (event) => (
              <>
                <b>{event.label}</b>
                {event.isFixed && <span className="quiet small"> {words.fixed}</span>}
                <br />
                <span className="quiet small">{event.about}</span>
              </>
            ),
          },
          { label: words.inApp, cell: (event) => box(event, 'inApp') },
          { label: words.mail, cell: (event) => box(event, 'mail') },
          { label: words.push, cell: (event) => box(event, 'push') },
        ]}
      />
    </div>
  )
}

/** Webhooks are the organisation's, not a person's (docs/decisions/0035): shown here so that nobody looks for them in vain. */
function Webhooks() {
  const isOurs = useMe().roles.includes('administrator')
  return (
    <>
      <p className="quiet">{words.webhooks}</p>
      {isOurs && (
        <p>
          <Link to="/settings/webhooks">{words.toWebhooks}</Link>
        </p>
      )}
    </>
  )
}

function Rhythm({ mine }: { mine: MyNotices }) {
  const { digest, quiet, zone } = mine
  return (
    <>
      <div className="row notice-rhythm">
        <Select
          label={words.digest}
          data={Object.entries(words.digests).map(([value, label]) => ({ value, label }))}
          value={digest.kind}
          allowDeselect={false}
          onChange={(kind) => void choose({ digest: { kind, at: digest.at } })}
        />
        {(digest.kind === 'daily' || digest.kind === 'weekdays') && (
          <Time
            label={words.at}
            value={digest.at}
            onChange={(at) => void choose({ digest: { kind: digest.kind, at } })}
          />
        )}
      </div>
      <div className="row notice-rhythm">
        <Checkbox
          label={words.quiet}
          description={words.quietHelp(zone)}
          checked={quiet !== null}
          onChange={(event) => void choose({ quiet: event.currentTarget.checked ? USUAL_QUIET : null })}
        />
        {quiet && (
          <>
            <Time
              label={words.from}
              value={quiet.from}
              onChange={(from) => void choose({ quiet: { ...quiet, from } })}
            />
            <Time
              label={words.until}
              value={quiet.until}
              onChange={(until) => void choose({ quiet: { ...quiet, until } })}
            />
          </>
        )}
      </div>
    </>
  )
}
/** Kept once it is whole: a browser gives an empty text while it is typed. */
function Time({ label, value, onChange }: { label: string; value: string; onChange: (time: string) => void }) {
  return (
    <TextInput
      key={value}
      type="time"
      label={label}
      defaultValue={value}
      onBlur={(event) => {
        const time = event.currentTarget.value.slice(0, 5)
        if (time !== '' && time !== value) onChange(time)
      }}
    />
  )
}

function Muted({ mine }: { mine: MyNotices }) {
  async function hear({ record, id }: MyNotices['muted'][number]) {
    await attempt(() => call('/me/notices/muted', { method: 'PUT', body: { record, id, isMuted: false } }))
    await queryClient.invalidateQueries({ queryKey: myNoticesQuery.queryKey })
    refreshInbox()
  }
  return (
    <section className="notice-rhythm">
      <h3>{words.muted}</h3>
      {mine.muted.length === 0 ? (
        <p className="quiet">{words.nothingMuted}</p>
      ) : (
        <ul className="plain stack">
          {mine.muted.map((one) => (
            <li key={one.number} className="spread">
              <span>
                {one.number} {one.title}
              </span>
              <Button size="compact-sm" aria-label={`${words.unmute}: ${one.number}`} onClick={() => void hear(one)}>
                {words.unmute}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
