// Days off from an iCal feed: read it, look at what it would bring, take over what is wanted.
import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../../data/http.ts'
import { sentenceOf } from '../../../data/problem.ts'
import { dayText } from '../../../fields/format.ts'
import { hoursWords } from '../../../messages/hours.ts'
import { say } from '../../../ui/toast.tsx'

const words = hoursWords.hours

interface FeedDay {
  on: string
  name: string
  isNew: boolean
}
interface Found {
  name: string | null
  days: FeedDay[]
  new: number
  leftOut: string[]
}
interface FeedProps {
  number: string
  url: string | null
  onUrl: (url: string | null) => void
  onTake: (days: string[]) => void
}

export function Feed({ number, url, onUrl, onTake }: FeedProps) {
  const [text, setText] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  async function readFeed() {
    setBusy(true)
    setProblem(null)
    setFound(null)
    try {
      const source = text.trim() === '' ? { url: url ?? '' } : { text }
      const { body } = await call<Found>('/calendars/feed-preview', {
        method: 'POST',
        body: { ...source, calendarId: number },
      })
      setFound(body)
    } catch (error) {
      setProblem(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <fieldset className="hours-part">
      <legend>{words.feed}</legend>
      <TextInput
        type="url"
        label={words.feedUrl}
        placeholder="https://…/holidays.ics"
        value={url ?? ''}
        onChange={(event) => onUrl(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      />
      <details className="small">
        <summary>{words.feedText}</summary>
        <Textarea
          aria-label={words.feedTextHelp}
          placeholder={words.feedTextHelp}
          value={text}
          maxRows={8}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </details>
      <div>
        <Button loading={busy} disabled={text.trim() === '' && !url} onClick={() => void readFeed()}>
          {words.read}
        </Button>
      </div>
      {problem && (
        <p role="alert" className="error-text">
          {problem}
        </p>
      )}
      {found && (
        <Choice
          key={found.days.length}
          found={found}
          onTake={(days) => {
            onTake(days)
            setFound(null)
            say(words.taken(days.length))
          }}
        />
      )}
    </fieldset>
  )
}

function Choice({ found, onTake }: { found: Found; onTake: (days: string[]) => void }) {
  const [chosen, setChosen] = useState(() => new Set(found.days.filter((day) => day.isNew).map((day) => day.on)))
  const toggle = (on: string) => setChosen((before) => before.symmetricDifference(new Set([on])))
  return (
    <div className="stack" role="status">
      <p className="small strong">
        {found.name ? `${found.name}: ` : ''}
        {words.found(found.days.length, found.new)}
      </p>
      {found.leftOut.map((sentence) => (
        <p key={sentence} className="quiet small">
          {sentence}
        </p>
      ))}
      <ul className="plain feed-days">
        {found.days.map((day) => (
          <li key={day.on}>
            <Checkbox
              checked={chosen.has(day.on)}
              disabled={!day.isNew}
              label={`${dayText(day.on)}  ${day.name}${day.isNew ? '' : ` (${words.known})`}`}
              onChange={() => toggle(day.on)}
            />
          </li>
        ))}
      </ul>
      <div>
        <Button variant="filled" disabled={chosen.size === 0} onClick={() => onTake([...chosen].toSorted())}>
          {words.take(chosen.size)}
        </Button>
      </div>
    </div>
  )
}
