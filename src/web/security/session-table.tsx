// Sessions and what happened at the door, for one's own page and for the administrator's.
import { Button } from '@mantine/core'
import { instantText, relativeText } from '../fields/format.ts'
import { signInWords } from '../messages/sign-in.ts'
import { Scroll } from '../ui/scroll.tsx'
import type { Entry, Session } from './security.ts'

const words = signInWords.security

export function SessionTable({ sessions, onEnd }: { sessions: readonly Session[]; onEnd: (session: Session) => void }) {
  return (
    <Scroll label={words.sessions}>
      <table className="facts">
        <thead>
          <tr>
            <th>{words.device}</th>
            <th>{words.address}</th>
            <th>{words.since}</th>
            <th>{words.seen}</th>
            <th>
              <span className="hidden-text">{words.end}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <td>{session.device}</td>
              <td>{session.address ?? '–'}</td>
              <td>{instantText(session.createdAt)}</td>
              <td>{relativeText(session.seenAt)}</td>
              <td>
                {session.isThis ? (
                  <span className="quiet">{words.here}</span>
                ) : (
                  <Button
                    size="compact-xs"
                    aria-label={`${words.end}: ${session.device}`}
                    onClick={() => onEnd(session)}
                  >
                    {words.end}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

export function EntryTable({ entries }: { entries: readonly Entry[] }) {
  if (entries.length === 0) return <p className="quiet">{signInWords.entry.none}</p>
  return (
    <Scroll label={words.entries}>
      <table className="facts">
        <thead>
          <tr>
            <th>{signInWords.entry.what}</th>
            <th>{signInWords.entry.when}</th>
            <th>{signInWords.entry.how}</th>
            <th>{signInWords.entry.by}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={`${entry.at} ${entry.action}`}>
              <td>{signInWords.deeds[entry.action] ?? entry.action}</td>
              <td>{instantText(entry.at)}</td>
              <td>{howOf(entry)}</td>
              <td>{entry.by?.title ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

/** "password, code of the app · Firefox on Linux · 10.0.0.7" */
function howOf({ facts }: Entry): string {
  const named = (value: unknown) => (typeof value === 'string' ? (signInWords.factors[value] ?? value) : null)
  const ways = [named(facts['method']), named(facts['factor']), named(facts['name'])].filter((way) => way !== null)
  const all = [ways.join(', '), facts['device'], facts['address']]
  return all.filter((part) => typeof part === 'string' && part !== '').join(' · ') || '–'
}
