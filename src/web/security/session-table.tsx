// Sessions and what happened at the door, for one's own page and for the administrator's.
import { Button } from '@mantine/core'
import { instantText, relativeText } from '../fields/format.ts'
import { signInWords } from '../messages/sign-in.ts'
import { FactsTable } from '../ui/facts-table.tsx'
import type { Entry, Session } from './security.ts'

const words = signInWords.security

export function SessionTable({ sessions, onEnd }: { sessions: readonly Session[]; onEnd: (session: Session) => void }) {
  return (
    <FactsTable
      label={words.sessions}
      items={sessions}
      keyOf={(session) => session.id}
      columns={[
        { label: words.device, cell: (session) => session.device },
        { label: words.address, cell: (session) => session.address ?? '–' },
        { label: words.since, cell: (session) => instantText(session.createdAt) },
        { label: words.seen, cell: (session) => relativeText(session.seenAt) },
        {
          label: words.end,
          isDeed: true,
          cell: (session) =>
            session.isThis ? (
              <span className="quiet">{words.here}</span>
            ) : (
              <Button size="compact-xs" aria-label={`${words.end}: ${session.device}`} onClick={() => onEnd(session)}>
                {words.end}
              </Button>
            ),
        },
      ]}
    />
  )
}

export function EntryTable({ entries }: { entries: readonly Entry[] }) {
  if (entries.length === 0) return <p className="quiet">{signInWords.entry.none}</p>
  return (
    <FactsTable
      label={words.entries}
      items={entries}
      keyOf={(entry) => `${entry.at} ${entry.action}`}
      columns={[
        { label: signInWords.entry.what, cell: (entry) => signInWords.deeds[entry.action] ?? entry.action },
        { label: signInWords.entry.when, cell: (entry) => instantText(entry.at) },
        { label: signInWords.entry.how, cell: howOf },
        { label: signInWords.entry.by, cell: (entry) => entry.by?.title ?? '–' },
      ]}
    />
  )
}

/** "password, code of the app · Firefox on Linux · 10.0.0.7" */
function howOf({ facts }: Entry): string {
  const named = (value: unknown) => (typeof value === 'string' ? (signInWords.factors[value] ?? value) : null)
  const ways = [named(facts['method']), named(facts['factor']), named(facts['name'])].filter((way) => way !== null)
  const all = [ways.join(', '), facts['device'], facts['address']]
  return all.filter((part) => typeof part === 'string' && part !== '').join(' · ') || '–'
}
